package dialog

import (
	"cmp"
	"slices"
)

// approval finds an approval that waits for the person.
func (d *talk) approval(id int64) (Asking, bool) {
	i := slices.IndexFunc(d.world.Asking, func(a Asking) bool { return a.Approval.ID == id })
	if i < 0 {
		return Asking{}, false
	}
	return d.world.Asking[i], true
}

// asked shows the approvals that wait, each with its buttons where there is only
// one, else to choose from.
func (d *talk) asked() {
	s := sheet{numbers: true}
	switch list := d.world.Asking; len(list) {
	case 0:
		s.say(d.text("dialog.approve.none"))
	case 1:
		d.oneAsked(&s, list[0])
	default:
		s.say(d.text("dialog.approve"))
		for _, a := range list[:min(len(list), mostTickets)] {
			s.say(d.about(a))
			s.offer(button(buttonAgree, base(a.Approval.ID)), d.label("dialog.button.agreeto", "ticket", number(a.Number)))
			s.offer(button(buttonRefuse, base(a.Approval.ID)), d.label("dialog.button.refuseto", "ticket", number(a.Number)))
		}
	}
	s.way(leaving, buttonMenu, d.label("dialog.button.menu"))
	d.aside()
	d.show(s)
}

func (d *talk) oneAsked(s *sheet, a Asking) {
	s.ticket = a.Number
	s.say(d.text("dialog.approve"))
	s.say(d.about(a))
	s.offer(button(buttonAgree, base(a.Approval.ID)), d.label("dialog.button.agree"))
	s.offer(button(buttonRefuse, base(a.Approval.ID)), d.label("dialog.button.refuse"))
}

// about says what an approval is about and who asks.
func (d *talk) about(a Asking) string {
	return d.text("dialog.approve.one", "ticket", number(a.Number), "subject", a.Subject, "name", cmp.Or(a.Requester, "—"))
}

// decides takes a word as the answer to the only approval that waits.
func (d *talk) decides() bool {
	if len(d.world.Asking) != 1 {
		return false
	}
	id := d.world.Asking[0].Approval.ID
	switch {
	case d.saysWord("agree"):
		d.agree(id)
	case d.saysWord("refuse"):
		d.askReason(id)
	default:
		return false
	}
	return true
}

// agree agrees to what waits for the person.
func (d *talk) agree(id int64) {
	a, ok := d.approval(id)
	if !ok {
		d.stands(d.text("dialog.approve.over"))
		return
	}
	d.backToForm()
	d.do = append(d.do, Command{Approve: &Approve{Approval: id, Agree: true}})
	d.settled(d.text("dialog.agreed", "ticket", number(a.Number)), a.Number)
}

// askReason asks for the reason of a refusal: who asked is told it.
func (d *talk) askReason(id int64) {
	a, ok := d.approval(id)
	if !ok {
		d.stands(d.text("dialog.approve.over"))
		return
	}
	form := d.live() || d.state.Refusing != nil && d.state.Refusing.Form
	d.aside()
	d.state.Refusing = &Refusing{Approval: id, Form: form}
	s := sheet{ticket: a.Number}
	s.say(d.text("dialog.refuse", "ticket", number(a.Number)))
	s.way(leaving, buttonRelent, d.label("dialog.button.relent"))
	d.show(s)
}

// refuse refuses with the reason that was written.
func (d *talk) refuse() bool {
	a, ok := d.approval(d.state.Refusing.Approval)
	if !ok {
		d.backToForm()
		d.stands(d.text("dialog.approve.over") + "\n" + d.quoted())
		return true
	}
	if d.turn.Text == "" {
		d.askReason(a.Approval.ID)
		return true
	}
	d.backToForm()
	d.do = append(d.do, Command{Approve: &Approve{Approval: a.Approval.ID, Comment: d.turn.Text}})
	d.settled(d.text("dialog.refused.told", "ticket", number(a.Number)), a.Number)
	return true
}

// relent ends the wait for a reason.
func (d *talk) relent() {
	d.backToForm()
	d.stands(d.text("dialog.relented"))
}

// backToForm goes on with the form that was put away for a reason.
func (d *talk) backToForm() {
	r, f := d.state.Refusing, d.state.Filling
	if r != nil && r.Form && f != nil {
		f.Paused, f.TouchedAt = false, d.turn.Now
	}
	d.state.Refusing = nil
}

// settled says what was done and shows the form that waited meanwhile.
func (d *talk) settled(what string, ticket int64) {
	if f := d.state.Filling; f != nil && !f.Cancelled && d.form != nil {
		d.stands(what)
		return
	}
	d.show(sheet{parts: []string{what}, ticket: ticket})
}
