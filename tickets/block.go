package tickets

import (
	"context"
	"fmt"
)

// Block has what a person writes kept in the journal without a ticket, by
// whatever channel. Agents cannot be blocked; their accounts are closed instead.
func (s *Service) Block(ctx context.Context, by Actor, person int64) error {
	if err := onlyAgents(by); err != nil {
		return err
	}
	return s.store.InTx(ctx, func(ctx context.Context) error {
		agents, err := s.store.Agents(ctx)
		if err != nil {
			return fmt.Errorf("load agents: %w", err)
		}
		for _, a := range agents {
			if a.PersonID == person && !a.Disabled {
				return NewError(Blocked, "", "error.block.agent", "who", a.Name)
			}
		}
		return missing(s.store.BlockPerson(ctx, person, true), "error.requester.unknown")
	})
}

// Unblock lets a person write again.
func (s *Service) Unblock(ctx context.Context, by Actor, person int64) error {
	if err := onlyAgents(by); err != nil {
		return err
	}
	return missing(s.store.BlockPerson(ctx, person, false), "error.requester.unknown")
}
