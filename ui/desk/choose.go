package desk

import (
	"net/url"

	"okno/tickets"
)

// Target is a ticket as a page about two tickets shows it.
type Target struct {
	tickets.Ticket
	Status    Choice
	Requester string
	Messages  int // shown where it is known, 0 elsewhere
}

// Group is some of the tickets to choose from.
type Group struct {
	Title   string
	Targets []Target
}

// Chooser is the page of an action that takes a second ticket: first it finds
// one, then it says what will happen and asks.
type Chooser struct {
	Action string // last part of the address: "merge" or "link"
	View   string // key of the list the ticket was opened from
	From   Target // the ticket it is about
	Query  string
	Groups []Group
	Other  Target // the one chosen; Number 0 while choosing
	Error  string // a sentence when the choice cannot be
	Kind   string // of a link: what is ticked
}

// address is the page itself, choosing another ticket or, with one, asking.
func (c Chooser) address(other int64) string {
	v := url.Values{}
	if c.View != "" {
		v.Set("from", c.View)
	}
	if other != 0 {
		v.Set("other", id(other))
	}
	where := act(c.From.Number, c.Action)
	if len(v) > 0 {
		where += "?" + v.Encode()
	}
	return where
}

// act is where an action on a ticket is asked for and sent.
func act(number int64, action string) string { return "/tickets/" + id(number) + "/" + action }

// asked is the page of an action that keeps the list the ticket was opened from.
func asked(t Ticket, action string) string {
	return Chooser{Action: action, View: t.View, From: Target{Ticket: t.Ticket}}.address(0)
}
