package dialog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"okno/channels/markdown"
	"okno/tickets/forms"
)

// menu shows what can be asked for, by section. A desk with one section shows
// what is in it at once.
func (d *talk) menu() { d.show(d.front()) }

func (d *talk) front() sheet {
	s := sheet{numbers: !d.turn.Buttons}
	s.say(d.text("dialog.menu", "desk", d.world.Desk))
	s.say(d.waiting(&s))
	full := d.shelves()
	if len(full) == 1 {
		d.types(&s, full[0], 0)
	} else {
		for _, x := range full {
			s.offer(button(buttonOpen, short(x.Key), "0"), iconed(x.Icon, d.in(x.Name)))
		}
	}
	if n := len(d.world.Asking); n > 0 {
		s.offer(buttonAsked, d.label("dialog.button.asked", "count", strconv.Itoa(n)))
	}
	if len(d.world.Tickets) > 0 {
		s.way(leaving, button(buttonMine, "0"), d.label("dialog.button.mine"))
	}
	s.way(leaving, buttonHuman, d.label("dialog.button.human"))
	d.aside()
	return s
}

// waiting reminds of a form that is not finished.
func (d *talk) waiting(s *sheet) string {
	f := d.state.Filling
	if f == nil || f.Cancelled || d.form == nil {
		return ""
	}
	s.first(d.onForm("g"), d.label("dialog.button.continue"))
	return d.text("dialog.unfinished", "form", d.in(d.form.Name), "progress", d.progress())
}

// aside puts a form away while something else is looked at.
func (d *talk) aside() {
	d.state.Writing, d.state.Rating, d.state.Refusing, d.state.Plain = nil, nil, nil, false
	if d.state.Filling != nil {
		d.state.Filling.Paused = true
	}
}

// other gathers types whose section is not in the menu.
const other = "other"

// shelf is a section of the menu with the types in it that this person sees.
type shelf struct {
	forms.Section
	types []*forms.RequestType
}

// shelves are the sections with something in them.
func (d *talk) shelves() []shelf {
	types := d.world.Catalog.Types
	by := map[string][]*forms.RequestType{}
	for i := range types {
		key := types[i].Section
		if !d.known(key) {
			key = other
		}
		if types[i].Audience != forms.Nobody {
			by[key] = append(by[key], &types[i])
		}
	}
	all := d.world.Catalog.Menu.Sections
	if !d.known(other) {
		all = append(slices.Clone(all), d.otherSection())
	}
	var full []shelf
	for _, x := range all {
		if len(by[x.Key]) > 0 {
			full = append(full, shelf{Section: x, types: by[x.Key]})
		}
	}
	return full
}

func (d *talk) otherSection() forms.Section {
	name := func(language string) string { return d.words(language, sentence("dialog.other", nil)) }
	return forms.Section{Key: other, Name: forms.Text{EN: name("en"), RU: name("ru")}}
}

func (d *talk) known(section string) bool {
	return slices.ContainsFunc(d.world.Catalog.Menu.Sections, func(x forms.Section) bool { return x.Key == section })
}

// openSection shows the types of a section in place of the menu, or the menu in
// place of a section; rest is KEY:PAGE, or ":" for the menu.
func (d *talk) openSection(rest string) {
	key, at, _ := strings.Cut(rest, ":")
	full := d.shelves()
	s := sheet{numbers: !d.turn.Buttons}
	if i := slices.IndexFunc(full, func(x shelf) bool { return short(x.Key) == key }); i < 0 {
		s = d.front()
	} else {
		s.say(bold(iconed(full[i].Icon, d.in(full[i].Name))))
		d.types(&s, full[i], int(unnumber(at)))
		s.way(leaving, button(buttonOpen, "", ""), d.label("dialog.button.menu"))
		d.aside()
	}
	s.replaces = true
	d.show(s)
}

// types offers a page of the types of a section, with a line about each.
func (d *talk) types(s *sheet, section shelf, at int) {
	list, p := page(section.types, at, mostTypes)
	var lines []string
	for _, t := range list {
		s.offer(button(buttonType, base(t.ID)), d.named(*t))
		if about := d.in(t.About); about != "" {
			lines = append(lines, bold(d.named(*t))+"\n"+markdown.Escape(about))
		}
	}
	s.from = p.first
	if d.turn.Buttons {
		s.say(strings.Join(lines, "\n\n"))
	}
	d.pages(s, p, func(n int) string { return button(buttonOpen, short(section.Key), strconv.Itoa(n)) })
}

// The most entries of a page.
const (
	mostTypes   = 10
	mostOptions = 10
	mostTickets = 5
	slack       = 2 // a page for one or two options more is not worth turning
)

// leaf is a page of a longer list.
type leaf struct {
	at          int // page, from 0
	first       int // place of its first entry, from 0
	before, end bool
}

// page cuts a page out of a list; one that is not there is the nearest that is.
func page[T any](list []T, at, size int) ([]T, leaf) {
	last := (max(len(list), 1) - 1) / size
	at = min(max(at, 0), last)
	first := at * size
	return list[first:min(first+size, len(list))], leaf{at: at, first: first, before: at > 0, end: at == last}
}

// pages offers the pages before and after.
func (d *talk) pages(s *sheet, p leaf, to func(n int) string) {
	if p.before {
		s.way(turning, to(p.at-1), d.label("dialog.button.before"))
	}
	if !p.end {
		s.way(turning, to(p.at+1), d.label("dialog.button.after"))
	}
}

// choose begins a form, unless another one has answers already.
func (d *talk) choose(typeID int64) {
	f := d.state.Filling
	if f == nil || f.Cancelled || len(f.Answers) == 0 || d.form == nil {
		d.begin(typeID)
		return
	}
	t := d.offeredType(typeID)
	if t == nil {
		d.missing()
		return
	}
	s := sheet{numbers: true}
	s.say(d.text("dialog.between", "form", d.in(d.form.Name), "progress", d.progress(), "other", d.in(t.Name)))
	s.offer(d.onForm("g"), d.label("dialog.button.continue"))
	s.offer(button(buttonNew, base(typeID)), d.label("dialog.button.begin", "form", d.in(t.Name)))
	d.aside()
	d.show(s)
}

// missing says that what was chosen is not offered any more.
func (d *talk) missing() {
	s := sheet{numbers: true}
	s.say(d.text("dialog.missing"))
	s.offer(buttonMenu, d.label("dialog.button.menu"))
	d.show(s)
}

// progress is "3 of 5" for the form under way.
func (d *talk) progress() string {
	f := d.state.Filling
	n, of := forms.Progress(*d.form, f.Answers, f.Asked)
	return d.label("dialog.progress", "n", strconv.Itoa(n), "of", strconv.Itoa(cmp.Or(of, n)))
}
