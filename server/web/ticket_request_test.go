package web

import (
	"fmt"
	"strings"
	"testing"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// filled is a ticket made of a form with a file.
func (r *rig) filled(blob string) tickets.Ticket {
	r.t.Helper()
	ctx, desk := r.t.Context(), tickets.System()
	m, err := r.service.Menu(ctx)
	orFail(r.t, err)
	m.Sections = append(m.Sections, forms.Section{Key: "gates", Name: forms.Text{EN: "Gates"}})
	_, err = r.service.PutMenu(ctx, desk, m)
	orFail(r.t, err)
	d, err := r.service.SaveRequestDraft(ctx, desk, forms.RequestType{
		Key: "gate", Section: "gates", Icon: "🚗", Name: forms.Text{EN: "Gate pass", RU: "Въезд"},
		Steps: []forms.Step{
			{Key: "day", Type: fields.Date, Label: forms.Text{EN: "Which day?"}},
			{Key: "paper", Type: fields.Files, Label: forms.Text{EN: "The waybill"}},
			{Key: "note", Type: fields.Long, Optional: true, Label: forms.Text{EN: "Anything else?"}},
		},
	}, 0)
	orFail(r.t, err)
	made, err := r.service.Publish(ctx, desk, d.Type.ID)
	orFail(r.t, err)
	asker := r.asked("Earlier", "Hello.").RequesterID
	t, _, err := r.service.Request(ctx, tickets.AsPerson(asker), tickets.NewRequest{
		RequesterID: asker, ChannelID: r.box.ID, Language: "en", Type: made.ID,
		Answers: forms.Answers{"day": "2031-02-03", "paper": "1", "note": ""},
		Files:   map[string][]tickets.File{"paper": {{Name: "waybill.pdf", Type: "application/pdf", Size: 3, Blob: blob}}},
	})
	orFail(r.t, err)
	return t
}

func TestPageOfATicketShowsItsForm(t *testing.T) {
	r := newRig(t)
	blob := strings.Repeat("ab", 32)
	made := r.filled(blob)
	file := fmt.Sprintf("/files/%d/answer/%s/waybill.pdf", made.Number, blob)
	page := r.get(at(made, ""))
	has(t, page, 200, []string{`id="request"`, "Gate pass", "Which day?", "3 Feb 2031", file}, []string{`id="rating"`})
	if panel := page.Body.String(); strings.Contains(panel[strings.Index(panel, `id="request"`):], "Anything else?") {
		t.Error("the panel shows what was skipped")
	}
	other := strings.Replace(file, blob, strings.Repeat("cd", 32), 1)
	if res := r.get(other); res.Code != 404 {
		t.Errorf("a file of nobody: %d", res.Code)
	}
}

func TestPageOfATicketShowsItsRating(t *testing.T) {
	r := newRig(t)
	made := r.asked("Till broken", "It prints nothing.")
	solved, asker := int64(5), tickets.AsPerson(made.RequesterID)
	_, err := r.service.Change(t.Context(), tickets.AsAgent(r.agent), made.ID, 0, tickets.Change{StatusID: &solved})
	orFail(t, err)
	orFail(t, r.service.Rate(t.Context(), asker, made.ID, 4, "Quick & kind"))
	has(t, r.get(at(made, "")), 200, []string{`id="rating"`, "★★★★☆", "4 of 5 stars", "Quick &amp; kind", "rating 4 of 5: “Quick &amp; kind”"}, nil)
	has(t, r.get("/tickets?view=solved"), 200, []string{"4 of 5 stars"}, nil)
	orFail(t, r.service.Reopen(t.Context(), asker, made.ID))
	has(t, r.get(at(made, "")), 200, []string{"not settled yet"}, nil)
}
