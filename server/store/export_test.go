package store

import (
	"context"
	"strings"

	"okno/tickets"
)

// ListSQL is the query of a list, for tests of its plan; it has the arguments
// agent, team, place, id and limit.
func ListSQL(q tickets.ListQuery) string {
	l, _ := listingOf(q)
	return l.query()
}

// MessagesSQL reads a conversation; its argument is the ticket.
const MessagesSQL = messagesOf

// DueSQL are the queries of a claim, for tests of what they read; they have the
// arguments now, window and, the second, limit.
func (q *Queue) DueSQL() (window, lanes string) {
	return q.dueInWindow(), q.dueInLanes()
}

// Window is how many rows a claim looks at before it looks at lanes.
const Window = window

// Exec runs a statement as a transaction of its own.
func (s *Store) Exec(ctx context.Context, query string, args ...any) error {
	_, err := s.exec(ctx, query, args...)
	return err
}

// Rows reads the first column of a query.
func (s *Store) Rows(ctx context.Context, query string, args ...any) ([]string, error) {
	var out []string
	err := s.list(ctx, &out, query, args...)
	return out, err
}

// Plan is SQLite's plan of a query, a step on each line.
func (s *Store) Plan(ctx context.Context, query string, args ...any) (string, error) {
	var steps []struct {
		ID, Parent, NotUsed int64
		Detail              string
	}
	err := s.list(ctx, &steps, `EXPLAIN QUERY PLAN `+query, args...)
	var plan strings.Builder
	for _, step := range steps {
		plan.WriteString(step.Detail + "\n")
	}
	return plan.String(), err
}

// IndexedColumns are the columns of tickets and whether an index has them.
func IndexedColumns() map[string]bool {
	known := map[string]bool{}
	for _, c := range ticketWritten() {
		known[c.name] = c.indexed
	}
	return known
}

// TicketChange is what an update sets.
func TicketChange(old, now tickets.Ticket) string {
	set, _ := ticketChange(ticketArgs(old), ticketArgs(now))
	return set
}

// Questions are all combinations of filters and orders of BrowseTickets.
func Questions() []tickets.Browse { return questions() }

// BrowseSQL is the query of the first window of a question.
func BrowseSQL(q tickets.Browse) (string, []any, error) {
	b := browse(q)
	text, args := b.query(b.start(), 50)
	return expanded(text, args)
}
