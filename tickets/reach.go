package tickets

import "context"

// Reach records on a ticket that one of its people takes no messages from us
// any more, or takes them again.
func (s *Service) Reach(ctx context.Context, ticket int64, d ReachData) error {
	_, err := s.edit(ctx, ticket, func(_ context.Context, w *work) error {
		return w.record(AsPerson(d.PersonID), fact{ReachChanged, d})
	})
	return err
}
