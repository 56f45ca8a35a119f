package channeltest

import (
	"testing"

	"okno/channels"
)

// Desk is a desk with channels, in the hands of a test: a hub, a store and the
// queues between them.
type Desk interface {
	// Lines are what was said in the tickets of a person, in the order in which
	// agents read it.
	Lines(of channels.Address) []Line
	// Answer lets an agent reply on the ticket where the person wrote last.
	Answer(to channels.Address, m Message)
	// State is how the desk says a channel of this kind is.
	State(kind string) channels.State
	// Hurry has the desk try now what waits for another try.
	Hurry()
	// Restart stops the desk in order and starts it again.
	Restart()
}

// Line is one public message of a ticket as agents see it.
type Line struct {
	Message
	Ours    bool     // an agent's
	State   string   // of an agent's: queued, sending, sent, failed
	Reason  string   // key of the sentence that says why it failed or is late
	Earlier []string // texts it had before its author changed it
	Removed bool     // its author took it back
}

// Connected is a channel a desk is to have.
type Connected struct {
	Kind       channels.Kind
	Connection channels.Connection
}

// Opener starts a desk with channels and one agent; it ends with the test.
type Opener func(t *testing.T, list ...Connected) Desk
