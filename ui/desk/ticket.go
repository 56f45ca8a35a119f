package desk

import (
	"time"

	"okno/tickets"
	"okno/tickets/people"
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
}

// Place is where the ticket stands in the list it was opened from.
type Place struct {
	Title      string // of the view
	Back       string // its address
	Index, Of  int    // from 1; 0 when it is not on the first pages
	Prev, Next string // addresses, "" at the ends
	Queue      []Row  // the list beside a wide page
}

// Undo is a reply that can still be taken back.
type Undo struct {
	Message int64
	Until   time.Time // zero: nothing to undo
	Done    string    // what to say instead, for ten seconds
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
	Parts []string
	At    time.Time
}

// Message is one thing said.
type Message struct {
	ID       int64
	Seq      int64
	AgentID  int64  // who wrote it, 0 unless an agent
	Side     string // "": the person, "agent", "note"
	Author   string
	Via      string // name of the channel, "" when the web
	ViaIcon  string
	Copies   []string
	At       time.Time
	HTML     string // safe
	Quoted   string
	Lines    int // of Quoted
	Files    []File
	Original string // address of the formatted original, "" when there is none
	Raw      string // address of the raw message, "" when none is kept
	Auto     string // tickets.Message.Auto
	Warnings []string
	Delivery Delivery
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
	if m.Delivery.State == tickets.DeliveryWithdrawn {
		c += " withdrawn"
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
	Identities []people.Identity
	Statuses   []Choice
	Agents     []Choice
	Teams      []Choice
	Priorities []Choice
	Followers  []Choice
	Others     []Other
	Conflict   string // a sentence when a change came too late
}

// Other is another ticket of the person.
type Other struct {
	tickets.Ticket
	Status Choice
}
