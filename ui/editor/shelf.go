package editor

import (
	"time"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/forms/edit"
	"okno/ui"
)

// Types is the list of request types by the sections of the menu.
type Types struct {
	Sections []Shelf
	Archived []tickets.RequestDraft
	Focus    string
	Notice   string
	Bad      bool
}

// Shelf is one section with its types; the last one may hold those of none.
type Shelf struct {
	forms.Section
	Types []tickets.RequestDraft
}

// Shelves sorts types into the sections of the menu.
func Shelves(m forms.Menu, all []tickets.RequestDraft) Types {
	var list Types
	at := map[string]int{}
	for i, s := range m.Sections {
		at[s.Key] = i
		list.Sections = append(list.Sections, Shelf{Section: s})
	}
	var stray Shelf
	for _, d := range all {
		i, known := at[d.Type.Section]
		switch {
		case d.Type.Archived:
			list.Archived = append(list.Archived, d)
		case known:
			list.Sections[i].Types = append(list.Sections[i].Types, d)
		default:
			stray.Types = append(stray.Types, d)
		}
	}
	if len(stray.Types) > 0 {
		list.Sections = append(list.Sections, stray)
	}
	return list
}

// Empty says that there is neither a type nor a section to put one in.
func (l Types) Empty() bool { return len(l.Archived)+len(l.Sections) == 0 }

func (s Shelf) name(env ui.Env) string {
	if s.Key == "" {
		return env.T("editor.section.stray")
	}
	return s.Icon + " " + s.Name.In(env.Lang)
}

// Fresh is the form of a type that does not exist yet.
type Fresh struct {
	Name    forms.Text
	Section string
	Copy    string // id of the type it is a copy of, "" for none
	Menu    forms.Menu
	Types   []tickets.RequestDraft
	Errors  map[string]string
}

func (f Fresh) copies(env ui.Env) []ui.Option {
	out := []ui.Option{{Label: env.T("editor.new.empty")}}
	for _, d := range f.Types {
		out = append(out, ui.Option{Value: number(d.Type.ID), Label: env.T("editor.new.copy", "name", typeName(env, d.Type))})
	}
	return out
}

// History is what was published of a type, the latest first.
type History struct {
	Type     forms.RequestType
	Versions []Version
	More     bool // there are earlier ones that are not shown
}

// Version is one of them.
type Version struct {
	Number  int
	At      time.Time
	By      string // name; "" for the desk itself
	Changes []edit.Change
	Latest  bool
}

// about is what a change is, in words.
func about(env ui.Env, c edit.Change) string {
	return env.T(c.Message, "name", c.Name.In(env.Lang))
}

// List is the form of one reference list.
type List struct {
	forms.List
	New    bool
	Focus  string
	Notice string
	Errors map[string]string
	Users  []string // names of the types that use it
	Table  string   // what is to be loaded, "" when nothing is
	Loaded edit.Loaded
}

func (l List) path() string {
	if l.New {
		return "/settings/requests/lists/new"
	}
	return "/settings/requests/lists/" + l.Key
}

// Offered are how many entries can be chosen.
func Offered(entries []fields.Option) int {
	n := 0
	for _, o := range entries {
		if !o.Archived {
			n++
		}
	}
	return n
}
