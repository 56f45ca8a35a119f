package web_test

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"okno/tickets/fields"
	"okno/tickets/forms"
)

// A request type is carried from one desk to another as a file, with the section
// and the list it needs.
func TestTypesTravelAsFiles(t *testing.T) {
	from := staffed(t)
	at := from.form(t)
	b := from.signedIn("anna@example.com")
	b.post("/settings/requests/lists/new", "name_en", "Towns", "name_ru", "Города", "do", "save",
		"option_key", "", "option_en", "Riga", "option_ru", "Рига").status(http.StatusSeeOther)
	for _, list := range []string{"", "towns"} { // lists are offered once it is a choice
		page := b.get(at + "/steps/city")
		b.post(at+"/steps/city", "mark", mark(page), "type", "one", "label_en", "Which city?", "list", list).status(http.StatusSeeOther)
	}
	file := b.get(at+"/file").status(http.StatusOK).has("who_is_who", "towns", "Riga", "office").Body.String()

	to := staffed(t)
	c := to.signedIn("anna@example.com")
	c.upload("/settings/requests/import", "file", "form.yaml", file).status(http.StatusSeeOther)
	got := to.draft()
	if got.Type.Section != "office" || to.keys() != "name city" || got.Type.Steps[1].List != "towns" || got.Published != 0 {
		t.Errorf("imported %+v", got.Type)
	}
	c.post(to.path() + "/publish").status(http.StatusOK).has("Published as version 1")
	c.upload("/settings/requests/import", "file", "form.yaml", strings.ReplaceAll(file, "Which city?", "Which town?")).status(http.StatusSeeOther)
	if got := to.draft(); got.Type.Steps[1].Label.EN != "Which town?" || got.Published != 1 || !got.Changed {
		t.Errorf("imported again %+v", got)
	}
}

// A file that cannot be taken says where it is wrong and changes nothing.
func TestFilesThatAreWrong(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("anna@example.com")
	for file, words := range map[string]string{
		"requests: [": "Line 1",
		"":            "no request type",
		"requests:\n  - key: x\n    colour: red\n": "Line 3",
		"hello": "Line 1",
	} {
		b.upload("/settings/requests/import", "file", "form.yaml", file).status(http.StatusUnprocessableEntity).has(words)
	}
	bad := "requests:\n  - colour: red\n    size: big\n" // every fault is told, as far as that helps
	b.upload("/settings/requests/import", "file", "form.yaml", bad).has("Line 2, column 5", "Line 3, column 5").lacks("more.")
	b.upload("/settings/requests/import", "file", "form.yaml", bad+strings.Repeat("  - shape: round\n", 9)).has("Line 9", "And 3 more.").lacks("Line 10,")
	half := "sections:\n  - {key: new, name: {en: New}}\nlists:\n  - {key: l, name: {en: \"\"}, entries: []}\nrequests:\n  - {key: a, section: new, name: {en: A}, steps: []}\n"
	b.upload("/settings/requests/import", "file", "form.yaml", half).status(http.StatusUnprocessableEntity)
	if m, err := d.cases.Menu(t.Context()); err != nil || len(m.Sections) != 0 {
		t.Errorf("half a file is in the menu: %v, %v", m, err)
	}
	if all, err := d.store.RequestDrafts(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("stored %v, %v", all, err)
	}
}

// A list is loaded from a table after a look at what that changes.
func TestListsAreLoadedFromTables(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("anna@example.com")
	list := "/settings/requests/lists/towns"
	b.post("/settings/requests/lists/new", "name_en", "Towns", "do", "save", "option_key", "", "option_en", "Riga", "option_ru", "").leadsTo(list + "?saved=1")
	old, err := charmap.Windows1251.NewEncoder().String("Riga;Рига\r\nTartu;Тарту\r\n")
	must(t, err)
	page := b.upload(list, "file", "towns.csv", old, "do", "look").status(http.StatusOK).has("Tartu", "Тарту")
	if got := d.list("towns"); len(got.Entries) != 1 {
		t.Errorf("looking changed the list: %+v", got)
	}
	b.post(list, "do", "load", "table", "Riga;Рига\nTartu;Тарту", "version", page.value("version")).status(http.StatusSeeOther)
	if got := d.list("towns"); len(got.Entries) != 2 || got.Entries[0].NameRU != "Рига" || got.Entries[1] != (fields.Option{Key: "tartu", NameEN: "Tartu", NameRU: "Тарту"}) {
		t.Errorf("loaded %+v", got)
	}
	b.post(list, "do", "load", "table", "Riga", "version", "1").status(http.StatusConflict)
	b.upload(list, "file", "towns.csv", "", "do", "look").status(http.StatusUnprocessableEntity)
	b.get(list + "/file").status(http.StatusOK).has("tartu,Tartu,Тарту")
	b.post(list, "do", "delete").leadsTo("/settings/requests/lists")
	b.get(list).status(http.StatusNotFound)
}

// list is a reference list as it is stored.
func (d *desk) list(key string) forms.List {
	d.t.Helper()
	all, err := d.cases.Lists(d.t.Context())
	must(d.t, err)
	for _, l := range all {
		if l.Key == key {
			return l
		}
	}
	d.t.Fatalf("no list %s", key)
	return forms.List{}
}

// The menu keeps sections and topics in three storeys, and what was typed where it
// is refused.
func TestTheMenuIsOneForm(t *testing.T) {
	d := staffed(t)
	d.form(t)
	b := d.signedIn("anna@example.com")
	page := b.get("/settings/requests/menu").status(http.StatusOK).has("Office")
	rows := []string{
		"version", page.value("version"), "section_key", "office", "section_en", "Office", "section_ru", "Офис", "section_icon", "🏢",
		"section_key", "", "section_en", "Travel", "section_ru", "Поездки", "section_icon", "",
		"topic_key", "", "topic_en", "Doors", "topic_ru", "Двери", "topic_parent", "",
	}
	b.post("/settings/requests/menu", append(rows, "do", "down.sections.0")...).status(http.StatusOK).has("Travel", "Doors")
	b.post("/settings/requests/menu", append(rows, "do", "save")...).leadsTo("/settings/requests/menu?saved=1")
	m, err := d.cases.Menu(t.Context())
	must(t, err)
	if len(m.Sections) != 2 || m.Sections[1].Key != "travel" || len(m.Topics) != 1 || m.Topics[0].Key != "doors" {
		t.Errorf("stored %+v", m)
	}
	b.post("/settings/requests/menu", append(rows, "do", "save")...).status(http.StatusConflict).has("Travel")
	d.signedIn("boris@example.com").get("/settings/requests/menu").status(http.StatusForbidden)
}
