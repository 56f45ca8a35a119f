package tickets

import (
	"context"

	"okno/tickets/forms"
)

// BeginApproval begins the stages of a request type on a ticket that is there.
func (s *Service) BeginApproval(ctx context.Context, ticket int64, t forms.RequestType, a forms.Answers) error {
	_, err := s.edit(ctx, ticket, func(ctx context.Context, w *work) error { return s.beginApproval(ctx, w, t, a) })
	return err
}
