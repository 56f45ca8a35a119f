package dialog

import (
	"slices"
	"strconv"
	"strings"

	"okno/channels/markdown"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// begin begins a form from nothing; one under way is given up for it.
func (d *talk) begin(typeID int64) {
	t := d.offeredType(typeID)
	if t == nil {
		d.missing()
		return
	}
	var said []string
	var files []File
	if o := d.state.Offer; o != nil { // what it was offered for is about this, then
		said, files = o.Said, o.Files
		d.remember(Ended{ID: o.ID})
	}
	d.fill(*t, nil, said, files)
	d.proceed(d.head()...)
}

// fill makes a form the one under way, with what is known already.
func (d *talk) fill(t forms.RequestType, known forms.Answers, said []string, files []File) {
	d.end(false)
	d.aside()
	d.form, d.state.Offer = &t, nil
	d.state.Filling = &Filling{
		ID: d.fresh(), Type: t.ID, Version: t.Version, Answers: forms.Answers{}, Said: said,
		BegunAt: d.turn.Now, TouchedAt: d.turn.Now,
	}
	for key, answer := range known {
		d.state.Filling.Answers[key] = answer
	}
	d.stow(files)
}

// head is the form's name and what it is for.
func (d *talk) head() []string {
	parts := []string{bold(d.named(*d.form))}
	if about := d.in(d.form.About); about != "" {
		parts[0] += "\n" + markdown.Escape(about)
	}
	return parts
}

// onForm is a button of the form and question under way.
func (d *talk) onForm(parts ...string) string {
	f := d.state.Filling
	return button(append([]string{buttonForm, f.ID, strconv.Itoa(f.Question)}, parts...)...)
}

// live says that a form is being filled right now.
func (d *talk) live() bool {
	f := d.state.Filling
	return f != nil && !f.Paused && !f.Cancelled
}

// paused says that a form was put away and can be gone on with.
func (d *talk) paused() bool {
	f := d.state.Filling
	return f != nil && f.Paused && !f.Cancelled && d.form != nil
}

// step is the step asked now; false at the summary.
func (d *talk) step() (forms.Step, bool) {
	if d.form == nil {
		return forms.Step{}, false
	}
	return d.form.Step(d.state.Filling.Asked)
}

func (d *talk) options(s forms.Step) []fields.Option {
	return forms.Options(s, d.world.Catalog.Lists)
}

// record keeps an answer and goes on. Answers of steps that are not asked any
// more are dropped with their files.
func (d *talk) record(s forms.Step, answer string, before ...string) {
	f := d.state.Filling
	f.Answers[s.Key] = answer
	d.keepAsked()
	d.proceed(before...)
}

func (d *talk) keepAsked() {
	f := d.state.Filling
	f.Answers = forms.Kept(*d.form, f.Answers)
	for key := range f.Files {
		if _, kept := f.Answers[key]; !kept && key != "" {
			delete(f.Files, key)
		}
	}
}

// proceed asks the next question, after the words of steps that only inform, or
// shows the summary.
func (d *talk) proceed(before ...string) {
	f := d.state.Filling
	next, more := forms.Next(*d.form, f.Answers)
	for more && next.Type == fields.Info {
		f.Answers[next.Key] = ""
		before = append(before, d.informs(next))
		next, more = forms.Next(*d.form, f.Answers)
	}
	if !more {
		d.moveTo("")
		f.Changing = false
		d.summary(before...)
		return
	}
	d.moveTo(next.Key)
	d.ask(before...)
}

func (d *talk) informs(s forms.Step) string {
	var lines []string
	for _, t := range []forms.Text{s.Label, s.Help} {
		if text := d.in(t); text != "" {
			lines = append(lines, markdown.Escape(text))
		}
	}
	return strings.Join(lines, "\n")
}

// moveTo makes a step the one asked now.
func (d *talk) moveTo(key string) {
	f := d.state.Filling
	f.Asked, f.Page, f.Chosen, f.Album, f.Tried = key, 0, nil, "", nil
	f.Question++
	f.Paused, f.TouchedAt = false, d.turn.Now
	if s, ok := d.step(); ok && s.Type == fields.Many {
		f.Chosen = strings.FieldsFunc(f.Answers[key], func(r rune) bool { return r == ',' })
	}
}

// before is the question before the one asked now, "" when there is none.
func (d *talk) before() string {
	last := ""
	for _, s := range forms.Asked(*d.form, d.state.Filling.Answers) {
		if s.Key == d.state.Filling.Asked {
			break
		}
		if s.Type != fields.Info {
			last = s.Key
		}
	}
	return last
}

// back returns to the question before, or to the summary while one answer is
// being changed. Answers stay until others take their place.
func (d *talk) back() {
	f := d.state.Filling
	if f.Changing {
		d.proceed()
		return
	}
	before := d.before()
	if before == "" {
		d.menu()
		return
	}
	d.moveTo(before)
	d.ask()
}

// skip leaves a question without an answer, if it may.
func (d *talk) skip() {
	s, ok := d.step()
	if !ok || !s.Optional {
		d.again(d.text("form.fault.needed"))
		return
	}
	delete(d.state.Filling.Files, s.Key)
	d.record(s, "")
}

// keep goes on with the answer there is.
func (d *talk) keep() {
	s, ok := d.step()
	if _, answered := d.state.Filling.Answers[s.Key]; ok && !answered {
		d.again()
		return
	}
	d.proceed()
}

// cancel gives the form up; until another begins it can be taken up again.
func (d *talk) cancel() {
	f := d.state.Filling
	f.Cancelled = true
	s := sheet{numbers: true}
	s.say(d.text("dialog.cancelled", "form", d.in(d.form.Name)))
	s.offer(d.onForm("g"), d.label("dialog.button.return"))
	s.offer(buttonMenu, d.label("dialog.button.menu"))
	d.show(s)
}

// end forgets the form under way and remembers that it was there.
func (d *talk) end(sent bool) {
	f := d.state.Filling
	if f == nil {
		return
	}
	d.remember(Ended{ID: f.ID, Sent: sent})
	d.state.Filling, d.state.Choice, d.form = nil, nil, nil
}

func (d *talk) remember(e Ended) {
	d.state.Ended = append(d.state.Ended, e)
	if extra := len(d.state.Ended) - mostEnded; extra > 0 {
		d.state.Ended = slices.Delete(d.state.Ended, 0, extra)
	}
}
