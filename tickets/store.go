package tickets

import (
	"context"
	"time"

	"okno/tickets/fields"
	"okno/tickets/people"
)

// Store is what the domain needs to have kept. Every method works inside the
// transaction that ctx carries, or on its own outside of one. Methods that find
// one thing answer people.ErrMissing when there is none.
type Store interface {
	people.Store // brings InTx, Now and NewID
	TicketStore
	MessageStore
	EventStore
	ViewStore
	DraftStore
	MarkStore
	LinkStore
	GraveStore
	FormStore
	TimerStore
	ApprovalStore
}

// TicketStore keeps ticket rows.
type TicketStore interface {
	Ticket(ctx context.Context, id int64) (Ticket, error)
	TicketByNumber(ctx context.Context, number int64) (Ticket, error)
	// InsertTicket gives the ticket the next number.
	InsertTicket(ctx context.Context, t *Ticket) error
	// UpdateTicket writes every column where the stored version is still
	// was, and answers ErrStale where it is not.
	UpdateTicket(ctx context.Context, t Ticket, was int64) error
	StatusStore
	FieldStore
}

// FieldStore keeps the definitions of custom fields.
type FieldStore interface {
	Fields(ctx context.Context) ([]fields.Field, error) // by position, archived ones among them
	// PutField inserts or replaces by id; key and type of a stored field stay as
	// they are. Another field with the key is people.ErrTaken.
	PutField(ctx context.Context, f fields.Field) error
}

// StatusStore keeps the list of statuses.
type StatusStore interface {
	Statuses(ctx context.Context) ([]Status, error) // by position
	// PutStatus inserts or replaces by id; category and Used of a stored status
	// stay as they are.
	PutStatus(ctx context.Context, s Status) error
	// DeleteStatus removes one that was never used and answers
	// people.ErrTaken for any other.
	DeleteStatus(ctx context.Context, id int64) error
	// UseStatus remembers that a ticket has the status.
	UseStatus(ctx context.Context, id int64) error
}

// MessageStore keeps messages and the network ids they are known by.
type MessageStore interface {
	Messages(ctx context.Context, ticket int64) ([]Message, error) // by AddedAt and seq, with files
	Message(ctx context.Context, id int64) (Message, error)
	InsertMessage(ctx context.Context, m Message) error
	// UpdateMessage writes the delivery columns only.
	UpdateMessage(ctx context.Context, m Message) error
	// MoveMessages takes messages, with the mentions in them, from one ticket to
	// another; ErrStale when one of them is not there.
	MoveMessages(ctx context.Context, from, to int64, messages []int64) error
	VersionStore
	RefStore
	OutgoingStore
}

// VersionStore keeps what messages said before their authors changed them.
type VersionStore interface {
	// RewriteMessage writes what its author can change: the text in all its
	// forms, files, warnings, EditedAt and RemovedAt.
	RewriteMessage(ctx context.Context, m Message) error
	PutVersion(ctx context.Context, v Version) error
}

// OutgoingStore reaches the rows that wait to be sent, see channels/hub.
type OutgoingStore interface {
	// CancelOutgoing stops the sending of a message and answers false when a
	// part of it is being sent or was sent.
	CancelOutgoing(ctx context.Context, message int64) (bool, error)
	// RequeueOutgoing makes the failed deliveries of a message due now and
	// answers how many there were.
	RequeueOutgoing(ctx context.Context, message int64) (int, error)
	// Once remembers that the form with this key made this message. When the
	// key is known it changes nothing and answers the message it made.
	Once(ctx context.Context, key string, message int64) (earlier int64, err error)
}

// RefStore remembers by which network ids messages are known, so that answers
// find their ticket.
type RefStore interface {
	// MessageByRef answers the message that has this id on this network
	// ("email": Message-ID without brackets).
	MessageByRef(ctx context.Context, network, id string) (Message, error)
	// PutRef is a no-op when the id is known.
	PutRef(ctx context.Context, network, id string, message int64) error
	// Refs answers the ids of the public messages of a ticket on a network,
	// oldest first.
	Refs(ctx context.Context, network string, ticket int64) ([]Ref, error)
	// TicketByNotice answers the ticket that a notice of the desk was about.
	TicketByNotice(ctx context.Context, network, id string) (Ticket, error)
	// PutNoticeRef is a no-op when the id is known.
	PutNoticeRef(ctx context.Context, network, id string, ticket int64) error
}

