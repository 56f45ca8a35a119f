package dialog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"okno/channels/markdown"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// again repeats what is asked now, after words that say why.
func (d *talk) again(before ...string) {
	if _, ok := d.step(); ok {
		d.ask(before...)
		return
	}
	d.summary(before...)
}

// ask puts the question of the step that is asked now.
func (d *talk) ask(before ...string) { d.show(d.question(before...)) }

func (d *talk) question(before ...string) sheet {
	step, _ := d.step()
	s := sheet{numbers: !digital(step.Type)}
	for _, b := range before {
		s.say(b)
	}
	s.say(d.wording(step))
	if shown := d.shown(step); shown != "" && !d.ticking(step) {
		s.say(d.text("dialog.now", "answer", shortened(shown, longestShown)))
	}
	d.choices(&s, step)
	d.exits(&s, step)
	return s
}

// digital says that digits may be an answer to a question of this type, so that
// they cannot stand for its buttons.
func digital(t fields.Type) bool {
	switch t {
	case fields.YesNo, fields.One, fields.Many, fields.Place, fields.Person, fields.Files, fields.Date, fields.Period, fields.Email:
		return false
	}
	return true
}

func (d *talk) ticking(s forms.Step) bool { return s.Type == fields.Many && d.turn.Buttons }

// wording is the question with its place in the form, its help and how to answer.
func (d *talk) wording(s forms.Step) string {
	lines := []string{d.progress(), bold(d.in(s.Label))}
	if help := d.in(s.Help); help != "" {
		lines = append(lines, markdown.Escape(help))
	}
	if how := d.how(s); how != "" {
		lines = append(lines, d.text(how))
	}
	return strings.Join(lines, "\n")
}

// how says what cannot be guessed about answering.
func (d *talk) how(s forms.Step) string {
	switch {
	case s.Type == fields.Many && d.turn.Buttons:
		return "dialog.how.many"
	case s.Type == fields.Many:
		return "dialog.how.numbers"
	case s.Type == fields.Files && len(d.state.Filling.Files[s.Key]) == 0:
		return "dialog.how.files"
	case s.Type == fields.Person && s.Help == forms.Text{}:
		return "dialog.how.person"
	case s.Type.HasOptions() || s.Type == fields.Place:
		if len(forms.Offered(d.options(s))) > mostOptions+slack {
			return "dialog.how.part"
		}
	}
	return ""
}

// shown is the answer there is, as people read it; empty when there is none.
func (d *talk) shown(s forms.Step) string {
	f := d.state.Filling
	if s.Type == fields.Files {
		return d.filesShown(f.Files[s.Key])
	}
	return forms.Show(s, d.options(s), f.Answers[s.Key], d.state.Language)
}

// choices offers the answers that can be pressed.
func (d *talk) choices(s *sheet, step forms.Step) {
	switch step.Type {
	case fields.One, fields.Place, fields.Many:
		d.listOptions(s, step)
	case fields.YesNo:
		for _, answer := range []string{fields.Yes, fields.No} {
			s.offer(d.onForm("a", answer), forms.Show(step, nil, answer, d.state.Language))
		}
	case fields.Date, fields.Period:
		d.days(s, step)
	}
	d.suggestion(s, step)
	f := d.state.Filling
	_, answered := f.Answers[step.Key]
	switch {
	case step.Type == fields.Files && len(f.Files[step.Key]) > 0:
		s.way(going, d.onForm("k"), d.label("dialog.button.done"))
		s.way(going, d.onForm("r"), d.label("dialog.button.clear"))
	case d.ticking(step) && len(f.Chosen) > 0:
		s.way(going, d.onForm("k"), d.label("dialog.button.done"))
	case answered:
		s.way(going, d.onForm("y"), d.label("dialog.button.keep"))
	}
	if step.Optional {
		s.way(going, d.onForm("s"), d.label("dialog.button.skip"))
	}
}

// days offers today and tomorrow where the checks take them.
func (d *talk) days(s *sheet, step forms.Step) {
	for i, name := range []string{"dialog.today", "dialog.tomorrow"} {
		day := d.turn.Now.AddDate(0, 0, i).Format("2006-01-02")
		if _, err := forms.Parse(step, nil, day, "", d.turn.Now); err == nil {
			s.offer(d.onForm("a", day), d.label(name))
		}
	}
}

// suggestion offers the default, unless it is offered already.
func (d *talk) suggestion(s *sheet, step forms.Step) {
	value := cmp.Or(d.defaultOf(step), d.mentioned(step))
	if value == "" || d.state.Filling.Answers[step.Key] != "" {
		return
	}
	day, _, _ := fields.Days(value)
	for _, taken := range []string{value, short(value), day} {
		if slices.ContainsFunc(s.options, func(o option) bool { return o.id == d.onForm("a", taken) }) {
			return
		}
	}
	s.offer(d.onForm("d"), shortened(forms.Show(step, d.options(step), value, d.state.Language), longestLabel))
}

// defaultOf is the answer a step suggests, if its checks take it.
func (d *talk) defaultOf(step forms.Step) string {
	if step.Type == fields.Files {
		return ""
	}
	me := d.world.Me.Name
	if step.Type == fields.Person {
		me = fields.PersonText(d.world.Me.ID, d.world.Me.Name)
	}
	value, err := forms.Parse(step, d.options(step), forms.Default(step, d.turn.Now, me), "", d.turn.Now)
	if err != nil || step.Type == fields.Many {
		return ""
	}
	return value
}

// mentioned is the answer in what was said before the question came up, such as
// the car plate, which is only asked of those who come by car.
func (d *talk) mentioned(step forms.Step) string {
	f := d.state.Filling
	if len(f.Said) == 0 || collects(step) {
		return ""
	}
	return d.meanings(*d.form, f.Said, f.BegunAt)[step.Key]
}

// The longest texts, in characters: of a button, of an answer in a list, of
// words quoted back.
const (
	longestLabel = 40
	longestShown = 300
	longestQuote = 300
)

// listOptions offers a page of the options, ticked ones with a tick.
func (d *talk) listOptions(s *sheet, step forms.Step) {
	f := d.state.Filling
	offered := forms.Offered(d.options(step))
	size := mostOptions
	if len(offered) <= mostOptions+slack {
		size += slack
	}
	list, p := page(offered, f.Page, size)
	s.from = p.first
	for _, o := range list {
		d.listOption(s, step, o)
	}
	d.pages(s, p, func(n int) string { return d.onForm("p", strconv.Itoa(n)) })
}

func (d *talk) listOption(s *sheet, step forms.Step, o fields.Option) {
	verb, word := "a", o.Name(d.state.Language)
	if step.Type == fields.Many {
		verb = "t"
		if slices.Contains(d.state.Filling.Chosen, o.Key) {
			verb, word = "u", "✓ "+word
		}
	}
	s.offer(d.onForm(verb, short(o.Key)), word)
}

// exits offers the ways out of a question.
func (d *talk) exits(s *sheet, step forms.Step) {
	if d.state.Filling.Changing || d.before() != "" {
		s.way(leaving, d.onForm("b"), d.label("dialog.button.back"))
	}
	s.way(leaving, d.onForm("x"), d.label("dialog.button.cancel"))
	s.way(leaving, d.onForm("h"), d.label("dialog.button.human"))
}
