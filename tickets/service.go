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
	for range tries {
		err := s.store.InTx(ctx, once)
		if err == nil {
			return w.now, nil
		}
		if !errors.Is(err, ErrStale) {
			return Ticket{}, err
		}
	}
	return Ticket{}, &Error{Kind: Conflict, Message: "error.ticket.busy", Err: ErrStale}
}
