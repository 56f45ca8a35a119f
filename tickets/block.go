package tickets

import "context"

// Block has what a person writes kept in the journal without a ticket.
func (s *Service) Block(ctx context.Context, by Actor, person int64) error {
	return NewError(Unavailable, "", "error.ticket.busy")
}

// Unblock lets a person write again.
func (s *Service) Unblock(ctx context.Context, by Actor, person int64) error {
	return NewError(Unavailable, "", "error.ticket.busy")
}
