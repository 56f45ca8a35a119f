package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// statusForm is what the browser sends of the list a page shows, with changes.
func statusForm(page *answer, change func(fields []string) []string) []string {
	var fields []string
	for _, part := range strings.Split(page.Body.String(), "<div class=\"status-row\" id")[1:] {
		for _, name := range []string{"key", "emoji", "name_en", "name_ru", "category"} {
			value := between(part, `name="`+name+`" value="`, `"`)
			if name == "category" && value == "" {
				value = "hold" // the choice of a new status
			}
			fields = append(fields, name, value)
		}
		color, _, _ := strings.Cut(part, `" selected`)
		fields = append(fields, "color", color[strings.LastIndex(color, `"`)+1:])
	}
	return change(fields)
}

func between(text, before, after string) string {
	_, text, _ = strings.Cut(text, before)
	text, _, _ = strings.Cut(text, after)
	return text
}

func as(extra ...string) func([]string) []string {
	return func(fields []string) []string { return append(fields, extra...) }
}

// The list is ordered, lengthened and shortened without scripts; only Save keeps
// it.
func TestStatusesAreOneForm(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("anna@example.com")
	const page = "/settings/statuses"
	first := b.get(page).status(http.StatusOK)
	moved := b.post(page, statusForm(first, as("do", "down.1"))...).status(http.StatusOK).has(`autofocus`)
	if in := moved.Body.String(); strings.Index(in, `id="status-2"`) > strings.Index(in, `id="status-1"`) {
		t.Error("the row did not move")
	}
	added := b.post(page, statusForm(moved, as("do", "add"))...).has(`id="status-new6"`)
	named := func(fields []string) []string {
		for i := range fields {
			if i > 0 && fields[i-1] == "name_en" && fields[i] == "" {
				fields[i] = "At the supplier"
			}
		}
		return append(fields, "do", "save")
	}
	refused := b.post(page, statusForm(added, named)...).status(http.StatusUnprocessableEntity).has("At the supplier", `aria-invalid="true"`)
	whole := func(fields []string) []string {
		for i := range fields {
			if i > 0 && fields[i-1] == "name_ru" && fields[i] == "" {
				fields[i] = "У поставщика"
			}
		}
		return append(fields, "do", "save")
	}
	b.post(page, statusForm(refused, whole)...).leadsTo("/settings/statuses?saved=1")
	list, err := d.store.Statuses(t.Context())
	must(t, err)
	if len(list) != 7 || list[0].ID != 2 || list[6].NameRU != "У поставщика" {
		t.Fatalf("stored: %+v", list)
	}
	kept := b.get(page)
	removed := b.post(page, statusForm(kept, as("do", "remove."+id(list[6].ID)))...).lacks("У поставщика")
	b.post(page, statusForm(removed, as("do", "save"))...).leadsTo("/settings/statuses?saved=1")
	if list, err = d.store.Statuses(t.Context()); err != nil || len(list) != 6 {
		t.Fatalf("after removing: %d statuses, %v", len(list), err)
	}
}

// A button pressed in the instant between its drawing and its binding submits
// the form as a page does: the answer replaces the whole main part, so it must be
// all of it.
func TestStatusesPressedTooSoonStayWhole(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("anna@example.com")
	const page = "/settings/statuses"
	first := b.get(page)
	b.header.Set("Hx-Request", "true")
	b.header.Set("Hx-Request-Type", "partial")
	b.header.Set("Hx-Target", "div#status-rows")
	b.post(page, statusForm(first, as("do", "down.1"))...).has(`id="status-1"`).lacks("status-add")
	b.header.Set("Hx-Target", "main#main")
	b.post(page, statusForm(first, as("do", "down.1"))...).has(`id="status-1"`, "status-add", "<title>")
}
