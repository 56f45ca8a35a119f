package web_test

import (
	"html"
	"net/http"
	"strings"
	"testing"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/forms/edit"
)

// A request type is made, asked, ordered, approved and published by forms alone.
func TestRequestTypesAreEditedByForms(t *testing.T) {
	d := staffed(t)
	d.menu()
	b := d.signedIn("anna@example.com")
	b.get("/settings/requests").status(http.StatusOK).has("Office")
	b.post("/settings/requests/new", "section", "office").status(http.StatusUnprocessableEntity).has("Say what it is called")
	b.post("/settings/requests/new", "name_en", "Guest pass", "section", "office").status(http.StatusSeeOther)
	at := d.path()
	b.get(at).status(http.StatusOK).has("draft, not published yet", "The form asks nothing")

	b.post(at+"/add", "label_en", "Is there a car?", "type", "yesno").leadsTo(at + "/steps/is_there_a_car")
	b.post(at+"/add", "label_ru", "Номер машины", "type", "plate").leadsTo(at + "/steps/nomer_mashiny")
	page := b.get(at+"/steps/nomer_mashiny").status(http.StatusOK).has("Ask only if", "It is always asked")
	b.post(at+"/steps/nomer_mashiny", "mark", mark(page), "type", "plate", "label_ru", "Номер машины", "do", "when.or").status(http.StatusSeeOther)
	page = b.get(at+"/steps/nomer_mashiny").has("1. Is there a car?", `name="when_to"`)
	b.post(at+"/steps/nomer_mashiny", "mark", mark(page), "type", "plate", "label_ru", "Номер машины",
		"when_group", "0", "when_step", "is_there_a_car", "when_is", "not", "when_to", "yes").status(http.StatusSeeOther)

	b.post(at+"/arrange", "do", "add.stages").leadsTo(at + "/stages/approval")
	page = b.get(at + "/stages/approval").has("Manager of whoever asks")
	b.post(at+"/stages/approval", "mark", mark(page), "name_en", "Guard", "rule", "any", "late", "refuse", "deadline", "two",
		"approver_kind", "person", "approver_value", "guard").status(http.StatusSeeOther)
	b.get(at+"/stages/approval").has("Hours from 0 to", "not a mail address")
	b.post(at + "/publish").status(http.StatusUnprocessableEntity).has("Not published")
	page = b.get(at + "/stages/approval")
	b.post(at+"/stages/approval", "mark", mark(page), "name_en", "Guard", "rule", "any", "late", "refuse", "deadline", "2",
		"approver_kind", "person", "approver_value", "guard@example.com").status(http.StatusSeeOther)
	b.post(at + "/publish").status(http.StatusOK).has("Published as version 1")

	got := d.draft()
	plate := got.Type.Steps[1]
	if got.Published != 1 || got.Changed || edit.Mark(plate.When) != edit.Mark(forms.Condition{Step: "is_there_a_car", Is: forms.NotEqual, To: "yes"}) {
		t.Errorf("stored %+v, condition %+v", got, plate.When)
	}
	if s := got.Type.Stages[0]; s.Deadline != 2 || s.Approvers[0].Value != "guard@example.com" {
		t.Errorf("stored stage %+v", s)
	}
	b.get(at+"/history").has("Anna Gray", "The first version")
	b.get("/settings/requests/1/steps/none").status(http.StatusNotFound)
	d.signedIn("boris@example.com").get(at).status(http.StatusForbidden)
}

// A step is moved, copied, removed and put back.
func TestStepsAreArranged(t *testing.T) {
	d := staffed(t)
	at := d.form(t)
	b := d.signedIn("anna@example.com")
	b.post(at+"/arrange", "do", "up.steps.city", "here", "steps.city").leadsTo(at + "/steps/city")
	if got := d.keys(); got != "city name" {
		t.Errorf("steps are %s", got)
	}
	b.post(at+"/arrange", "do", "place.steps.city", "to", "1").leadsTo(at)
	b.post(at+"/arrange", "do", "copy.steps.city").leadsTo(at + "/steps/which_city")
	page := b.post(at+"/arrange", "do", "remove.steps.city", "here", "steps.city").status(http.StatusOK).has("was removed", "Undo")
	if got := d.keys(); got != "name which_city" {
		t.Errorf("steps are %s", got)
	}
	b.post(at+"/arrange", "do", "return.steps", "taken", page.value("taken"), "at", page.value("at")).leadsTo(at + "/steps/city")
	if got := d.keys(); got != "name city which_city" {
		t.Errorf("steps are %s", got)
	}
	b.post(at+"/arrange", "do", "return.steps", "taken", "{").status(http.StatusUnprocessableEntity)
}

