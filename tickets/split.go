package tickets

import "context"

// Split moves messages of a ticket to a new one and answers that. An empty
// subject means the ticket's own.
func (s *Service) Split(ctx context.Context, by Actor, ticket int64, messages []int64, subject string) (Ticket, error) {
	return Ticket{}, NewError(Unavailable, "", "error.ticket.busy")
}

// Unsplit puts the messages of a ticket made by Split back where they were and
// answers the ticket they are in again.
func (s *Service) Unsplit(ctx context.Context, by Actor, ticket int64) (Ticket, error) {
	return Ticket{}, NewError(Unavailable, "", "error.ticket.busy")
}
