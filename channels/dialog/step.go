package dialog

import (
	"slices"
	"time"

	"okno/channels"
	"okno/tickets/forms"
)

// Words puts a sentence into a language.
type Words func(language string, t channels.Text) string

// Step answers what a turn brings about. It changes nothing it was given.
func Step(s State, t Turn, w World, say Words) Outcome {
	d := newTalk(s, t, w, say)
	taken := d.run()
	if taken {
		d.tellMissing()
	}
	return Outcome{State: d.state, Say: d.said, Do: d.do, Taken: taken}
}

func (d *talk) run() bool {
	switch {
	case d.turn.Timer:
		return d.expire()
	case d.turn.Button != "":
		return d.presses(d.turn.Button)
	case d.follows():
		return true
	}
	d.state.Pressed = Press{}
	if len(d.turn.Files) == 0 {
		if id, ok := d.meant(); ok {
			return d.press(id)
		}
		if done, taken := d.command(); done {
			return taken
		}
	}
	taken := d.hear()
	if len(d.said) == 0 { // they speak of something else now: "2" is no choice any more
		d.state.Choice = nil
	}
	return taken
}

// follows begins the form a link led to.
func (d *talk) follows() bool {
	types := d.world.Catalog.Types
	i := slices.IndexFunc(types, func(t forms.RequestType) bool { return d.turn.Start != "" && t.Key == d.turn.Start })
	if i < 0 {
		return false
	}
	d.choose(types[i].ID)
	return true
}

// command carries out a word that means the same everywhere. done is false when
// the text is none; taken is as in Outcome.
func (d *talk) command() (done, taken bool) {
	switch {
	case d.saysWord("menu"):
		d.menu()
	case d.saysWord("mine"):
		d.mine(0, false)
	case d.saysWord("human"):
		return true, d.human()
	case d.paused() && d.saysWord("continue"):
		d.resume()
	case !d.live() && d.decides():
	case d.live() && !d.stale():
		done = d.formCommand()
		return done, done
	default:
		return false, false
	}
	return true, true
}

// hear finds who waits for what somebody wrote.
func (d *talk) hear() bool {
	switch {
	case d.state.Refusing != nil:
		return d.refuse()
	case d.awaitsComment():
		return d.comment()
	case d.writes():
		return d.write()
	case d.live() && d.stale():
		return d.remind()
	case d.live():
		return d.answer()
	case d.state.Offer != nil:
		return d.addToOffer()
	case d.starred():
		return true
	}
	return d.free()
}

// free is what somebody writes out of the blue: words that go on with a ticket,
// or begin one, or mean a form.
func (d *talk) free() bool {
	plain := d.state.Plain
	d.state.Plain = false
	if plain || d.turn.Text == "" || d.current() != 0 {
		return false
	}
	return d.propose()
}

// again is within what time the same press counts as the same wish.
const again = 10 * time.Second

// presses does what a button says; pressed twice it does it once.
func (d *talk) presses(id string) bool {
	last := d.state.Pressed
	if last.ID == id && d.turn.Now.Sub(last.At) < again {
		return true
	}
	if !d.press(id) {
		return false
	}
	d.state.Pressed = Press{ID: id, At: d.turn.Now}
	return true
}
