package editor

import (
	"strings"

	"github.com/a-h/templ"

	"okno/tickets/forms"
	"okno/ui"
)

func kind(f ui.Field) string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

// describe ties an input to its notes, which may come and go while it is typed
// in, and to its hint.
func describe(d Draft, f ui.Field) templ.Attributes {
	a := templ.Attributes{"aria-describedby": "note-" + f.ID, "autofocus": d.Focus == f.ID}
	if f.Hint != "" {
		a["aria-describedby"] = "note-" + f.ID + " " + f.ID + "-hint"
	}
	if len(d.flawsAt(f.ID)) > 0 {
		a["aria-invalid"] = "true"
	}
	for key, value := range f.Attrs {
		a[key] = value
	}
	return a
}

// redraw has the form drawn anew after a change, because other fields depend on
// this one.
func redraw() templ.Attributes { return templ.Attributes{"data-redraw": "true"} }

// languages are both, the reader's first.
func languages(env ui.Env) []string {
	if env.Lang == "ru" {
		return []string{"ru", "en"}
	}
	return []string{"en", "ru"}
}

func tongue(language string) string { return strings.ToUpper(language) }

func words(t forms.Text, language string) string {
	if language == "ru" {
		return t.RU
	}
	return t.EN
}

// press is a small button that changes the form.
func press(d Draft, do, id string) templ.Attributes {
	return templ.Attributes{"id": id, "name": "do", "value": do, "autofocus": d.Focus == id}
}
