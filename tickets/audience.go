package tickets

import (
	"context"
	"fmt"
	"slices"

	"okno/tickets/forms"
)

// reach answers how much of a shelf an actor may see. Where everybody sees the
// same, nobody is looked up.
func (s *Service) reach(ctx context.Context, by Actor, on *shelf) (reach, error) {
	switch {
	case by.Kind != ByPerson:
		return ofAll, nil
	case by.ID == 0 || len(on.shown[ofAgents]) == len(on.shown[ofEverybody]):
		return ofEverybody, nil
	}
	return s.reachOf(ctx, by.ID)
}

// reachOf answers how much of the catalogue a person may see.
func (s *Service) reachOf(ctx context.Context, person int64) (reach, error) {
	agents, err := s.store.Agents(ctx)
	if err != nil {
		return ofEverybody, fmt.Errorf("load agents: %w", err)
	}
	for _, a := range agents {
		if a.PersonID == person && !a.Disabled {
			return ofAgents, nil
		}
	}
	addresses, err := s.store.Identities(ctx, person)
	if err != nil {
		return ofEverybody, fmt.Errorf("load addresses: %w", err)
	}
	for _, i := range addresses {
		if !i.VerifiedAt.IsZero() {
			return ofKnown, nil
		}
	}
	return ofEverybody, nil
}

// mayAsk refuses a person who is not among those a request type is for. Whoever
// has the link of a hidden one may ask for it; those who work on tickets ask for
// anybody.
func (s *Service) mayAsk(ctx context.Context, by Actor, t forms.RequestType) error {
	open := []forms.Audience{forms.Everybody, forms.Nobody}
	if by.Kind != ByPerson || slices.Contains(open, t.Audience) {
		return nil
	}
	r, err := s.reachOf(ctx, by.ID)
	if err != nil {
		return err
	}
	if !r.sees(t.Audience) {
		return NewError(Denied, "", "error.request.denied")
	}
	return nil
}
