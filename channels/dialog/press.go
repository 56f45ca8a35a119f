package dialog

import (
	"cmp"
	"slices"
	"strings"
)

// pressForm does what a button of a form says; rest is
// FILLING:QUESTION:VERB[:ARGUMENT].
func (d *talk) pressForm(rest string) {
	parts := strings.SplitN(rest, ":", 4)
	f := d.state.Filling
	if len(parts) < 3 || f == nil || parts[0] != f.ID {
		d.earlier(parts[0])
		return
	}
	if d.form == nil {
		d.gone()
		return
	}
	switch verb := parts[2]; {
	case verb == "g":
		d.resume()
	case verb == "n":
		d.anew()
	case f.Cancelled:
		d.cancel()
	case unnumber(parts[1]) != int64(f.Question):
		f.Paused, f.TouchedAt = false, d.turn.Now
		d.again(d.text("dialog.old.answered"))
	default:
		f.Paused, f.TouchedAt = false, d.turn.Now
		d.act(verb, strings.Join(parts[3:], ""))
	}
}

// act does what a button of the question asked now says.
func (d *talk) act(verb, argument string) {
	switch verb {
	case "a": // an answer
		d.pick(argument)
	case "d": // the default
		if s, ok := d.step(); ok {
			d.take(s, cmp.Or(d.defaultOf(s), d.mentioned(s)))
		}
	case "w": // a person among those found
		d.pickPerson(argument)
	case "t", "u": // tick, untick
		d.tick(argument, verb == "t")
	case "k": // done
		d.done()
	case "r": // take back the files
		d.clear()
	case "p": // a page of options
		d.turnTo(int(unnumber(argument)))
	case "e": // change an answer
		d.change(argument)
	default:
		d.leave(verb)
	}
}

// leave does what leads on or out of a question.
func (d *talk) leave(verb string) {
	switch verb {
	case "y":
		d.keep()
	case "s":
		d.skip()
	case "b":
		d.back()
	case "x":
		d.cancel()
	case "h":
		d.call()
	case "c":
		d.whatToChange()
	case "v":
		d.again()
	case "z":
		d.send()
	}
}

// formCommand does what a word says that means something in a form only.
func (d *talk) formCommand() bool {
	if d.form == nil {
		return false
	}
	summary := d.state.Filling.Asked == ""
	for _, c := range []struct {
		word, verb string
		here       bool
	}{
		{"back", "b", true},
		{"cancel", "x", true},
		{"skip", "s", !summary},
		{"done", "k", !summary},
		{"keep", "y", !summary},
		{"send", "z", summary},
		{"change", "c", summary},
	} {
		if c.here && d.saysWord(c.word) && d.means(c.verb) {
			d.act(c.verb, "")
			return true
		}
	}
	return false
}

// means keeps the answer of a question from being read as a command it has no
// use for: "done" is an answer where nothing is collected.
func (d *talk) means(verb string) bool {
	s, ok := d.step()
	switch verb {
	case "k":
		return ok && collects(s)
	case "s":
		return ok && s.Optional
	case "y":
		_, answered := d.state.Filling.Answers[s.Key]
		return answered
	}
	return true
}

// turnTo shows another page of the options.
func (d *talk) turnTo(page int) {
	d.state.Filling.Page = page
	d.showAnew()
}

// showAnew shows the question asked now as it is now.
func (d *talk) showAnew() {
	q := d.question()
	q.replaces = true
	d.show(q)
}

// earlier explains a button of a form that is not under way any more, and shows
// where the person stands.
func (d *talk) earlier(filling string) {
	why := d.text("dialog.old.form")
	i := slices.IndexFunc(d.state.Ended, func(e Ended) bool { return e.ID == filling })
	if i >= 0 && d.state.Ended[i].Sent {
		why = d.text("dialog.old.sent")
		if n := d.state.Ended[i].Ticket; n != 0 {
			why = d.text("dialog.old.ticket", "ticket", number(n))
		}
	}
	d.stands(why)
}

// stands says something and shows where the person stands.
func (d *talk) stands(why string) {
	if d.live() && d.form != nil {
		d.again(why)
		return
	}
	s := sheet{numbers: !d.turn.Buttons}
	s.say(why)
	s.say(d.waiting(&s))
	s.offer(buttonMenu, d.label("dialog.button.menu"))
	d.show(s)
}

// gone says that the form under way was deleted. What was answered stays until
// the person says what is to become of it.
func (d *talk) gone() {
	s := sheet{numbers: true}
	s.say(d.text("dialog.gone"))
	s.offer(buttonHuman, d.label("dialog.button.hand"))
	s.offer(buttonMenu, d.label("dialog.button.menu"))
	d.show(s)
}
