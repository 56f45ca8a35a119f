package people

import (
	"context"
	"fmt"
)

// EntryLink makes a link that signs an agent in, once, and answers its secret;
// earlier ones end. Only the process itself makes one, for a desk that is tried.
func (s *Service) EntryLink(ctx context.Context, agent int64) (secret string, err error) {
	err = s.store.InTx(ctx, func(ctx context.Context) error {
		secret, err = s.issue(ctx, LinkEntry, agent)
		return err
	})
	return secret, err
}

// Enter uses an entry link and answers who has signed in with it.
func (s *Service) Enter(ctx context.Context, secret string) (Agent, error) {
	var a Agent
	err := s.store.InTx(ctx, func(ctx context.Context) error {
		l, err := s.link(ctx, secret)
		if err != nil {
			return err
		}
		if l.Kind != LinkEntry {
			return fault(missing, "", "error.people.link")
		}
		if err := s.use(ctx, l); err != nil {
			return fmt.Errorf("use link: %w", err)
		}
		a, err = s.agent(ctx, l.AgentID)
		if err == nil && a.Disabled {
			return fault(denied, "", "error.people.disabled")
		}
		return err
	})
	return a, err
}
