package dialog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"okno/channels/dialog/understand"
	"okno/channels/markdown"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// near is how much of the best score another type needs to be offered beside it.
const near = 0.75

// mostOther is how many types are offered beside the best.
const mostOther = 2

// propose offers the form that free text means; false when it means none.
func (d *talk) propose() bool {
	best, others := d.best()
	if best == 0 {
		return false
	}
	d.state.Offer = &Offer{
		ID: d.fresh(), Type: best, Other: others, At: d.turn.Now,
		Said: []string{shortened(d.turn.Text, longestSaid)}, Files: d.files(), Person: d.onlyFound(),
	}
	d.offer()
	return true
}

// best are the types that the text means: the most likely one and its rivals.
func (d *talk) best() (best int64, others []int64) {
	top := 0.0
	for _, m := range d.world.Matches {
		switch t := d.offeredType(m.Type); {
		case t == nil || t.Audience == forms.Nobody || !understand.Offers(d.turn.Text, m.Score):
		case best == 0:
			best, top = m.Type, m.Score
		case m.Score >= near*top && len(others) < mostOther:
			others = append(others, m.Type)
		}
	}
	return best, others
}

// addToOffer takes what somebody writes instead of an answer to the offer: more
// about the same.
func (d *talk) addToOffer() bool {
	o := d.state.Offer
	switch {
	case d.offeredType(o.Type) == nil || len(o.Said) >= mostSaid:
		d.handOffer()
		return d.free()
	case d.turn.Text == "" && len(d.turn.Files) == 0:
		d.offer(d.nothing())
		return true
	}
	o.Said, o.Person = with(o.Said, d.turn.Text), cmp.Or(d.onlyFound(), o.Person)
	o.Files = append(o.Files, d.files()...)
	o.At = d.turn.Now
	d.offer(d.text("dialog.offer.noted"))
	return true
}

// offer shows the form with what is understood already.
func (d *talk) offer(before ...string) {
	o := d.state.Offer
	t := *d.offeredType(o.Type)
	s := sheet{numbers: true}
	for _, b := range before {
		s.say(b)
	}
	s.say(d.text("dialog.offer", "form", d.named(t)))
	known := d.understood(t)
	s.say(d.knows(t, known))
	s.say(d.left(t, known))
	if f := d.state.Filling; f != nil && !f.Cancelled && d.form != nil {
		s.say(d.text("dialog.offer.instead", "form", d.in(d.form.Name)))
	}
	s.offer(button(buttonOffer, o.ID, "yes"), d.label("dialog.button.yes"))
	s.offer(button(buttonOffer, o.ID, "no"), d.label("dialog.button.no"))
	for _, id := range o.Other {
		if t := d.offeredType(id); t != nil {
			s.offer(button(buttonOffer, o.ID, base(id)), d.named(*t))
		}
	}
	d.show(s)
}

// understood are the answers found in what was said. Days are those of the
// moment it was said in.
func (d *talk) understood(t forms.RequestType) forms.Answers {
	o := d.state.Offer
	known := d.meanings(t, o.Said, o.At)
	i := slices.IndexFunc(t.Steps, func(s forms.Step) bool { return s.Type == fields.Person && s.Default == "" })
	if i >= 0 && o.Person != "" {
		known[t.Steps[i].Key] = o.Person
	}
	return forms.Kept(t, known)
}

// onlyFound is the one person that the text means, as an answer; empty when there
// is none or more than one.
func (d *talk) onlyFound() string {
	p, ok := d.intended()
	if !ok {
		return ""
	}
	return fields.PersonText(p.ID, p.Name)
}

// meanings are the answers that what was said at a time may mean, after their
// checks, of steps asked or not.
func (d *talk) meanings(t forms.RequestType, said []string, at time.Time) forms.Answers {
	found := understand.Values(t, d.world.Catalog.Lists, strings.Join(said, "\n"), d.state.Language, at)
	known := forms.Answers{}
	for _, s := range t.Steps {
		answer, err := forms.Parse(s, d.options(s), found[s.Key], "", d.turn.Now)
		if err == nil && answer != "" {
			known[s.Key] = answer
		}
	}
	return known
}

// knows lists what was understood.
func (d *talk) knows(t forms.RequestType, known forms.Answers) string {
	if len(known) == 0 {
		return ""
	}
	lines := []string{d.text("dialog.offer.known")}
	for _, s := range t.Steps {
		if answer := known[s.Key]; answer != "" {
			shown := oneLine(forms.Show(s, d.options(s), answer, d.state.Language))
			lines = append(lines, "• "+markdown.Escape(d.in(s.Label))+" — "+bold(shortened(shown, longestShown)))
		}
	}
	return strings.Join(lines, "\n")
}

// left says how many questions are left.
func (d *talk) left(t forms.RequestType, known forms.Answers) string {
	n := 0
	for _, s := range forms.Asked(t, known) {
		if _, answered := known[s.Key]; !answered && s.Type != fields.Info {
			n++
		}
	}
	if n == 0 {
		return d.text("dialog.offer.all")
	}
	return d.text("dialog.offer.left", "count", strconv.Itoa(n))
}

// pressOffer does what a button of an offer says; rest is OFFER:yes, OFFER:no or
// OFFER:TYPE.
func (d *talk) pressOffer(rest string) {
	offer, verb, _ := strings.Cut(rest, ":")
	o := d.state.Offer
	if o == nil || o.ID != offer {
		d.earlier(offer)
		return
	}
	if verb == "no" {
		d.handOffer()
		return
	}
	chosen := o.Type
	if verb != "yes" && slices.Contains(o.Other, unbase(verb)) {
		chosen = unbase(verb)
	}
	d.accept(chosen)
}

// accept begins the form that was offered with what is understood.
func (d *talk) accept(typeID int64) {
	o, t := d.state.Offer, d.offeredType(typeID)
	if t == nil {
		d.handOffer()
		return
	}
	known := d.understood(*t)
	d.remember(Ended{ID: o.ID})
	d.fill(*t, known, o.Said, o.Files)
	d.proceed(d.head()[:1]...)
}
