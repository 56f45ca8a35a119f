package dialog

import (
	"errors"
	"strconv"
	"strings"

	"okno/channels/markdown"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// answered are the questions that were asked, in their order.
func (d *talk) answered() []forms.Step {
	var list []forms.Step
	for _, s := range forms.Asked(*d.form, d.state.Filling.Answers) {
		if s.Type != fields.Info {
			list = append(list, s)
		}
	}
	return list
}

// summary shows all answers before they are sent. A number changes the answer
// it stands before.
func (d *talk) summary(before ...string) {
	s := sheet{numbers: false}
	for _, b := range before {
		s.say(b)
	}
	s.say(d.text("dialog.summary", "form", d.in(d.form.Name)))
	var lines []string
	for i, step := range d.answered() {
		lines = append(lines, strconv.Itoa(i+1)+". "+d.line(step))
	}
	s.say(strings.Join(lines, "\n"))
	s.say(d.along())
	s.way(going, d.onForm("z"), d.label("dialog.button.send"))
	if len(lines) > 0 {
		s.way(going, d.onForm("c"), d.label("dialog.button.change"))
	}
	d.fieldsOf(&s, true)
	s.way(leaving, d.onForm("x"), d.label("dialog.button.cancel"))
	s.way(leaving, d.onForm("h"), d.label("dialog.button.human"))
	d.show(s)
}

// line is a question with its answer.
func (d *talk) line(s forms.Step) string {
	label, shown := markdown.Escape(d.in(s.Label)), oneLine(d.shown(s))
	if shown == "" {
		return label + " — " + d.text("dialog.skipped")
	}
	return label + " — " + bold(shortened(shown, longestShown))
}

// along names the files that belong to no question.
func (d *talk) along() string {
	files := d.state.Filling.Files[""]
	if len(files) == 0 {
		return ""
	}
	return d.text("dialog.along", "files", d.filesShown(files))
}

// fieldsOf offers every question to change its answer, by number.
func (d *talk) fieldsOf(s *sheet, hidden bool) {
	for i, step := range d.answered() {
		s.options = append(s.options, option{
			id: d.onForm("e", strconv.Itoa(i+1)), number: i + 1, hidden: hidden,
			word: shortened(d.in(step.Label), longestLabel),
		})
	}
}

// whatToChange asks which answer is to change.
func (d *talk) whatToChange() {
	s := sheet{numbers: true}
	s.say(d.text("dialog.change"))
	d.fieldsOf(&s, false)
	s.way(leaving, d.onForm("v"), d.label("dialog.button.back"))
	d.show(s)
}

// change asks one question again.
func (d *talk) change(argument string) {
	list, n := d.answered(), int(unnumber(argument))
	if n < 1 || n > len(list) || d.state.Filling.Asked != "" {
		d.again()
		return
	}
	d.state.Filling.Changing = true
	d.moveTo(list[n-1].Key)
	d.ask()
}

// send sends the form. An answer that is not taken any more, because a list or a
// day changed since, is asked again. The desk confirms the ticket itself.
func (d *talk) send() {
	f := d.state.Filling
	d.keepAsked()
	files := map[string][]forms.File{}
	for key, list := range f.Files {
		for _, file := range list {
			files[key] = append(files[key], checkable(file))
		}
	}
	err := forms.CheckAnswers(*d.form, d.world.Catalog.Lists, f.Answers, files, d.turn.Now)
	if err != nil {
		d.unsent(err)
		return
	}
	d.do = append(d.do, Command{Open: &Open{
		Filling: f.ID, Type: f.Type, Version: f.Version, Answers: f.Answers, Files: d.keptFiles(),
		Said: f.Said, Language: d.state.Language,
	}})
	d.end(true)
}

func (d *talk) unsent(err error) {
	var fault *fields.Fault
	if !errors.As(err, &fault) || fault.Part == "" {
		d.again(d.reason(err))
		return
	}
	d.moveTo(fault.Part)
	d.ask(d.reason(err))
}
