package dialog

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"okno/channels/markdown"
	"okno/tickets"
)

// current is the number of the ticket that takes what the person writes here; 0:
// none is open.
func (d *talk) current() int64 {
	for _, r := range d.world.Tickets {
		if r.Ticket.Category.Active() {
			return r.Ticket.Number
		}
	}
	return 0
}

func (d *talk) request(number int64) (Request, bool) {
	i := slices.IndexFunc(d.world.Tickets, func(r Request) bool { return r.Ticket.Number == number })
	if i < 0 {
		return Request{}, false
	}
	return d.world.Tickets[i], true
}

// mine shows a page of the person's requests, in place of another when it was
// turned to.
func (d *talk) mine(at int, turned bool) {
	s := sheet{replaces: turned}
	list, p := page(d.world.Tickets, at, mostTickets)
	if len(list) == 0 {
		s.say(d.text("dialog.mine.none"))
	} else {
		s.say(d.text("dialog.mine"))
	}
	for _, r := range list {
		s.say(d.entry(r))
		s.offer(button(buttonTicket, number(r.Ticket.Number)), d.label("dialog.number", "ticket", number(r.Ticket.Number)))
	}
	d.pages(&s, p, func(n int) string { return button(buttonMine, strconv.Itoa(n), "turn") })
	s.way(leaving, buttonMenu, d.label("dialog.button.menu"))
	d.aside()
	d.show(s)
}

// entry is a request in a list: what it is about, and how it stands.
func (d *talk) entry(r Request) string {
	name := d.label("dialog.number", "ticket", number(r.Ticket.Number))
	return bold(name) + " " + markdown.Escape(r.Ticket.Subject) + "\n" + d.status(r)
}

// status says in words how a request stands, who works on it and whether it
// waits for the person.
func (d *talk) status(r Request) string {
	name := r.Status
	if r.Ticket.Category == tickets.Waiting {
		name = d.label("dialog.mine.waits")
	}
	parts := []string{markdown.Escape(iconed(r.Emoji, name))}
	if r.Assignee != "" && r.Ticket.Category.Active() {
		parts = append(parts, d.text("dialog.mine.assignee", "name", r.Assignee))
	}
	if r.Rating > 0 {
		parts = append(parts, d.text("dialog.mine.rated", "stars", strconv.Itoa(r.Rating)))
	}
	return strings.Join(parts, " · ")
}

// ticket shows one request and what can be done with it.
func (d *talk) ticket(n int64) {
	r, ok := d.request(n)
	if !ok {
		d.notHere(n)
		return
	}
	s := sheet{numbers: true, ticket: n}
	s.say(d.entry(r))
	s.offer(button(buttonWrite, number(n)), d.label("dialog.button.write"))
	if !r.Ticket.Category.Active() {
		s.offer(button(buttonReopen, number(n)), d.label("dialog.button.reopen"))
	}
	if r.Rateable {
		s.offer(button(buttonStars, number(n)), d.label("dialog.button.rate"))
	}
	s.way(leaving, button(buttonMine, "0"), d.label("dialog.button.mine"))
	s.way(leaving, buttonMenu, d.label("dialog.button.menu"))
	d.aside()
	d.show(s)
}

// notHere says that there is no such request of this person in this place.
func (d *talk) notHere(n int64) {
	s := sheet{numbers: !d.turn.Buttons}
	s.say(d.text("dialog.mine.missing", "ticket", number(n)))
	s.offer(button(buttonMine, "0"), d.label("dialog.button.mine"))
	s.offer(buttonMenu, d.label("dialog.button.menu"))
	d.show(s)
}

// writingLasts is how long messages go to the ticket that was chosen for them,
// counted from the last.
const writingLasts = 15 * time.Minute

// writeTo has the next messages go to a ticket.
func (d *talk) writeTo(n int64) {
	if _, ok := d.request(n); !ok {
		d.notHere(n)
		return
	}
	d.aside()
	d.state.Writing = &Writing{Ticket: n, Until: d.turn.Now.Add(writingLasts)}
	s := sheet{numbers: !d.turn.Buttons, ticket: n}
	s.say(d.text("dialog.write", "ticket", number(n)))
	s.way(leaving, buttonMenu, d.label("dialog.button.menu"))
	d.show(s)
}

// writes says that a ticket was chosen for what is written now.
func (d *talk) writes() bool {
	w := d.state.Writing
	if w == nil {
		return false
	}
	if _, there := d.request(w.Ticket); !there || d.turn.Now.After(w.Until) {
		d.state.Writing = nil
		return false
	}
	return true
}

func (d *talk) write() bool {
	n := d.state.Writing.Ticket
	d.state.Writing = &Writing{Ticket: n, Until: d.turn.Now.Add(writingLasts)}
	d.do = append(d.do, Command{Write: &Write{Ticket: n}})
	return true
}

// reopen opens a ticket again and has the next messages go there.
func (d *talk) reopen(n int64) {
	r, ok := d.request(n)
	switch {
	case !ok:
		d.notHere(n)
		return
	case r.Ticket.Category.Active():
		d.writeTo(n)
		return
	}
	d.aside()
	d.do = append(d.do, Command{Reopen: n})
	d.state.Writing = &Writing{Ticket: n, Until: d.turn.Now.Add(writingLasts)}
	d.show(sheet{parts: []string{d.text("dialog.reopened", "ticket", number(n))}, ticket: n})
}
