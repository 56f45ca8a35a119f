package web_test

import (
	"net/http"
	"strings"
	"testing"

	"okno/tickets"
	"okno/tickets/fields"
)

// A field is made, filled with options, ordered, archived and asked again, all
// without scripts.
func TestFieldsAreDefinedByForms(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("anna@example.com")
	const list, fresh = "/settings/fields", "/settings/fields/new"
	b.get(list).status(http.StatusOK).has("No field yet")
	b.get(fresh).status(http.StatusOK).has(`value="money"`)
	b.get(fresh + "?type=one").status(http.StatusOK).has(`id="option-en-1"`).lacks(`id="option-en-2"`)
	names := []string{"type", "one", "name_en", "Size", "name_ru", "Размер"}
	options := []string{"option_key", "", "option_en", "Big", "option_ru", "Большой", "option_key", "", "option_en", "Small", "option_ru", ""}
	form := append(names, options...)
	b.post(fresh, append(form, "do", "add")...).status(http.StatusOK).has(`id="option-en-2"`, "Большой")
	moved := b.post(fresh, append(form, "do", "down.0")...).status(http.StatusOK).has(`autofocus`)
	if in := moved.Body.String(); strings.Index(in, `value="Small"`) > strings.Index(in, `value="Big"`) {
		t.Error("the option did not move")
	}
	b.post(fresh, append(form, "do", "remove.1")...).lacks(`value="Small"`)
	b.post(fresh, append(form, "do", "save")...).status(http.StatusUnprocessableEntity).has(`aria-invalid="true"`, "Большой", `id="option-error-1"`)
	form[len(form)-1] = "Маленький"
	b.post(fresh, append(form, "do", "save")...).status(http.StatusSeeOther)
	b.post(fresh, "type", "money", "name_en", "Cost", "name_ru", "Цена", "currency", "RUB", "required", "true", "do", "save").status(http.StatusSeeOther)

	stored := d.fields()
	size, cost := stored[0], stored[1]
	if size.Key != "size" || len(size.Options) != 2 || cost.Currency != "RUB" || !cost.Required {
		t.Fatalf("stored %+v", stored)
	}
	b.get(list + "/" + id(size.ID)).has("In the API it is called size")
	b.post(list, "do", "up."+id(cost.ID)).leadsTo(list)
	b.post(list, "do", "archive."+id(size.ID)).leadsTo(list)
	b.get(list).has("Asked no more")
	if stored = d.fields(); stored[0].Key != "cost" || !stored[1].Archived {
		t.Errorf("stored %+v", stored)
	}
	b.post(list, "do", "restore."+id(size.ID)).leadsTo(list)
	b.post(list+"/"+id(size.ID), "name_en", "Volume", "name_ru", "Объём", "option_key", "big", "option_en", "Big", "option_ru", "Большой",
		"option_off", "0", "option_key", "small", "option_en", "Small", "option_ru", "Мелкий", "do", "save").status(http.StatusSeeOther)
	if size = d.fields()[1]; size.NameEN != "Volume" || !size.Options[0].Archived || size.Options[1].NameRU != "Мелкий" {
		t.Errorf("stored %+v", size)
	}
	b.get(list + "/99").status(http.StatusNotFound)
	d.signedIn("boris@example.com").get(list).status(http.StatusForbidden)
}

// fields are the stored definitions.
func (d *desk) fields() []fields.Field {
	d.t.Helper()
	list, err := tickets.NewService(d.store, tickets.Options{}).AllFields(d.t.Context())
	must(d.t, err)
	return list
}
