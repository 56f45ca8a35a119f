package hub

import (
	"context"
	"sync"
	"time"

	"okno/channels"
	"okno/channels/dialog"
	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// Options is what a Hub is made of. Every field is required.
type Options struct {
	Store   Store
	Records Records
	Tickets Tickets
	// Burst is how long news of a ticket wait for more of them in a chat, to be
	// told together.
	Burst time.Duration
	// Requests are the forms people fill in chats, and what follows them.
	Requests Requests
	// Find answers the request types that words may mean, the best first.
	Find   func(ctx context.Context, c forms.Catalog, words string) ([]dialog.Match, error)
	People People
	Files  channels.Files
	Signer channels.Signer
	Kinds  []channels.Kind
	Owner  string // names this process in leases
	// Say puts a sentence into a language, "" being the desk's own.
	Say  func(language string, t channels.Text) string
	Desk func(ctx context.Context) string // the desk's name, as people see it
	// Language is the one to write in to somebody whose own is known, or "".
	Language func(ctx context.Context, known string) string
	// HookURL is where the network of a channel may call the desk, "" while it
	// has no public https address.
	HookURL func(channel int64) string
	// ApprovalURL is where a question of approval is answered: a link signed
	// for whoever gets it.
	ApprovalURL func(approval int64) string
	// FormURL is where a form is filled that has some answers already. What was
	// said in a ticket, by its number, becomes part of the request it makes. "" while
	// the desk has no public address.
	FormURL func(key string, answers forms.Answers, ticket int64) string
	Clock   channels.Clock
	Zone    *time.Location // of people whose own is not known
	Logger  channels.Logger
}

// Tickets are the use cases the hub calls; *tickets.Service has them.
type Tickets interface {
	Conversing
	Amending
	Settle(ctx context.Context, message int64, recipient string, d tickets.Delivery) error
	Bounced(ctx context.Context, message int64, d tickets.DeliveryData) error
}

// Conversing takes what people write and says where it goes.
type Conversing interface {
	Create(ctx context.Context, by tickets.Actor, n tickets.NewTicket) (tickets.Ticket, tickets.Message, error)
	Receive(ctx context.Context, ticket int64, in tickets.Incoming) (tickets.Message, error)
	// Home answers the ticket that a merged one went into.
	Home(ctx context.Context, ticket int64) (tickets.Ticket, error)
	Reach(ctx context.Context, ticket int64, d tickets.ReachData) error
}

// Amending takes what people do to what was written.
type Amending interface {
	EditIncoming(ctx context.Context, network, ref string, in tickets.Incoming) error
	RemoveIncoming(ctx context.Context, network, ref string, person int64) error
	AppendFiles(ctx context.Context, network, ref string, in tickets.Incoming) error
	React(ctx context.Context, network, ref string, person int64, emoji string) error
}

// People finds and makes persons; *people.Service does.
type People interface {
	Known(ctx context.Context, network, address, name, language string) (people.Person, error)
	AgentBehind(ctx context.Context, network, address string) (people.Agent, error)
}

// Records is what the hub reads beside the use cases; tickets.Store has it.
type Records interface {
	tickets.RefStore
	people.IdentityStore
	TicketRecords
	ApprovalRecords
	Story
	Person(ctx context.Context, id int64) (people.Person, error)
	Agent(ctx context.Context, id int64) (people.Agent, error)
	SearchPersons(ctx context.Context, words string, limit int) ([]people.Person, error)
}

// TicketRecords reads tickets and messages.
type TicketRecords interface {
	Ticket(ctx context.Context, id int64) (tickets.Ticket, error)
	TicketByNumber(ctx context.Context, number int64) (tickets.Ticket, error)
	Message(ctx context.Context, id int64) (tickets.Message, error)
	Messages(ctx context.Context, ticket int64) ([]tickets.Message, error)
	OfRequester(ctx context.Context, person int64, limit int) ([]tickets.Ticket, error)
}

// Story reads the log, the names of statuses, and what was deleted for good.
type Story interface {
	Buried(ctx context.Context, network, ref string) (bool, error)
	TicketEvents(ctx context.Context, ticket int64) ([]tickets.Event, error)
	Statuses(ctx context.Context) ([]tickets.Status, error)
}

// Hub owns the adapters. Its methods may be called from any goroutine.
type Hub struct {
	opts  Options
	kinds map[string]channels.Kind
	wake  chan struct{} // has room for one: settings changed, or an adapter ended

	mu      sync.Mutex
	opened  map[int64]*opened  // by channel; for decoding and sending
	running map[int64]*running // by channel; receiving, in this process
}

// New makes a Hub; Run starts it.
func New(o Options) *Hub {
	h := &Hub{
		opts: o, kinds: map[string]channels.Kind{}, wake: make(chan struct{}, 1),
		opened: map[int64]*opened{}, running: map[int64]*running{},
	}
	for _, k := range o.Kinds {
		h.kinds[k.Name] = k
	}
	return h
}

// Kinds answers the sorts of channels there are, in the order given to New.
func (h *Hub) Kinds() []channels.Kind { return h.opts.Kinds }

func (h *Hub) now() time.Time { return h.opts.Clock() }

func (h *Hub) poke() {
	select {
	case h.wake <- struct{}{}:
	default:
	}
}