// Two windows edit the same step: the second is told, and nothing is lost. Two
// that edit different steps do not stand in each other's way.
func TestTwoWindowsWithOneStep(t *testing.T) {
	d := staffed(t)
	at := d.form(t)
	b := d.signedIn("anna@example.com")
	first, second, other := b.get(at+"/steps/name"), b.get(at+"/steps/name"), b.get(at+"/steps/city")
	form := func(page *answer, label string) []string {
		return []string{"mark", mark(page), "type", "text", "label_en", label}
	}
	b.post(at+"/steps/name", form(first, "Your name?")...).status(http.StatusSeeOther)
	b.post(at+"/steps/city", form(other, "Which town?")...).status(http.StatusSeeOther)
	b.post(at+"/steps/name", form(second, "Who are you?")...).status(http.StatusConflict).has("changed in another window", "Who are you?")
	if got := d.draft().Type.Steps[0].Label.EN; got != "Your name?" {
		t.Errorf("the first was lost: %q", got)
	}
	b.post(at+"/steps/name", append(form(second, "Who are you?"), "do", "force")...).status(http.StatusSeeOther)
	if got := d.draft().Type.Steps[0].Label.EN; got != "Who are you?" {
		t.Errorf("stored %q", got)
	}
}

// Options of a step get keys when their names stand, not while they are typed.
func TestOptionsAndLimitsOfSteps(t *testing.T) {
	d := staffed(t)
	at := d.form(t)
	b := d.signedIn("anna@example.com")
	save := func(form ...string) forms.Step {
		t.Helper()
		page := b.get(at + "/steps/name")
		b.post(at+"/steps/name", append([]string{"mark", mark(page), "label_en", "Size"}, form...)...).status(http.StatusSeeOther)
		return d.draft().Type.Steps[0]
	}
	if s := save("type", "one"); len(s.Options) != 2 {
		t.Errorf("a list begins with %+v", s.Options)
	}
	two := []string{"type", "one", "option_key", "", "option_en", "Big", "option_ru", "", "option_key", "", "option_en", "", "option_ru", "Малый"}
	if s := save(append(two, "typing", "true")...); s.Options[0].Key != "" {
		t.Errorf("half a word has a key: %+v", s.Options)
	}
	if s := save(two...); s.Options[0].Key != "big" || s.Options[1].Key != "malyi" {
		t.Errorf("stored %+v", s.Options)
	}
	if s := save(append(two, "do", "option.down.0")...); s.Options[0].Key != "malyi" {
		t.Errorf("the option did not move: %+v", s.Options)
	}
	if s := save("type", "date"); s.Options != nil {
		t.Errorf("a date has options: %+v", s.Options)
	}
	if s := save("type", "date", "from_today", "true", "max", "2027-01-01", "default", "tomorrow"); s.Check.Min != "today" || s.Default != "tomorrow" {
		t.Errorf("stored %+v", s)
	}
	save("type", "period")
	if s := save("type", "period", "from_today", "true", "max", "2027-01-01"); s.Check.Min != "today" || s.Check.Max != "2027-01-01" {
		t.Errorf("stored %+v", s)
	}
	save("type", "files")
	if s := save("type", "files", "bytes", "2,5", "files", ".pdf, image/*", "longer", "3"); s.Check.Bytes != 2_500_000 || len(s.Check.Files) != 2 || s.Check.Longer != 3 {
		t.Errorf("stored %+v", s.Check)
	}
}

// The chat beside the form asks what the form asks, with the draft as it is.
func TestChatPlaysTheDraft(t *testing.T) {
	d := staffed(t)
	at := d.form(t)
	b := d.signedIn("anna@example.com")
	page := b.get(at).has("What is your name?")
	page = b.post(at, "chat_at", page.value("chat_at"), "say", "Olga", "do", "chat.say").status(http.StatusOK).has("Olga", "Which city?")
	b.post(at, "chat_at", page.value("chat_at"), "turn", "t:Olga", "say", "Riga", "do", "chat.say").has("Riga")
	b.post(at, "turn", "t:Olga", "do", "chat.again").lacks("Olga")
	if all, err := d.store.RequestDrafts(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("the chat changed something: %v, %v", all, err)
	}
}

