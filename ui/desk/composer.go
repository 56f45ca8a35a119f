package desk

import (
	"time"

	"okno/tickets"
)

// Composer is where an agent writes.
type Composer struct {
	Number   int64 // of the ticket
	View     string
	Kind     tickets.MessageKind
	Body     string
	Files    []File
	To       string // who gets a reply, as a sentence part
	Via      string // by which channel; "" when a reply cannot leave
	ViaIcon  string
	SeenSeq  int64
	Once     string
	SavedAt  time.Time // of the draft; zero: none
	Agents   []Choice  // for @
	Solved   int64     // status of "send and solve"; 0 hides it
	Waiting  int64     // status of "send and wait"; 0 hides it
	Typing   []string
	Error    string    // a sentence under the text
	Meantime []Message // said by others since the agent looked; asks to send anyway
	Focus    bool
	Refused  string // says that replies do not arrive, and why; "" while they do
}

// NewTicket is the form of a ticket made by hand.
type NewTicket struct {
	Name, Email, Subject, Body string
	Kind                       tickets.MessageKind
	Team                       string
	Teams                      []Choice
	Once                       string
	Errors                     map[string]string // by field
}
