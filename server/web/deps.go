package web

import (
	"context"
	"io"
	"net/http"

	"okno/channels"
	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
)

// Directory reads who there is; server/store has it.
type Directory interface {
	AgentReader
	PersonReader
	Ticket(ctx context.Context, id int64) (tickets.Ticket, error)
	TicketByNumber(ctx context.Context, number int64) (tickets.Ticket, error)
	// Link answers a one-time link by the hash of its secret.
	Link(ctx context.Context, hash string) (people.Link, error)
}

// Books read who there is and have several writes succeed or fail together.
type Books interface {
	Directory
	// InTx runs fn in one transaction and joins one that ctx carries already.
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
}

// AgentReader reads agents and teams.
type AgentReader interface {
	Agent(ctx context.Context, id int64) (people.Agent, error)
	Agents(ctx context.Context) ([]people.Agent, error)
	Team(ctx context.Context, id int64) (people.Team, error)
	Teams(ctx context.Context) ([]people.Team, error)
}

// PersonReader reads who asks.
type PersonReader interface {
	Person(ctx context.Context, id int64) (people.Person, error)
	Persons(ctx context.Context, ids []int64) (map[int64]people.Person, error)
	SearchPersons(ctx context.Context, words string, limit int) ([]people.Person, error)
	Identities(ctx context.Context, person int64) ([]people.Identity, error)
	IdentityOwner(ctx context.Context, network, address string) (people.Person, error)
}

// BegunForms keeps forms that are being filled on the web, for a while, see
// tickets.BegunFormLasts. An owner is whoever fills them, form the key of the
// request type.
type BegunForms interface {
	// BegunForm answers people.ErrMissing for a form that was not begun.
	BegunForm(ctx context.Context, owner, form string) (tickets.BegunForm, error)
	// BegunForms answers which forms somebody began.
	BegunForms(ctx context.Context, owner string) ([]string, error)
	// ChangeBegunForm keeps what change makes of the form as it is now, zero where
	// it was not begun, or forgets it; nobody else changes it meanwhile.
	ChangeBegunForm(ctx context.Context, owner, form string, change func(tickets.BegunForm) (now tickets.BegunForm, stays bool)) error
	// MoveBegunForms gives the forms of one owner to another, in place of theirs.
	MoveBegunForms(ctx context.Context, from, to string) error
}

// Settings keeps what an administrator sets once for the whole desk.
type Settings interface {
	// Setting answers "" when the key was never put.
	Setting(ctx context.Context, key string) (string, error)
	PutSetting(ctx context.Context, key, value string) error
}

// The keys of Settings that pages use.
const (
	settingName     = "desk.name"
	settingLanguage = "desk.language"
)

// Hub is what the settings and the ledger need of the channels; *hub.Hub has it.
type Hub interface {
	ChannelRoom
	ChannelSignIn
	Hooks
	Ledger
	Letters
}

// Hooks takes calls of networks.
type Hooks interface {
	// Hook has the channel's adapter answer the call. Its error, tickets.Missing
	// where there is no such channel, comes before anything was answered.
	Hook(w http.ResponseWriter, r *http.Request, channel int64) error
}

// Letters sends mail that is about no ticket.
type Letters interface {
	// Write puts a letter into the outbox; hub.ErrNoMailbox where none is
	// connected.
	Write(ctx context.Context, l hub.Letter) error
}

// ChannelRoom keeps and tries channels. Secrets it answers are blanked.
type ChannelRoom interface {
	Kinds() []channels.Kind
	Channels(ctx context.Context) ([]hub.Channel, error)
	Channel(ctx context.Context, by people.Agent, id int64) (hub.Channel, error)
	// SaveChannel makes (ID 0) or changes a channel. Secrets left empty stay as
	// they are. Faulty settings are hub.Faults.
	SaveChannel(ctx context.Context, by people.Agent, c hub.Channel) (hub.Channel, error)
	// Check tries the settings without saving them and reports each step.
	Check(ctx context.Context, by people.Agent, c hub.Channel, report func(channels.Step)) error
}

// ChannelSignIn grants access without a password.
type ChannelSignIn interface {
	BeginSignIn(ctx context.Context, by people.Agent, c hub.Channel, redirect string) (channels.Prompt, error)
	// FinishSignIn waits for the grant and keeps it with a stored channel.
	FinishSignIn(ctx context.Context, by people.Agent, c hub.Channel, p channels.Prompt, code string) (map[string]string, error)
}

// Ledger is the inbox journal as an administrator reads and mends it.
type Ledger interface {
	LedgerReader
	Redo(ctx context.Context, by people.Agent, entry int64) error
	// RedoAside redoes all that was set aside and answers how many there were.
	RedoAside(ctx context.Context, by people.Agent) (int, error)
	// MakeTicket opens a ticket with the original of an entry that made none,
	// and answers its number.
	MakeTicket(ctx context.Context, by people.Agent, entry int64) (number int64, err error)
}

// LedgerReader reads the inbox journal.
type LedgerReader interface {
	Ledger(ctx context.Context, by people.Agent, q hub.LedgerQuery) (hub.LedgerPage, error)
	LedgerCounts(ctx context.Context, by people.Agent) (map[hub.Outcome]int, error)
	// Original streams the raw event; the caller closes it.
	Original(ctx context.Context, by people.Agent, entry int64) (hub.Entry, io.ReadCloser, error)
}
