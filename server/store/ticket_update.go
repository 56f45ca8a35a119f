package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"

	"okno/tickets"
	"okno/tickets/people"
)

// ticketColumn is a column as UpdateTicket writes it. What stands in an index is
// written only when it changes: SQLite makes the entry of a row anew in every
// index that has a column the statement names.
type ticketColumn struct {
	name    string
	indexed bool
}

// ticketWritten are the columns of ticketArgs, in its order.
func ticketWritten() [36]ticketColumn {
	return [36]ticketColumn{
		{"id", true}, {"number", true}, {"version", false}, {"subject", false}, {"status_id", true}, {"category", true},
		{"priority", false}, {"team_id", true}, {"assignee_id", true}, {"requester_id", true}, {"channel_id", true},
		{"place", false}, {"tags", false}, {"followers", false}, {"spam", true}, {"listed", true}, {"looks_like", false},
		{"created_at", false}, {"updated_at", true}, {"solved_at", false}, {"waiting_since", false}, {"last_seq", false},
		{"news_seq", false}, {"last_public_at", false}, {"snippet", false}, {"last_by", false}, {"undelivered", false},
		{"attention", true}, {"fields", false}, {"merged_into", true}, {"deleted_at", true}, {"gone", true}, {"approval", false},
		{"type_id", false}, {"type_version", false}, {"rating", false},
	}
}

// UpdateTicket implements tickets.TicketStore.
func (s *Store) UpdateTicket(ctx context.Context, t tickets.Ticket, was int64) error {
	var old []any
	seen, known := s.remembered(ctx, t.ID)
	if known = known && seen.Version == was; known {
		old = ticketArgs(seen)
	}
	set, args := ticketChange(old, ticketArgs(t))
	err := orMissing(s.exec(ctx, `UPDATE tickets SET `+set+` WHERE id = $1 AND version = $2`, append([]any{t.ID, was}, args...)...))
	if errors.Is(err, people.ErrMissing) {
		return tickets.ErrStale
	}
	if err != nil {
		return err
	}
	s.remember(ctx, t)
	return s.changeFollowers(ctx, seen, known, t)
}

// ticketChange is what to set, from $3 on; without an old row everything.
func ticketChange(old, now []any) (set string, args []any) {
	var b strings.Builder
	for i, c := range ticketWritten() {
		if c.indexed && old != nil && same(old[i], now[i]) {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		args = append(args, now[i])
		fmt.Fprintf(&b, "%s = $%d", c.name, len(args)+2)
	}
	return b.String(), args
}

// same compares two values of a column. Documents are never indexed and count
// as changed.
func same(a, b any) bool {
	if _, document := a.(driver.Valuer); document {
		return false
	}
	return a == b
}

// remember keeps a row for as long as the transaction in ctx lasts.
func (s *Store) remember(ctx context.Context, t tickets.Ticket) {
	x := s.tx(ctx)
	if x == nil {
		return
	}
	if x.seen == nil {
		x.seen = map[int64]tickets.Ticket{}
	}
	x.seen[t.ID] = t
}

// remembered answers the row as this transaction has read or written it last.
func (s *Store) remembered(ctx context.Context, id int64) (tickets.Ticket, bool) {
	x := s.tx(ctx)
	if x == nil {
		return tickets.Ticket{}, false
	}
	t, ok := x.seen[id]
	return t, ok
}
