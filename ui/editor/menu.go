package editor

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"okno/tickets/forms"
	"okno/ui"
)

// Menu is the form of sections and topics.
type Menu struct {
	forms.Menu
	Used   map[string]bool // keys of sections and topics that request types rest on
	Focus  string
	Notice string
	Errors map[string]string // by "sections" or "topics", a dot, the place, a dot, and the part
}

// wrong is what is wrong with a row, "" when nothing.
func (m Menu) wrong(kind string, i int) string {
	for part, why := range m.Errors {
		if strings.HasPrefix(part, kind+"."+strconv.Itoa(i)+".") {
			return why
		}
	}
	return ""
}

// fixed says that a topic cannot be taken out: types rest on it, or topics are
// below it.
func (m Menu) fixed(key string) bool {
	if m.Used[key] {
		return true
	}
	for _, t := range m.Topics {
		if key != "" && t.Parent == key {
			return true
		}
	}
	return false
}

// level of a topic, 0 to 2.
func (m Menu) level(t forms.Topic) int {
	for _, l := range Tree(m.Topics) {
		if l.Key == t.Key {
			return min(l.Level, deepest)
		}
	}
	return 0
}

// deepest is the level of a topic proper, under category and subcategory.
const deepest = 2

func rowID(part, kind string, i int) string { return part + "-" + kind + "-" + strconv.Itoa(i) }

func (m Menu) input(kind, part string, i int) templ.Attributes {
	a := templ.Attributes{"autofocus": m.Focus == rowID(part, kind, i)}
	if m.wrong(kind, i) != "" && part != "icon" {
		a["aria-invalid"], a["aria-describedby"] = "true", rowID("error", kind, i)
	}
	return a
}

func menuButton(m Menu, do, id string) templ.Attributes {
	return templ.Attributes{
		"id": id, "name": "do", "value": do, "autofocus": id == m.Focus,
		"hx-post": "/settings/requests/menu", "hx-target": "#menu-rows", "hx-swap": "outerHTML",
	}
}

func rowName(env ui.Env, name forms.Text, i int) string {
	if text := name.In(env.Lang); text != "" {
		return text
	}
	return env.T("editor.menu.row", "n", i+1)
}
