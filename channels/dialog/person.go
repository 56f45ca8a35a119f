package dialog

import (
	"slices"

	"okno/channels/dialog/understand"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// whom takes the name of a person: the only one it may mean, or the one chosen
// among those.
func (d *talk) whom(s forms.Step) {
	found := d.world.Found
	exact := slices.IndexFunc(found, func(p people.Person) bool { return normal(p.Name) == normal(d.turn.Text) })
	switch {
	case len(found) == 0:
		d.refused(&fields.Fault{Message: "dialog.person.none"})
	case len(found) == 1:
		d.take(s, fields.PersonText(found[0].ID, found[0].Name))
	case exact >= 0 && !d.twice(found[exact].Name):
		d.take(s, fields.PersonText(found[exact].ID, found[exact].Name))
	default:
		if p, ok := d.intended(); ok {
			d.take(s, fields.PersonText(p.ID, p.Name))
			return
		}
		d.which(s, found)
	}
}

// intended is the one of those found whom the text names in full, in any case.
func (d *talk) intended() (people.Person, bool) {
	found := d.world.Found
	names := make([]string, len(found))
	for i, p := range found {
		names[i] = p.Name
	}
	i, ok := understand.Whom(d.turn.Text, names)
	if !ok || d.twice(names[i]) {
		return people.Person{}, false
	}
	return found[i], true
}

// twice says that a name means more than one of those found.
func (d *talk) twice(name string) bool {
	n := 0
	for _, p := range d.world.Found {
		if normal(p.Name) == normal(name) {
			n++
		}
	}
	return n > 1
}

// which asks who of several was meant.
func (d *talk) which(s forms.Step, found []people.Person) {
	q := sheet{numbers: true}
	q.say(d.text("dialog.which", "text", shortened(d.turn.Text, longestQuote)))
	q.say(d.wording(s))
	for _, p := range found[:min(len(found), mostOptions)] {
		q.offer(d.onForm("w", base(p.ID)), p.Name)
	}
	d.exits(&q, s)
	d.show(q)
}

// pickPerson takes a person whose button was pressed.
func (d *talk) pickPerson(argument string) {
	s, ok := d.step()
	at := slices.IndexFunc(d.state.Choice, func(c Choice) bool { return c.ID == d.onForm("w", argument) })
	if !ok || s.Type != fields.Person || at < 0 {
		d.again()
		return
	}
	d.take(s, fields.PersonText(unbase(argument), d.state.Choice[at].Word))
}