// Ref is a network id of a message.
type Ref struct {
	ID        string
	MessageID int64
	Incoming  bool
}

// EventStore keeps the log.
type EventStore interface {
	// AppendEvents gives each event its Pos; called last in a transaction.
	AppendEvents(ctx context.Context, events []Event) error
	TicketEvents(ctx context.Context, ticket int64) ([]Event, error)
	EventsAfter(ctx context.Context, pos int64, limit int) ([]Event, error)
	LastPos(ctx context.Context) (int64, error)
}

// ViewStore keeps the lists and their counters.
type ViewStore interface {
	BrowseStore
	ListTickets(ctx context.Context, q ListQuery) (Page, error)
	// AddCounts adds to counters kept beside the rows; see Counted.
	AddCounts(ctx context.Context, delta map[string]int) error
	Counts(ctx context.Context, keys []string) (map[string]int, error)
	// OfRequester answers a person's tickets, latest first.
	OfRequester(ctx context.Context, person int64, limit int) ([]Ticket, error)
	// OfFollower answers the tickets a person follows, latest first.
	OfFollower(ctx context.Context, person int64, limit int) ([]Ticket, error)
}

// DraftStore keeps what agents have typed and not sent.
type DraftStore interface {
	Draft(ctx context.Context, ticket, agent int64) (Draft, error)
	Drafts(ctx context.Context, ticket int64) ([]Draft, error) // by agent
	PutDraft(ctx context.Context, d Draft) error
	DeleteDraft(ctx context.Context, ticket, agent int64) error
}

// MarkStore keeps what agents have read and where they were mentioned.
type MarkStore interface {
	// MarkRead remembers the last event seq an agent has seen; never goes back.
	MarkRead(ctx context.Context, ticket, agent, seq int64) error
	ReadSeq(ctx context.Context, ticket, agent int64) (int64, error)
	PutMention(ctx context.Context, m Mention) error
	// SeeMentions marks all mentions of the agent in the ticket seen and
	// answers how many were not.
	SeeMentions(ctx context.Context, ticket, agent int64) (int, error)
	// UnseenMentions answers how many mentions each agent has not seen in a ticket.
	UnseenMentions(ctx context.Context, ticket int64) (map[int64]int, error)
}

// LinkStore keeps which tickets belong together. Adding and removing answer
// false when nothing changed.
type LinkStore interface {
	PutTicketLink(ctx context.Context, ticket, other int64, kind LinkKind) (bool, error)
	DeleteTicketLink(ctx context.Context, ticket, other int64, kind LinkKind) (bool, error)
	TicketLinks(ctx context.Context, ticket int64) ([]TicketLink, error) // by kind, then number
}

// GraveStore removes tickets for good.
type GraveStore interface {
	// DeletedBefore answers tickets whose DeletedAt is not after a time.
	DeletedBefore(ctx context.Context, before time.Time, limit int) ([]int64, error)
	// MergedTickets answers the tickets that were merged into one.
	MergedTickets(ctx context.Context, into int64) ([]int64, error)
	// BuryTicket removes a ticket that is gone with all that was said in it,
	// empties its journal entries and the data of its events, and remembers by
	// what its messages were known; people.ErrMissing when it is not gone.
	BuryTicket(ctx context.Context, ticket int64) error
	// Buried says whether a message known by this id was removed for good.
	Buried(ctx context.Context, network, ref string) (bool, error)
}

// TimerStore has the desk come back to a ticket later; see server/jobs.
type TimerStore interface {
	// PutTimer replaces an earlier one of the same kind.
	PutTimer(ctx context.Context, kind string, ticket int64, at time.Time) error
	DropTimer(ctx context.Context, kind string, ticket int64) error
}

// Draft is an unsent message of one agent in one ticket.
type Draft struct {
	TicketID  int64
	AgentID   int64
	Kind      MessageKind
	Body      string
	Files     []File
	UpdatedAt time.Time
}

// Mention is one agent named in one note.
type Mention struct {
	TicketID  int64
	AgentID   int64
	MessageID int64
	At        time.Time
}
