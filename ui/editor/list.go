package editor

import (
	"strconv"

	"github.com/a-h/templ"

	"okno/ui"
)

// shownDifferences is how many entries of each kind a preview shows.
const shownDifferences = 20

func (l List) title(env ui.Env) string {
	if l.New {
		return env.T("editor.list.new")
	}
	return l.Name.In(env.Lang)
}

// entryError is what is wrong with the entry at i, "" when nothing.
func (l List) entryError(i int) string {
	for _, language := range []string{"en", "ru"} {
		if why := l.Errors["option_"+language+"."+strconv.Itoa(i)]; why != "" {
			return why
		}
	}
	return ""
}

func (l List) entryAttributes(language string, i int) templ.Attributes {
	a := templ.Attributes{"autofocus": l.Focus == optionID(language, i)}
	if l.Errors["option_"+language+"."+strconv.Itoa(i)] != "" {
		a["aria-invalid"], a["aria-describedby"], a["autofocus"] = "true", optionID("error", i), true
	}
	return a
}

// entryButton changes the entries of the form, with scripts in place.
func entryButton(l List, do, id string) templ.Attributes {
	return templ.Attributes{
		"id": id, "name": "do", "value": do, "autofocus": id == l.Focus,
		"hx-post": l.path(), "hx-target": "#entries", "hx-swap": "outerHTML",
	}
}
