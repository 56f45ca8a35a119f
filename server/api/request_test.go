package api_test

import (
	"slices"
	"strings"
	"testing"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// offer publishes a form for passes.
func (d *desk) offer() {
	d.t.Helper()
	s, desk := d.srv.Tickets, tickets.System()
	m, err := s.Menu(d.t.Context())
	d.ok(err)
	m.Sections = append(slices.Clone(m.Sections), forms.Section{Key: "house", Name: forms.Text{EN: "House"}})
	_, err = s.PutMenu(d.t.Context(), desk, m)
	d.ok(err)
	_, err = s.PutList(d.t.Context(), desk, forms.List{Key: "gates", Name: forms.Text{EN: "Gates"}, Entries: []fields.Option{{Key: "north", NameEN: "North"}}})
	d.ok(err)
	made, err := s.SaveRequestDraft(d.t.Context(), desk, forms.RequestType{
		Key: "gate_pass", Section: "house", Name: forms.Text{EN: "Gate pass", RU: "Пропуск"}, Subject: forms.Text{EN: "Pass for {who}"}, Priority: 3,
		Steps: []forms.Step{
			{Key: "who", Type: fields.Text, Label: forms.Text{EN: "Who?"}},
			{Key: "day", Type: fields.Date, Label: forms.Text{EN: "When?"}},
			{Key: "gate", Type: fields.One, List: "gates", Label: forms.Text{EN: "Where?"}},
			{Key: "car", Type: fields.YesNo, Label: forms.Text{EN: "By car?"}},
			{Key: "plate", Type: fields.Plate, Label: forms.Text{EN: "Plate?"}, When: &forms.Condition{Step: "car", Is: forms.Equal, To: fields.Yes}},
			{Key: "photo", Type: fields.Files, Label: forms.Text{EN: "Photo?"}, Optional: true},
			{Key: "note", Type: fields.Long, Label: forms.Text{EN: "Note?"}, Optional: true},
		},
	}, 0)
	d.ok(err)
	_, err = s.Publish(d.t.Context(), desk, made.Type.ID)
	d.ok(err)
}

func TestATicketIsOpenedByAForm(t *testing.T) {
	d := newDesk(t)
	d.offer()
	var types struct{ Items []map[string]any }
	d.as(people.ScopeRead, "GET", "/request-types", "").is(200).into(&types)
	if !slices.ContainsFunc(types.Items, func(x map[string]any) bool { return x["key"] == "gate_pass" && x["version"] == 1.0 }) {
		t.Errorf("request types %v", types)
	}
	sent := d.do(call{method: "POST", path: "/files?name=face.png", body: "bytes", token: d.tokens[people.ScopeWrite], header: map[string]string{"Content-Type": "image/png"}})
	photo, _ := sent.is(201).object()["id"].(string)
	made := d.as(people.ScopeWrite, "POST", "/tickets", `{"request_type":"gate_pass","requester":{"email":"ira@example.org"},"body":"Soon, please",
		"answers":{"who":"Ivan","day":"2026-11-21","gate":"north","car":true,"plate":"A412MP77","photo":["`+photo+`"]}}`).is(201)
	got := d.do(call{method: "GET", path: strings.TrimPrefix(made.header.Get("Location"), "/api/v1"), token: d.tokens[people.ScopeRead]}).is(200).object()
	answers, _ := got["answers"].(map[string]any)
	if got["subject"] != "Pass for Ivan" || got["priority"] != "high" || got["request_type"] != "gate_pass" || got["request_version"] != 1.0 {
		t.Errorf("opened %v", got)
	}
	if answers["car"] != "yes" || answers["photo"] != "1" || answers["note"] != "" || answers["plate"] != "А412МР77" {
		t.Errorf("answers %v", answers)
	}
	var said struct {
		Items []struct {
			Body        string
			Attachments []struct{ Name string }
		}
	}
	d.as(people.ScopeRead, "GET", made.header.Get("Location")[len("/api/v1"):]+"/messages", "").is(200).into(&said)
	if len(said.Items) != 1 || !strings.HasPrefix(said.Items[0].Body, "> Soon, please\n\n**Who?**\nIvan") || len(said.Items[0].Attachments) != 1 {
		t.Errorf("messages %+v", said)
	}
}

func TestRefusedAnswersAreNamed(t *testing.T) {
	d := newDesk(t)
	d.offer()
	for body, want := range map[string]string{
		`"answers":{"who":"Ivan"}`: "#/answers/day",
		`"answers":{"who":"Ivan","day":"31.02.2026","gate":"north","car":false}`:                "#/answers/day",
		`"answers":{"who":"Ivan","day":"2026-11-21","gate":"south","car":false}`:                "#/answers/gate",
		`"answers":{"who":"Ivan","day":"2026-11-21","gate":"north","car":true}`:                 "#/answers/plate",
		`"answers":{"who":"Ivan","day":"2026-11-21","gate":"north","car":false,"photo":["77"]}`: "#/answers/photo",
		`"answers":{"who":{"a":1}}`:                     "#/answers/who",
		`"answers":{"whom":"Ivan"}`:                     "#/answers/whom",
		`"subject":"s","answers":{}`:                    "#/subject",
		`"answers":{"who":"Ivan"},"attachments":["77"]`: "#/attachments",
	} {
		p := d.as(people.ScopeWrite, "POST", "/tickets", `{"request_type":"gate_pass","requester":{"email":"ira@example.org"},`+body+`}`).refused(422)
		if !slices.Equal(p.at(), []string{strings.TrimPrefix(want, "#/")}) && !slices.Equal(p.at(), []string{want}) {
			t.Errorf("%s: %v, want %s", body, p.at(), want)
		}
	}
	if n := len(d.tickets("/tickets")); n != 0 {
		t.Errorf("%d tickets of refused forms", n)
	}
}
