package hub

import (
	"context"
	"time"

	"okno/channels"
	"okno/tickets"
)

// Store keeps channels, the inbox journal and the outbox. Every method works
// inside the transaction that ctx carries, or on its own outside of one.
type Store interface {
	ChannelStore
	JournalStore
	AwaitStore
	OutboxStore
	WaitingStore
	DialogStore
	DialogTimers
	Leases
	// InTx runs fn in one transaction and joins one that ctx carries already.
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	// Now is the one time of the transaction in ctx, or the present.
	Now(ctx context.Context) time.Time
	// NewID answers an id that sorts by the time it was made.
	NewID() int64
}

// Leases see to it that of several processes one runs a channel.
type Leases interface {
	// Lease gives owner the lease of this name until a time, or prolongs it,
	// and answers false while another owner's lease has not ended. A time that
	// is not in the future gives the lease back. Names are "channel:ID".
	Lease(ctx context.Context, name, owner string, until time.Time) (bool, error)
}

// Channel is a configured connection.
type Channel struct {
	channels.Connection       // ID, Kind, Name, Settings, Secrets (sealed by the store)
	TeamID              int64 // tickets born here belong to it; 0: none
	Enabled             bool
	Acknowledge         bool // tell requesters their ticket's number
	State               channels.State
	StateAt             time.Time // when State last changed; zero: never connected
	CreatedAt           time.Time
	Version             int64 // grows with every change of settings, so that running adapters restart
}

// ChannelStore keeps channels.
type ChannelStore interface {
	Channels(ctx context.Context) ([]Channel, error) // by name
	Channel(ctx context.Context, id int64) (Channel, error)
	InsertChannel(ctx context.Context, c Channel) error
	UpdateChannel(ctx context.Context, c Channel) error // raises Version; not the state
	SetChannelState(ctx context.Context, id int64, s channels.State) error
}

// Outcome is what became of an event.
type Outcome string

// The outcomes of events.
const (
	OutcomePending Outcome = "pending" // not processed yet
	OutcomeOpened  Outcome = "opened"  // made a ticket
	OutcomeAdded   Outcome = "added"   // became a message of a ticket
	OutcomeSeen    Outcome = "seen"    // the same content had come before
	OutcomeKept    Outcome = "kept"    // kept, but no ticket: see Why
	OutcomeAside   Outcome = "aside"   // could not be processed; waits for an administrator
	OutcomeDone    Outcome = "done"    // was no message; what it asked for was done: see Why
)

// Entry is one row of the inbox journal.
type Entry struct {
	ID        int64
	ChannelID int64
	Event     channels.Event
	Outcome   Outcome
	Why       channels.Text // how it was decided, for the ledger
	Detail    string        // the error, when Aside
	From      string        // who wrote, once decoded
	Subject   string        // once decoded
	Ticket    int64         // number; 0: none
	MessageID int64
	Attempts  int
	StoredAt  time.Time
	SettledAt time.Time // zero while pending
}

// JournalStore is the inbox journal.
type JournalStore interface {
	// PutEvent stores the event and moves its cursor in one transaction; fresh
	// is false when the channel has an entry with that key, and then only the
	// cursor moves.
	PutEvent(ctx context.Context, channel int64, e channels.Event) (fresh bool, err error)
	Cursor(ctx context.Context, channel int64, name string) (string, error)
	Entry(ctx context.Context, id int64) (Entry, error)
	// SettleEntry writes Outcome, Why, Detail, From, Subject, Ticket, MessageID
	// and ends the processing of the entry.
	SettleEntry(ctx context.Context, e Entry) error
	// EntryByObject answers the oldest settled entry of any channel of this
	// kind whose event had this Object, other than except. What was only seen
	// again does not count: the entry it repeats may be processed once more.
	EntryByObject(ctx context.Context, kind, object string, except int64) (Entry, error)
	LedgerStore
}

// AwaitStore remembers entries that speak of a message which has not come: the
// network may deliver a change before what was changed.
type AwaitStore interface {
	// Await is a no-op when the entry waits for this message already.
	Await(ctx context.Context, network, ref string, entry int64) error
	// TakeAwaited answers the entries that waited for a message, oldest first,
	// and forgets them.
	TakeAwaited(ctx context.Context, network, ref string) ([]int64, error)
}

// DialogStore keeps where the conversation in each chat stands.
type DialogStore interface {
	// Dialog answers the zero state of a chat nobody has met.
	Dialog(ctx context.Context, channel int64, place string) (Dialog, error)
	PutDialog(ctx context.Context, d Dialog) error
	// ChatTickets answers the tickets a person opened in a chat, the latest
	// first: also merged ones and those an agent opened for them, which have no
	// place, not those that were deleted.
	ChatTickets(ctx context.Context, person, channel int64, place string, limit int) ([]tickets.Ticket, error)
}

// LedgerStore is the journal as an administrator reads it.
type LedgerStore interface {
	Entries(ctx context.Context, q LedgerQuery) (LedgerPage, error)
	// LedgerCounts counts entries by outcome.
	LedgerCounts(ctx context.Context) (map[Outcome]int, error)
	// Redo makes a settled or set-aside entry pending again. Only entries that
	// made no message may be redone: ErrDone otherwise.
	Redo(ctx context.Context, id int64) error
}

// LedgerQuery asks for one page of the ledger, latest first.
type LedgerQuery struct {
	Outcomes  []Outcome // none: all
	ChannelID int64     // 0: all
	Words     string    // part of sender, subject or event key
	After     string    // LedgerPage.Next of the page before
	Limit     int
}

// LedgerPage is a part of the ledger.
type LedgerPage struct {
	Entries []Entry
	Next    string
}

// Delivery is one row of the outbox: one message to one place.
type Delivery struct {
	ID        int64
	Key       string // unique
	ChannelID int64
	Lane      string // deliveries of one lane leave in order: channel and target
	TicketID  int64  // 0: none
	MessageID int64  // 0: none. A notice names the reply it follows, and is taken back with it
	Out       channels.Outbound
	RunAt     time.Time
	Attempts  int
	Asked     bool // it answers what somebody did just now, so no brake on notices counts it
}

// isReply says that the row carries a message of a ticket, as opposed to a
// notice of the desk.
func (d Delivery) isReply() bool { return d.MessageID != 0 && !d.Out.Notice }

// OutboxStore is the outbox. Queued rows are claimed through the queue named
// "outbox" of server/jobs.
type OutboxStore interface {
	// PutDelivery is a no-op when the key is known.
	PutDelivery(ctx context.Context, d Delivery) error
	// Delivery answers a row; its Out carries what PutProgress kept.
	Delivery(ctx context.Context, id int64) (Delivery, error)
	// PutProgress notes for the next try how far the delivery with a key got.
	PutProgress(ctx context.Context, key, progress string) error
	// SettleDelivery ends a delivery: sent when receipt has an id, failed
	// otherwise.
	SettleDelivery(ctx context.Context, id int64, receipt channels.Receipt, failed bool, why channels.Text, detail string) error
	// CountNotices counts the notices put for an address since a time; the
	// loop brake.
	CountNotices(ctx context.Context, network, address string, since time.Time) (int, error)
	// CountSince counts entries received from an address since a time; the
	// flood brake.
	CountSince(ctx context.Context, network, address string, since time.Time) (int, error)
}
