package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// counter is a desk with a form that has every way of asking, one only a link
// leads to, one for people who are known, and one for agents.
type counter struct{ *desk }

func newCounter(t *testing.T) *counter {
	t.Helper()
	return counterOf(t, staffed(t))
}

// counterOf offers the forms on a desk.
func counterOf(t *testing.T, d *desk) *counter {
	t.Helper()
	k := &counter{d}
	menu, err := k.cases.Menu(t.Context())
	must(t, err)
	menu.Sections = []forms.Section{{Key: "office", Name: both("Office", "Офис"), Icon: "🏢"}}
	_, err = k.cases.PutMenu(t.Context(), tickets.AsAgent(k.admin), menu)
	must(t, err)
	_, err = k.cases.PutList(t.Context(), tickets.AsAgent(k.admin), forms.List{Key: "offices", Name: both("Offices", "Офисы"), Entries: []fields.Option{
		{Key: "garden", NameEN: "Garden St", NameRU: "Садовая"}, {Key: "forest", NameEN: "Forest St", NameRU: "Лесная"},
	}})
	must(t, err)
	k.publish(pass())
	for key, who := range map[string]forms.Audience{"secret": forms.Nobody, "inner": forms.Known, "staff": forms.Agents} {
		k.publish(forms.RequestType{Key: key, Name: both("Form "+key, "Форма "+key), Section: "office", Audience: who,
			Steps: []forms.Step{{Key: "what", Type: fields.Text, Label: both("What", "Что")}}})
	}
	return k
}

func both(en, ru string) forms.Text { return forms.Text{EN: en, RU: ru} }

// pass is a form with a condition, a list, words, files and a person.
func pass() forms.RequestType {
	car := &forms.Condition{Step: "car", Is: forms.Equal, To: fields.Yes}
	return forms.RequestType{
		Key: "pass", Name: both("Guest pass", "Гостевой пропуск"), About: both("A person or a car", "Человек или машина"), Section: "office", Icon: "🚗",
		Subject: both("Pass: {guest}", "Пропуск: {guest}"), Keywords: forms.Keywords{EN: []string{"visitor"}, RU: []string{"парковка"}},
		Steps: []forms.Step{
			{Key: "rules", Type: fields.Info, Label: both("A pass is for one day.", "Пропуск на один день.")},
			{Key: "guest", Type: fields.Text, Label: both("Who comes", "Кто придёт"), Help: both("First and last name", "Имя и фамилия"), Check: forms.Check{Shorter: 3}},
			{Key: "day", Type: fields.Date, Label: both("When", "Когда"), Default: "tomorrow"},
			{Key: "car", Type: fields.YesNo, Label: both("By car", "На машине")},
			{Key: "plate", Type: fields.Plate, Label: both("Car plate", "Номер машины"), When: car},
			{Key: "office", Type: fields.Place, Label: both("Which office", "Какой офис"), List: "offices"},
			{Key: "host", Type: fields.Person, Label: both("Who meets them", "Кто встречает"), Optional: true},
			{Key: "papers", Type: fields.Files, Label: both("Papers", "Документы"), Optional: true, Check: forms.Check{Files: []string{".pdf", "image/*"}}},
		},
	}
}

func (k *counter) publish(t forms.RequestType) {
	k.t.Helper()
	by := tickets.AsAgent(k.admin)
	d, err := k.cases.SaveRequestDraft(k.t.Context(), by, t, 0)
	must(k.t, err)
	_, err = k.cases.Publish(k.t.Context(), by, d.Type.ID)
	must(k.t, err)
}

// entered is a browser of somebody who asks and came in by a link.
func (k *counter) entered(email string) *browser {
	k.t.Helper()
	b := k.browser()
	b.post("/portal/signin", "email", email).leadsTo("/portal/signin/sent")
	b.post(k.link()).leadsTo("/portal/mine")
	return b
}

// link is the path of the link in the last letter.
func (k *counter) link() string {
	k.t.Helper()
	if len(k.hub.letters) == 0 {
		k.t.Fatal("no letter was written")
	}
	l := k.hub.letters[len(k.hub.letters)-1]
	path, ours := strings.CutPrefix(l.Body.Args["link"], publicURL)
	if !ours {
		k.t.Fatalf("the link leads elsewhere: %v", l.Body.Args)
	}
	return path
}

func (k *counter) person(email string) people.Person {
	k.t.Helper()
	p, err := k.people.Known(k.t.Context(), "email", email, "", "")
	must(k.t, err)
	return p
}

// fill answers the whole form up to its check.
func fill(b *browser, guest string) {
	b.post("/portal/r/pass/step/guest", "a.guest", guest, "do", "next").leadsTo("/portal/r/pass/step/day")
	b.post("/portal/r/pass/step/day", "a.day", "2026-11-30", "do", "next").leadsTo("/portal/r/pass/step/car")
	b.post("/portal/r/pass/step/car", "a.car", "no", "do", "next").leadsTo("/portal/r/pass/step/office")
	b.post("/portal/r/pass/step/office", "a.office", "forest", "do", "next").leadsTo("/portal/r/pass/step/host")
	b.post("/portal/r/pass/step/host", "do", "next").leadsTo("/portal/r/pass/step/papers")
	b.post("/portal/r/pass/step/papers", "do", "next").leadsTo("/portal/r/pass/check")
}

// upload sends a form with a file.
func (b *browser) upload(path, input, name, text string, fields ...string) *answer {
	b.d.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(fields); i += 2 {
		must(b.d.t, form.WriteField(fields[i], fields[i+1]))
	}
	part, err := form.CreateFormFile(input, name)
	must(b.d.t, err)
	_, err = part.Write([]byte(text))
	must(b.d.t, err)
	must(b.d.t, form.Close())
	r := httptest.NewRequest(http.MethodPost, publicURL+path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	rec := httptest.NewRecorder()
	b.d.engine.ServeHTTP(rec, r)
	for _, c := range rec.Result().Cookies() {
		b.cookies[c.Name] = c.Value
	}
	return &answer{t: b.d.t, what: "POST " + path, ResponseRecorder: rec}
}
