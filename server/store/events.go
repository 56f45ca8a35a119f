package store

import (
	"context"
	"encoding/json"

	"okno/tickets"
)

type eventRow struct {
	Pos       int64
	TicketID  int64 `db:"ticket_id"`
	Number    int64
	Seq       int64
	Type      string
	ActorKind string `db:"actor_kind"`
	ActorID   int64  `db:"actor_id"`
	ActorVia  string `db:"actor_via"`
	At        int64
	Data      string
}

const eventColumns = `pos, ticket_id, number, seq, type, actor_kind, actor_id, actor_via, at, data`

// AppendEvents implements tickets.EventStore. The events are written, and get
// their Pos, at the end of the transaction or before it reads the log: from then
// on no other transaction can append until this one has committed, so a follower
// that has seen a position has seen all before it.
func (s *Store) AppendEvents(ctx context.Context, events []tickets.Event) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		t := s.tx(ctx)
		t.events = append(t.events, events)
		return nil
	})
}

func (s *Store) flushEvents(ctx context.Context, t *tx) error {
	batches := t.events
	t.events = nil
	for _, events := range batches {
		if len(events) == 0 {
			continue
		}
		last, err := s.advance(ctx, "event_pos", len(events))
		if err != nil {
			return err
		}
		for i := range events {
			events[i].Pos = last - int64(len(events)-1-i)
			if err := s.insertEvent(ctx, events[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *Store) insertEvent(ctx context.Context, e tickets.Event) error {
	_, err := s.exec(ctx, `INSERT INTO events (`+eventColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		e.Pos, e.TicketID, e.Number, e.Seq, string(e.Type), string(e.Actor.Kind), e.Actor.ID, e.Actor.Via, ms(e.At), string(e.Data))
	return err
}

// TicketEvents implements tickets.EventStore.
func (s *Store) TicketEvents(ctx context.Context, ticket int64) ([]tickets.Event, error) {
	return s.events(ctx, `SELECT `+eventColumns+` FROM events WHERE ticket_id = $1 ORDER BY seq`, ticket)
}

// EventsAfter implements tickets.EventStore.
func (s *Store) EventsAfter(ctx context.Context, pos int64, limit int) ([]tickets.Event, error) {
	return s.events(ctx, `SELECT `+eventColumns+` FROM events WHERE pos > $1 ORDER BY pos `+most(2), pos, limit)
}

// LastPos implements tickets.EventStore.
func (s *Store) LastPos(ctx context.Context) (int64, error) {
	if err := s.written(ctx); err != nil {
		return 0, err
	}
	var pos int64
	err := s.get(ctx, &pos, `SELECT value FROM counters WHERE name = 'event_pos'`)
	return pos, err
}

func (s *Store) events(ctx context.Context, query string, args ...any) ([]tickets.Event, error) {
	if err := s.written(ctx); err != nil {
		return nil, err
	}
	var rows []eventRow
	err := s.list(ctx, &rows, query, args...)
	found := make([]tickets.Event, len(rows))
	for i, r := range rows {
		found[i] = tickets.Event{Pos: r.Pos, TicketID: r.TicketID, Number: r.Number, Seq: r.Seq,
			Type: tickets.EventType(r.Type), Actor: tickets.Actor{Kind: tickets.ActorKind(r.ActorKind), ID: r.ActorID, Via: r.ActorVia},
			At: at(r.At), Data: json.RawMessage(r.Data)}
	}
	return found, err
}

// written lets a transaction read what it has collected.
func (s *Store) written(ctx context.Context) error {
	if t := s.tx(ctx); t != nil {
		return s.flush(ctx, t)
	}
	return nil
}
