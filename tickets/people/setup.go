package people

import (
	"context"
	"fmt"
)

// NewAccount is what somebody types to become an agent.
type NewAccount struct {
	Name, Email, Password, Language string
}

// SetUp says whether an administrator exists.
func (s *Service) SetUp(ctx context.Context) (bool, error) {
	all, err := s.store.Agents(ctx)
	if err != nil {
		return false, fmt.Errorf("load agents: %w", err)
	}
	return len(administratorsOf(all)) > 0, nil
}

// administratorsOf answers those who can sign in and change settings.
func administratorsOf(all []Agent) []Agent {
	var out []Agent
	for _, a := range all {
		if a.Role == Administrator && !a.Disabled && a.PasswordHash != "" {
			out = append(out, a)
		}
	}
	return out
}

// SetupLink makes a fresh set-up link and answers its secret; earlier ones end.
func (s *Service) SetupLink(ctx context.Context) (secret string, err error) {
	err = s.store.InTx(ctx, func(ctx context.Context) error {
		secret, err = s.issue(ctx, LinkSetup, 0)
		return err
	})
	return secret, err
}

// FirstAdministrator uses a set-up link. An empty secret is allowed only for
// the desk itself (unattended first start). Once there is an administrator
// nobody becomes the first one any more, whatever link they hold.
func (s *Service) FirstAdministrator(ctx context.Context, secret string, n NewAccount) (Agent, error) {
	n, err := normal(n)
	if err != nil {
		return Agent{}, err
	}
	passwordHash, err := s.hasher.Hash(n.Password)
	if err != nil {
		return Agent{}, fmt.Errorf("hash password: %w", err)
	}
	var a Agent
	err = s.store.InTx(ctx, func(ctx context.Context) (err error) {
		if err := s.takeSetup(ctx, secret); err != nil {
			return err
		}
		a, err = s.insertAgent(ctx, Agent{
			Name: n.Name, Email: n.Email, Role: Administrator,
			Language: n.Language, PasswordHash: passwordHash,
		})
		return err
	})
	return a, err
}

// takeSetup uses the set-up link of a desk that has no administrator.
func (s *Service) takeSetup(ctx context.Context, secret string) error {
	done, err := s.SetUp(ctx)
	if err != nil {
		return err
	}
	if done {
		return fault(blocked, "", "error.people.setup.done")
	}
	if secret == "" {
		return nil
	}
	l, err := s.link(ctx, secret)
	if err != nil {
		return err
	}
	if l.Kind != LinkSetup {
		return fault(missing, "", "error.people.link")
	}
	return s.use(ctx, l)
}

// normal checks an account and writes it as we keep it.
func normal(n NewAccount) (NewAccount, error) {
	var err error
	if n.Name, err = typedName(n.Name); err != nil {
		return n, err
	}
	if n.Email, err = typedEmail(n.Email); err != nil {
		return n, err
	}
	n.Language = language(n.Language)
	return n, checkPassword(n.Password, n.Email)
}
