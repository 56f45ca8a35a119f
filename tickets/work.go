package tickets

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"okno/tickets/people"
)

// work is one ticket on the desk: the row as it was loaded, the row with the
// events that were decided, and what else has to be written with them.
type work struct {
	was    Ticket // zero when the ticket is new
	now    Ticket
	at     time.Time
	by     Actor
	events []Event
	list   statuses
	known  Known
	also   []func(ctx context.Context) error // written after the row
	unread bool                              // it brings what its editor has not seen
}

// fact is something that happens, before it has its place in the log.
type fact struct {
	kind EventType
	data any
}

// load takes a stored ticket to work on.
func (s *Service) load(ctx context.Context, ticket int64) (*work, error) {
	t, err := s.store.Ticket(ctx, ticket)
	if err != nil {
		return nil, missing(err, "error.ticket.missing")
	}
	return s.begin(ctx, t)
}

// begin prepares the work on a row.
func (s *Service) begin(ctx context.Context, t Ticket) (*work, error) {
	list, err := s.store.Statuses(ctx)
	if err != nil {
		return nil, fmt.Errorf("load statuses: %w", err)
	}
	k := Known{Categories: statuses(list).categories(), Messages: map[int64]Message{}}
	return &work{was: t, now: t, at: s.store.Now(ctx), list: list, known: k}, nil
}

// record turns facts into events and applies them to the row.
func (w *work) record(by Actor, facts ...fact) error {
	w.by = by
	for _, f := range facts {
		raw, err := json.Marshal(f.data)
		if err != nil {
			return fmt.Errorf("encode %s: %w", f.kind, err)
		}
		e := Event{
			TicketID: w.now.ID, Number: w.now.Number, Seq: w.now.LastSeq + 1,
			Type: f.kind, Actor: by, At: w.at, Data: raw,
		}
		if w.now, err = Apply(w.now, e, w.known); err != nil {
			return err
		}
		w.events = append(w.events, e)
	}
	return nil
}

// then adds something to be written after the row.
func (w *work) then(do func(ctx context.Context) error) { w.also = append(w.also, do) }

// save writes the row first, so that a lost race has written nothing, and the
// events last, so that the counter of the log is held as shortly as possible.
func (s *Service) save(ctx context.Context, w *work) error {
	if err := s.stopApproval(ctx, w); err != nil {
		return err
	}
	if len(w.events) > 0 {
		if err := s.saveRow(ctx, w); err != nil {
			return err
		}
	}
	for _, do := range w.also {
		if err := do(ctx); err != nil {
			return err
		}
	}
	if len(w.events) == 0 {
		return nil
	}
	if err := s.store.AppendEvents(ctx, w.events); err != nil {
		return fmt.Errorf("append events: %w", err)
	}
	return nil
}

// saveAll saves tickets that changed together, in the order given.
func (s *Service) saveAll(ctx context.Context, all ...*work) error {
	for _, w := range all {
		if err := s.save(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

// saveRow writes the ticket, its counters and what its editor has seen.
func (s *Service) saveRow(ctx context.Context, w *work) error {
	if err := s.useStatus(ctx, w); err != nil {
		return err
	}
	if err := s.putTicket(ctx, w); err != nil {
		return err
	}
	if err := s.putTags(ctx, w); err != nil {
		return err
	}
	if delta := countsBetween(w.was, w.now); len(delta) > 0 {
		if err := s.store.AddCounts(ctx, delta); err != nil {
			return fmt.Errorf("add counts: %w", err)
		}
	}
	return s.keepRead(ctx, w)
}

// putTicket inserts a new row, which gets its number now, or updates an old one.
func (s *Service) putTicket(ctx context.Context, w *work) error {
	if w.was.Version > 0 {
		if err := s.store.UpdateTicket(ctx, w.now, w.was.Version); err != nil {
			return fmt.Errorf("update ticket: %w", err)
		}
		return nil
	}
	if err := s.store.InsertTicket(ctx, &w.now); err != nil {
		return fmt.Errorf("insert ticket: %w", err)
	}
	for i := range w.events {
		w.events[i].Number = w.now.Number
	}
	return nil
}

// putTags keeps what an old row is found by; a new one brings its tags along.
func (s *Service) putTags(ctx context.Context, w *work) error {
	if w.was.Version == 0 || slices.Equal(w.was.Tags, w.now.Tags) {
		return nil
	}
	return wrap("put tags", s.store.PutTags(ctx, w.now.ID, w.now.Tags))
}

// keepRead sees to it that what agents do themselves is not unread to them.
func (s *Service) keepRead(ctx context.Context, w *work) error {
	if w.by.Kind != ByAgent || w.unread {
		return nil
	}
	read, err := s.store.ReadSeq(ctx, w.now.ID, w.by.ID)
	if err != nil && !errors.Is(err, people.ErrMissing) {
		return fmt.Errorf("load read mark: %w", err)
	}
	if read < w.was.NewsSeq {
		return nil
	}
	if err := s.store.MarkRead(ctx, w.now.ID, w.by.ID, w.now.LastSeq); err != nil {
		return fmt.Errorf("mark read: %w", err)
	}
	return nil
}

// missing turns the store's "no such row" into a refusal people can read.
func missing(err error, message string) error {
	if errors.Is(err, people.ErrMissing) {
		return &Error{Kind: Missing, Message: message, Err: err}
	}
	return err
}
