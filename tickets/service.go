package tickets

import (
	"context"
	"errors"
	"time"
)

// Options are the settings of the use cases.
type Options struct {
	UndoWindow time.Duration // how long a reply waits before it leaves
}

// Service is the list of use cases. Every method checks what the actor may do
// and writes in one transaction, joining one that ctx carries.
type Service struct {
	store Store
	opts  Options
}

// NewService makes the use cases over a store.
func NewService(s Store, o Options) *Service { return &Service{store: s, opts: o} }

// Create opens a ticket with its first message.
func (s *Service) Create(ctx context.Context, by Actor, n NewTicket) (Ticket, Message, error) {
	return Ticket{}, Message{}, errors.ErrUnsupported
}

// Reply adds a public answer of an agent; it leaves after the undo window.
func (s *Service) Reply(ctx context.Context, by Actor, ticket int64, n NewMessage) (Message, error) {
	return Message{}, errors.ErrUnsupported
}

// Note adds a private note.
func (s *Service) Note(ctx context.Context, by Actor, ticket int64, n NewMessage) (Message, error) {
	return Message{}, errors.ErrUnsupported
}

// Receive adds what a person wrote. It reopens a ticket that is not open, unless
// the message is automatic.
func (s *Service) Receive(ctx context.Context, ticket int64, in Incoming) (Message, error) {
	return Message{}, errors.ErrUnsupported
}

// Change changes a ticket whose version the actor has seen; Conflict says what
// changed meanwhile. Version 0 does not check.
func (s *Service) Change(ctx context.Context, by Actor, ticket, version int64, c Change) (Ticket, error) {
	return Ticket{}, errors.ErrUnsupported
}

// Withdraw undoes a reply that has not left and gives its text back as a draft.
func (s *Service) Withdraw(ctx context.Context, by Actor, message int64) (Message, error) {
	return Message{}, errors.ErrUnsupported
}

// Resend tries a failed reply again.
func (s *Service) Resend(ctx context.Context, by Actor, message int64) (Message, error) {
	return Message{}, errors.ErrUnsupported
}

// Settle records how the delivery of a reply fared. recipient is empty when it
// holds for all.
func (s *Service) Settle(ctx context.Context, message int64, recipient string, d Delivery) error {
	return errors.ErrUnsupported
}

// Bounced records that a network later said a reply did not arrive.
func (s *Service) Bounced(ctx context.Context, message int64, d DeliveryData) error {
	return errors.ErrUnsupported
}

// MarkRead remembers that the agent has seen everything in the ticket.
func (s *Service) MarkRead(ctx context.Context, by Actor, ticket int64) error {
	return errors.ErrUnsupported
}

// SaveDraft keeps what an agent has typed; an empty draft is removed.
func (s *Service) SaveDraft(ctx context.Context, by Actor, d Draft) error {
	return errors.ErrUnsupported
}

// Draft answers the agent's draft, the zero Draft when there is none.
func (s *Service) Draft(ctx context.Context, by Actor, ticket int64) (Draft, error) {
	return Draft{}, errors.ErrUnsupported
}

// Find answers a ticket by its number.
func (s *Service) Find(ctx context.Context, by Actor, number int64) (Ticket, error) {
	return Ticket{}, errors.ErrUnsupported
}

// Conversation answers a ticket by its number with everything said and done.
func (s *Service) Conversation(ctx context.Context, by Actor, number int64) (Conversation, error) {
	return Conversation{}, errors.ErrUnsupported
}

// List answers one page of a view.
func (s *Service) List(ctx context.Context, by Actor, q ListQuery) (Page, error) {
	return Page{}, errors.ErrUnsupported
}

// Counts answers the counters of the rail for this agent: keys are the views
// and "team:ID" of every team.
func (s *Service) Counts(ctx context.Context, by Actor) (map[string]int, error) {
	return nil, errors.ErrUnsupported
}

// OfRequester answers a person's tickets, latest first.
func (s *Service) OfRequester(ctx context.Context, by Actor, person int64, limit int) ([]Ticket, error) {
	return nil, errors.ErrUnsupported
}

// Statuses answers the list of statuses by position.
func (s *Service) Statuses(ctx context.Context) ([]Status, error) {
	return nil, errors.ErrUnsupported
}
