package dialog

import "slices"

// stale says that the form was left alone for so long that what somebody writes
// now need not be its answer.
func (d *talk) stale() bool {
	return d.turn.Now.Sub(d.state.Filling.TouchedAt) > forgets
}

// remind tells somebody who comes back where they were, once. What they wrote is
// kept with the form, or goes to their ticket where one is open.
func (d *talk) remind() bool {
	if d.form == nil {
		d.heldBack()
		d.gone()
		return true
	}
	s := sheet{numbers: true}
	s.say(d.text("dialog.remind", "form", d.in(d.form.Name), "progress", d.progress()))
	open := d.current() != 0
	if !open {
		s.say(d.heldBack())
	}
	s.offer(d.onForm("g"), d.label("dialog.button.continue"))
	s.offer(d.onForm("n"), d.label("dialog.button.anew"))
	s.way(leaving, buttonHuman, d.label("dialog.button.human"))
	d.state.Filling.Paused = true
	d.show(s)
	return !open
}

// heldBack keeps what was written beside the answers and says so.
func (d *talk) heldBack() string {
	d.aloud(d.turn.Text)
	d.stow(d.files())
	if d.turn.Text == "" {
		return ""
	}
	return d.text("dialog.held", "text", shortened(d.turn.Text, longestQuote))
}

// resume goes on with a form where it was left.
func (d *talk) resume() {
	f := d.state.Filling
	d.aside()
	f.Paused, f.Cancelled, f.TouchedAt = false, false, d.turn.Now
	d.again(d.head()[:1]...)
}

// anew begins the form again, in the version offered now.
func (d *talk) anew() {
	f, t := *d.state.Filling, *d.form
	if now := d.offeredType(t.ID); now != nil {
		t = *now
	}
	d.fill(t, nil, f.Said, f.Files[""])
	d.proceed(d.head()...)
}

// mostSaid and longestSaid bound what is kept of somebody who never comes to an
// end.
const (
	mostSaid    = 30
	longestSaid = 4000
)

// aloud keeps words that stand beside the answers.
func (d *talk) aloud(text string) {
	f := d.state.Filling
	f.Said = with(f.Said, text)
}

// with is a list of what was said with more of it.
func with(said []string, text string) []string {
	text = shortened(text, longestSaid)
	if text == "" || len(said) >= mostSaid || slices.Contains(said, text) {
		return said
	}
	return append(said, text)
}
