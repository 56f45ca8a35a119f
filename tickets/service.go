package tickets

import (
	"context"
	"errors"
	"time"
)

// Options are the settings of the use cases.
type Options struct {
	UndoWindow time.Duration // how long a reply waits before it leaves
	// Say puts a sentence of the desk into a language, "" being the desk's own.
	// It is needed for what approvals tell the people who ask.
	Say func(language string, s Sentence) string
}

// Service is the list of use cases. Every method checks what the actor may do
// and writes in one transaction, joining one that ctx carries.
type Service struct {
	store   Store
	opts    Options
	shelves *shelves
}

// NewService makes the use cases over a store.
func NewService(s Store, o Options) *Service { return &Service{store: s, opts: o, shelves: &shelves{}} }

// tries is how often a use case starts again after losing a race for a row.
const tries = 5

// edit loads a ticket, lets decide say what happens, and saves it all in one
// transaction. Whoever loses a race for the row decides again on the fresh one.
func (s *Service) edit(ctx context.Context, ticket int64, decide func(context.Context, *work) error) (Ticket, error) {
	var w *work
	once := func(ctx context.Context) (err error) {
		if w, err = s.load(ctx, ticket); err != nil {
			return err
		}
		if err = decide(ctx, w); err != nil {
			return err
		}
		return s.save(ctx, w)
	}
	if err := s.insist(ctx, once); err != nil {
		return Ticket{}, err
	}
	return w.now, nil
}

// insist runs once in a transaction, and anew while it loses races.
func (s *Service) insist(ctx context.Context, once func(context.Context) error) error {
	for range tries {
		if err := s.store.InTx(ctx, once); !errors.Is(err, ErrStale) {
			return err
		}
	}
	return &Error{Kind: Conflict, Message: "error.ticket.busy", Err: ErrStale}
}

// editHome is edit for the ticket that stands for another now.
func (s *Service) editHome(ctx context.Context, ticket int64, decide func(context.Context, *work) error) error {
	return s.insist(ctx, func(ctx context.Context) error {
		home, err := s.Home(ctx, ticket)
		if err != nil {
			return err
		}
		w, err := s.begin(ctx, home)
		if err != nil {
			return err
		}
		if err := decide(ctx, w); err != nil {
			return err
		}
		return s.save(ctx, w)
	})
}

// editMessage is edit for the ticket a message is in. A message that moved while
// nobody held its ticket is looked up again.
func (s *Service) editMessage(ctx context.Context, message int64, decide func(context.Context, *work, *Message) error) error {
	return s.insist(ctx, func(ctx context.Context) error {
		w, m, err := s.loadMessage(ctx, message)
		if err != nil {
			return err
		}
		if err := decide(ctx, w, &m); err != nil {
			return err
		}
		return s.save(ctx, w)
	})
}

// loadMessage loads a message and the ticket it is in; ErrStale when it moved
// between the two.
func (s *Service) loadMessage(ctx context.Context, message int64) (*work, Message, error) {
	m, err := s.store.Message(ctx, message)
	if err != nil {
		return nil, m, missing(err, "error.message.missing")
	}
	w, err := s.load(ctx, m.TicketID)
	if err != nil {
		return nil, m, err
	}
	if m, err = s.store.Message(ctx, message); err != nil {
		return nil, m, missing(err, "error.message.missing")
	}
	if m.TicketID != w.was.ID {
		return nil, m, ErrStale
	}
	return w, m, nil
}