// A published version is put back into the draft, and the history says what was
// different.
func TestVersionsAreRestored(t *testing.T) {
	d := staffed(t)
	at := d.form(t)
	b := d.signedIn("anna@example.com")
	b.post(at + "/publish").status(http.StatusOK)
	page := b.get(at + "/steps/city")
	b.post(at+"/steps/city", "mark", mark(page), "type", "text", "label_en", "Which town?", "required", "false").status(http.StatusSeeOther)
	b.get(at).has("version 1, changed")
	b.post(at+"/arrange", "do", "remove.steps.name").status(http.StatusOK)
	b.post(at + "/publish").status(http.StatusOK)
	b.get(at+"/history").has("asks in other words", "Step “What is your name?” removed", "Version 2")
	b.post(at+"/history", "version", "1").leadsTo(at)
	if got := d.keys(); got != "name city" {
		t.Errorf("steps are %s", got)
	}
	b.post(at+"/history", "version", "seven").status(http.StatusNotFound)
}

// The list orders, archives and copies types.
func TestRequestTypesAreArranged(t *testing.T) {
	d := staffed(t)
	at := d.form(t)
	b := d.signedIn("anna@example.com")
	first := strings.TrimPrefix(at, "/settings/requests/")
	b.post("/settings/requests/new", "name_en", "Second", "copy", first, "section", "office").status(http.StatusSeeOther)
	all, err := d.store.RequestDrafts(t.Context())
	must(t, err)
	if len(all) != 2 || len(all[1].Type.Steps) != 2 || all[1].Type.Key != "second" {
		t.Fatalf("stored %+v", all)
	}
	b.post("/settings/requests", "do", "up."+id(all[1].Type.ID)).leadsTo("/settings/requests")
	b.post("/settings/requests", "do", "place.types."+first, "to", "0").leadsTo("/settings/requests")
	b.post("/settings/requests", "do", "archive."+id(all[1].Type.ID)).leadsTo("/settings/requests")
	page := b.get("/settings/requests").has("Archived", "Offer again: Second")
	if in := page.Body.String(); strings.Index(in, "Who is who") > strings.Index(in, "Second") {
		t.Error("the first does not stand first")
	}
	b.post("/settings/requests", "do", "restore."+id(all[1].Type.ID)).leadsTo("/settings/requests")
}

// menu puts a section to find types in.
func (d *desk) menu() {
	d.t.Helper()
	_, err := d.cases.PutMenu(d.t.Context(), tickets.AsAgent(d.admin), forms.Menu{Sections: []forms.Section{{Key: "office", Name: forms.Text{EN: "Office", RU: "Офис"}}}})
	must(d.t, err)
}

// form keeps a draft of two steps and answers where it is edited.
func (d *desk) form(t *testing.T) string {
	t.Helper()
	d.menu()
	_, err := d.cases.SaveRequestDraft(t.Context(), tickets.AsAgent(d.admin), forms.RequestType{
		Name: forms.Text{EN: "Who is who"}, Section: "office", Steps: []forms.Step{
			{Key: "name", Type: fields.Text, Label: forms.Text{EN: "What is your name?"}},
			{Key: "city", Type: fields.Text, Label: forms.Text{EN: "Which city?"}},
		},
	}, 0)
	must(t, err)
	return d.path()
}

// draft is the first type as it is stored.
func (d *desk) draft() tickets.RequestDraft {
	d.t.Helper()
	all, err := d.store.RequestDrafts(d.t.Context())
	must(d.t, err)
	if len(all) == 0 {
		d.t.Fatal("no request type is stored")
	}
	return all[0]
}

func (d *desk) path() string {
	d.t.Helper()
	return "/settings/requests/" + id(d.draft().Type.ID)
}

// keys are the keys of the first type's steps.
func (d *desk) keys() string {
	var keys []string
	for _, s := range d.draft().Type.Steps {
		keys = append(keys, s.Key)
	}
	return strings.Join(keys, " ")
}

// mark is what a page knows of the stored state of its form.
func mark(page *answer) string { return page.value("mark") }

// value is what a field of the page has, "" when there is none.
func (a *answer) value(name string) string {
	_, rest, _ := strings.Cut(a.Body.String(), `name="`+name+`" value="`)
	text, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(text)
}
