package dialog

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"okno/channels"
	"okno/channels/markdown"
	"okno/tickets/forms"
)

// talk is one step under way.
type talk struct {
	state State
	turn  Turn
	world World
	words Words
	form  *forms.RequestType // what state.Filling fills; nil when there is none or it is gone
	said  []Message
	do    []Command
}

func newTalk(s State, t Turn, w World, say Words) *talk {
	d := &talk{state: s.copied(), turn: t, world: w, words: say}
	d.state.Language = d.speaks()
	if f := d.state.Filling; f != nil {
		d.form = d.definition(f.Type, f.Version)
	}
	return d
}

// copied is a State that may be changed without changing s.
func (s State) copied() State {
	if s.Filling != nil {
		f := *s.Filling
		f.Answers, f.Files = maps.Clone(f.Answers), maps.Clone(f.Files)
		f.Said, f.Tried, f.Chosen = slices.Clone(f.Said), slices.Clone(f.Tried), slices.Clone(f.Chosen)
		s.Filling = &f
	}
	if s.Offer != nil {
		o := *s.Offer
		o.Said, o.Files = slices.Clone(o.Said), slices.Clone(o.Files)
		s.Offer = &o
	}
	s.Ended = slices.Clone(s.Ended)
	return s
}

// definition finds a version of a request type; nil when it is gone.
func (d *talk) definition(id int64, version int) *forms.RequestType {
	if b := d.world.Begun; b != nil && b.ID == id && b.Version == version {
		return b
	}
	if t := d.offeredType(id); t != nil && t.Version == version {
		return t
	}
	return nil
}

// offeredType finds a request type in the catalogue.
func (d *talk) offeredType(id int64) *forms.RequestType {
	types := d.world.Catalog.Types
	for i := range types {
		if types[i].ID == id {
			return &types[i]
		}
	}
	return nil
}

// text is a sentence in the person's language; pairs are names and values.
// Values are words of people or of administrators and are no Markdown.
func (d *talk) text(key string, pairs ...string) string {
	for i := 1; i < len(pairs); i += 2 {
		pairs[i] = markdown.Escape(pairs[i])
	}
	return d.words(d.state.Language, sentence(key, pairs))
}

// label is a text for a button, where nothing is Markdown.
func (d *talk) label(key string, pairs ...string) string {
	return d.words(d.state.Language, sentence(key, pairs))
}

func sentence(key string, pairs []string) channels.Text {
	t := channels.Text{Key: key}
	for i := 0; i+1 < len(pairs); i += 2 {
		if t.Args == nil {
			t.Args = map[string]string{}
		}
		t.Args[pairs[i]] = pairs[i+1]
	}
	return t
}

func (d *talk) in(t forms.Text) string { return t.In(d.state.Language) }

// named is the name of a request type behind its icon.
func (d *talk) named(t forms.RequestType) string { return iconed(t.Icon, d.in(t.Name)) }

func iconed(icon, name string) string {
	if icon == "" {
		return name
	}
	return icon + " " + name
}

func bold(text string) string { return "**" + markdown.Escape(text) + "**" }

func number(n int64) string { return strconv.FormatInt(n, 10) }

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// shortened is a text of at most n characters.
func shortened(text string, n int) string {
	r := []rune(text)
	if len(r) <= n {
		return text
	}
	return string(r[:n-1]) + "…"
}
