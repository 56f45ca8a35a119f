package dialog

import (
	"slices"

	"okno/tickets/forms"
)

// human gets a person for somebody who wrote that they want one, with all that
// was said so far; where a ticket is open, its people read the words themselves.
func (d *talk) human() bool {
	if d.handOver() {
		return true
	}
	if d.current() != 0 {
		return false
	}
	d.do = append(d.do, Command{Human: &Human{Said: []string{d.turn.Text}, Language: d.state.Language}})
	return true
}

// call gets a person for somebody who pressed the button. Where nothing was said
// yet it asks what it is about.
func (d *talk) call() {
	if d.handOver() {
		return
	}
	d.aside()
	if n := d.current(); n != 0 {
		d.writeTo(n)
		return
	}
	d.state.Plain = true
	d.show(sheet{parts: []string{d.text("dialog.describe")}})
}

// handOver gives what was said and answered to people; false when there is
// nothing.
func (d *talk) handOver() bool {
	f := d.state.Filling
	switch {
	case d.state.Offer != nil:
		d.handOffer()
	case f != nil && !f.Cancelled:
		h := Human{Filling: f.ID, Type: f.Type, Version: f.Version, Answers: f.Answers, Files: d.keptFiles(), Said: slices.Concat(f.Said, f.Tried)}
		if d.form != nil {
			h.Answers = forms.Kept(*d.form, f.Answers)
		}
		h.Language = d.state.Language
		d.do = append(d.do, Command{Human: &h})
		d.end(true)
	default:
		return false
	}
	return true
}

// handOffer gives people what a form was offered for.
func (d *talk) handOffer() {
	o := d.state.Offer
	h := Human{Filling: o.ID, Said: o.Said, Language: d.state.Language}
	if len(o.Files) > 0 {
		h.Files = map[string][]File{"": o.Files}
	}
	d.do = append(d.do, Command{Human: &h})
	d.remember(Ended{ID: o.ID, Sent: true})
	d.state.Offer, d.state.Choice = nil, nil
}

// expire hands over what nobody decided about in time.
func (d *talk) expire() bool {
	if due := d.state.Due(); !due.IsZero() && !d.turn.Now.Before(due) {
		d.handOffer()
	}
	return true
}
