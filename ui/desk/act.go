package desk

import (
	"time"

	"okno/tickets"
)

// Links seen from their other end. Forms know them, the log does not.
const (
	LinkChild    = "child"    // of tickets.LinkParent: the other is a part of this one
	LinkOriginal = "original" // of tickets.LinkDuplicate: the other asks the same as this one
)

// Gone is why nobody works on a ticket any more; the zero value: somebody does.
type Gone struct {
	Text string         // a sentence
	Into tickets.Ticket // where it was merged into; Number 0 when it was deleted
	Undo string         // action that brings it back, "" when this agent may not
}

// Is says that the ticket is gone.
func (g Gone) Is() bool { return g.Text != "" }

func (g Gone) icon() string {
	if g.Into.Number != 0 {
		return "merge"
	}
	return "trash"
}

// Split is the page where messages leave for a ticket of their own.
type Split struct {
	Number  int64
	View    string
	Subject string
	Picks   []Pick
	Errors  map[string]string // by field
}

// Pick is a message to choose.
type Pick struct {
	ID     int64
	Side   string // as Message.Side
	Author string
	Text   string
	At     time.Time
	Chosen bool
}

// keyOf is the name of the shortcut a button of the menu has, "" for none.
func keyOf(key string) string {
	if key == "#" {
		return "spam"
	}
	return ""
}
