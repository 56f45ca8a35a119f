package channeltest

import (
	"testing"

	"okno/channels"
)

// Peer is a network with people in it, in the hands of a test: what a channel
// brings to Run.
type Peer interface {
	// Connect answers the kind of the channel and the settings of one.
	Connect() (channels.Kind, channels.Connection)
	// Meet makes a person who can write to the channel and be written to.
	Meet(name string) channels.Address
	// Write lets them write. It answers what Edit and Remove know the message by.
	Write(from channels.Address, m Message) string
	// Got is what the desk sent them and they can still see, the oldest first.
	Got(by channels.Address) []Message
	// Lacks says for each case the network cannot have why not.
	Lacks() map[string]string
}

// Message is what one side wrote to the other. Text of the desk may stand
// between other words: a greeting, a signature.
type Message struct {
	Text  string
	Files []File
}

// File is an attachment with its bytes.
type File struct {
	Name  string
	Type  string
	Bytes []byte
}

// What networks do to people and desks. A Peer has each of these, or says in
// Lacks why the case that needs it cannot be.

// Replayer delivers everything again that was ever written, in an order of
// chance.
type Replayer interface{ Replay() }

// Reorderer delivers what people do in do backwards.
type Reorderer interface{ Backwards(do func()) }

// Delayer holds back what people do in do until arrive is called.
type Delayer interface {
	Late(do func()) (arrive func())
}

// Limiter refuses so many sends, asking for a pause of a second or less.
type Limiter interface{ Limit(sends int) }

// Revoker takes the desk's credentials away and makes them good again.
type Revoker interface {
	Revoke()
	Restore()
}

// Editor lets people change what they wrote.
type Editor interface {
	Edit(by channels.Address, id, text string)
}

// Remover lets people take back what they wrote.
type Remover interface {
	Remove(by channels.Address, id string)
}

// Leaver lets people refuse messages of the desk.
type Leaver interface{ Leave(by channels.Address) }

// Silencer makes the network swallow everything, as a router does that forgot
// the connection.
type Silencer interface{ Silence(on bool) }

// able finds an ability of the peer, or ends the test.
func able[A any](t *testing.T, p Peer) A {
	t.Helper()
	a, ok := p.(A)
	if !ok {
		t.Fatalf("the peer %T lacks %T and does not say why", p, (*A)(nil))
	}
	return a
}
