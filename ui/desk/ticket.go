package desk

import (
	"time"

	"okno/tickets"
	"okno/tickets/people"
	"okno/ui/approval"
)

// Ticket is the page of one ticket.
type Ticket struct {
	tickets.Ticket
	Status   Choice
	View     string // key of the list it was opened from; "" by a plain link
	Place    Place
	Wait     Wait
	Solved   int64 // status to set by "solve"; 0 hides the action
	Entries  []Entry
	Looking  []string // who else has it open
	Typing   []string // who else writes here
	Composer Composer
	Side     Side
	Undo     Undo
	Gone     Gone
	Chat     bool // people write many short messages here
}

// Place is where the ticket stands in the list it was opened from.
type Place struct {
	Title      string // of the view
	Back       string // its address
	Index, Of  int    // from 1; 0 when it is not on the first pages
	Prev, Next string // addresses, "" at the ends
	Queue      []Row  // the list beside a wide page
}

// Undo is what can still be taken back: a reply that has not left, or a step.
type Undo struct {
	Message int64
	Until   time.Time // zero: no reply waits
	Done    string    // what to say instead, for ten seconds
	Step    Step
}

// Step is something done to a ticket a moment ago, such as a merge.
type Step struct {
	Text   string // what was done; "": nothing
	Action string // address that takes it back
	As     string // what the form says there, for an address with several answers
	Until  time.Time
}

// Entry is one piece of the conversation: a message or a line of events.
type Entry struct {
	Fresh   bool // the first the reader has not seen
	Message *Message
	Line    *Line
}

// Line is several events of one actor in one line.
type Line struct {
	Seq   int64
	Who   string
	Parts []Part
	At    time.Time
}

// comma is what stands after an entry of the line.
func (l Line) comma(i int) string {
	if i == len(l.Parts)-1 {
		return ""
	}
	return ","
}

// Part is one of the events of a line.
type Part struct {
	Text   string
	Number int64  // of another ticket, to which the text leads; 0: none
	Undo   string // address that takes it back, "" when nothing does
}

// Message is one thing said.
type Message struct {
	ID        int64
	Seq       int64
	AgentID   int64  // who wrote it, 0 unless an agent
	Side      string // "": the person, "agent", "note"
	Author    string
	Via       string // name of the channel, "" when the web
	ViaIcon   string
	Copies    []string
	At        time.Time
	HTML      string // safe
	Quoted    string
	Lines     int // of Quoted
	Files     []File
	Original  string // address of the formatted original, "" when there is none
	Raw       string // address of the raw message, "" when none is kept
	Auto      string // tickets.Message.Auto
	Warnings  []string
	Delivery  Delivery
	Source    int64     // number of the ticket it was written in, 0: this one
	EditedAt  time.Time // zero: never
	Removed   time.Time // when its author took it back; zero: never
	Earlier   []Earlier // what it said before, latest first
	Reactions []string  // emojis put on it
	Follows   bool      // goes on with what the same author said a moment before
}

// Earlier is a text a message had before its author changed it.
type Earlier struct {
	At   time.Time
	HTML string // safe
}

// class is the look of a message.
func (m Message) class() string {
	c := "msg"
	if m.Side != "" {
		c += " " + m.Side
	}
	if m.Delivery.State == tickets.DeliveryFailed {
		c += " failed"
	}
	if m.Delivery.State == tickets.DeliveryWithdrawn || !m.Removed.IsZero() {
		c += " withdrawn"
	}
	if m.Follows {
		c += " follows"
	}
	return c
}

// Delivery is how far a reply has come.
type Delivery struct {
	State  tickets.DeliveryState
	At     time.Time
	Until  time.Time // undo is possible until then
	Reason string
	Detail string
}

// File is an attachment.
type File struct {
	Name    string
	Size    int64
	Address string
	Image   bool   // small raster image, shown in place
	Key     string // names it among the files of a draft
}

// Side is the panel beside the conversation.
type Side struct {
	Person     people.Person
	Identities []Way
	Statuses   []Choice
	Agents     []Choice
	Teams      []Choice
	Priorities []Choice
	Followers  []Choice
	Others     []Other
	Answers    []Answer // custom fields, in their order
	Links      []Link
	Approval   approval.Chain // who has to approve; without stages: nobody
	Request    Request
	Rating     tickets.Rating // zero: not rated
	Via        string         // name of the channel it came by, "" when made by hand
	ViaIcon    string
	Conflict   string // a sentence when a change came too late
}

// Other is another ticket of the person.
type Other struct {
	tickets.Ticket
	Status Choice
}

// Way is an address of the person.
type Way struct {
	people.Identity
	Refused string // why messages to it are refused, as a sentence; "" while they are taken
}

// Link is another ticket that belongs to this one.
type Link struct {
	Other
	Kind string // a kind of the log, LinkChild or LinkOriginal
}
