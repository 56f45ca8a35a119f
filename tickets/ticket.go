// Package tickets is the domain: what a ticket is, what may happen to it, and
// the log of what did. It does no I/O; Service is the list of use cases and
// Store what it needs to have kept.
//
// Every change goes one way: Service loads the ticket, checks the rule, decides
// by a pure function which events follow, applies them to the row, and saves row
// and events in one transaction. The row is the truth; the events say how it
// came about and feed everything that follows (delivery, live pages, search).
package tickets

import "time"

// Category is what a status means to the rules, whatever it is called.
type Category string

// The categories of statuses.
const (
	New     Category = "new"     // nobody has looked yet
	Open    Category = "open"    // somebody works on it
	Waiting Category = "waiting" // for the requester
	OnHold  Category = "hold"    // for a third party
	Solved  Category = "solved"
	Closed  Category = "closed"
)

// Active says that somebody still has to do something.
func (c Category) Active() bool { return c != Solved && c != Closed }

// Status is one row of the list an administrator can rename and extend.
type Status struct {
	ID       int64
	Category Category
	NameEN   string
	NameRU   string
	Color    string // token of the look: accent, ok, soon, late, wait, ink
	Emoji    string
	Position int
	Used     bool // a ticket has or had it: the log names it, so it is not removed
}

// Priority orders tickets of the same urgency.
type Priority int

// The priorities.
const (
	Low    Priority = 1
	Normal Priority = 2
	High   Priority = 3
	Urgent Priority = 4
)

// Ticket is one request and everything about it that a list shows. Its messages
// are separate.
type Ticket struct {
	ID          int64
	Number      int64 // what people call it: short, sequential, never changes
	Version     int64 // LastSeq of the stored row; a stale writer gets Conflict
	Subject     string
	StatusID    int64
	Category    Category // of the status
	Priority    Priority
	TeamID      int64 // 0: none
	AssigneeID  int64 // agent; 0: none
	RequesterID int64 // person
	ChannelID   int64 // where it was opened; 0: by hand
	Place       string
	Tags        []string          // sorted, lower case
	Followers   []int64           // persons, sorted; they get every public reply
	Fields      map[string]string // answers by the key of the field, see tickets/fields; never empty texts
	TypeID      int64             // request type it was made with; 0: none
	TypeVersion int               // of that type
	Rating      int               // 1 to 5; 0: not rated
	Spam        bool
	LooksLike   int64     // number of a ticket this one claimed to answer with a wrong signature; 0: none
	MergedInto  int64     // ticket (id) its messages went to; 0: it was not merged. See Service.Home.
	DeletedAt   time.Time // zero: it is there
	Approval    int       // stage of approval that waits for an answer: 1, 2, ...; 0: none. See Chain.

	CreatedAt    time.Time
	UpdatedAt    time.Time
	SolvedAt     time.Time // zero while active
	WaitingSince time.Time // since when the requester waits for us; zero when they do not
	LastSeq      int64     // seq of the last event
	NewsSeq      int64     // seq of the last event worth a look; what lies before it is read
	LastPublicAt time.Time // last message people outside can see
	Snippet      string    // first words of the last message, at most 140 characters
	LastBy       ActorKind // who wrote it
	Undelivered  int       // replies that failed for good
	Attention    int64     // sort key of the lists, see attention.go: smaller is more urgent
}

// Listed says that the ticket belongs in the everyday views.
func (t Ticket) Listed() bool { return t.Category.Active() && !t.Spam && !t.Gone() }

// Gone says that the ticket is in no view but that of the deleted: it was merged
// into another or deleted.
func (t Ticket) Gone() bool { return t.MergedInto != 0 || !t.DeletedAt.IsZero() }
