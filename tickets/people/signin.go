package people

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
)

// dummy is the hash unknown addresses are compared with, so that a stranger
// cannot tell by the clock who works here. It is made with the first need.
type dummy struct {
	once sync.Once
	hash string
	err  error
}

func (d *dummy) get(h Hasher) (string, error) {
	d.once.Do(func() { d.hash, d.err = h.Hash("no password is this one") })
	return d.hash, d.err
}

// SignIn answers the agent whose e-mail and password these are. Unknown address
// and wrong password give the same Fault after the same work.
func (s *Service) SignIn(ctx context.Context, email, password string) (Agent, error) {
	a, err := s.store.AgentByEmail(ctx, strings.ToLower(strings.TrimSpace(email)))
	if err != nil && !errors.Is(err, ErrMissing) {
		return Agent{}, fmt.Errorf("look for agent: %w", err)
	}
	known := err == nil && a.PasswordHash != ""
	ok, err := s.compare(password, a.PasswordHash)
	if err != nil {
		return Agent{}, err
	}
	switch {
	case !known || !ok:
		return Agent{}, fault(denied, "password", "error.people.sign_in")
	case a.Disabled:
		return Agent{}, fault(denied, "", "error.people.disabled")
	}
	return s.seen(ctx, a.ID)
}

// compare does the work of a comparison even where there is nothing to compare.
func (s *Service) compare(password, with string) (bool, error) {
	decoy, err := s.dummy.get(s.hasher)
	if err != nil {
		return false, fmt.Errorf("hash dummy: %w", err)
	}
	if with == "" {
		with = decoy
	}
	if len(password) > 4*longestPassword {
		password = ""
	}
	ok, err := s.hasher.Matches(password, with)
	if err != nil {
		return false, fmt.Errorf("compare password: %w", err)
	}
	return ok, nil
}

// seen remembers when an agent was last here. The row is loaded again so that
// a change made meanwhile is not undone.
func (s *Service) seen(ctx context.Context, agent int64) (a Agent, err error) {
	err = s.store.InTx(ctx, func(ctx context.Context) error {
		if a, err = s.agent(ctx, agent); err != nil {
			return err
		}
		a.LastSeenAt = s.store.Now(ctx)
		return s.store.UpdateAgent(ctx, a)
	})
	return a, err
}
