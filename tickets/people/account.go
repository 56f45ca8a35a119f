package people

import (
	"context"
	"fmt"
)

// Accept uses an invite or reset link: the agent chooses name, password and
// language. The e-mail stays the one that was invited; what n says is ignored.
// An empty name or language keeps the one there is.
func (s *Service) Accept(ctx context.Context, secret string, n NewAccount) (Agent, error) {
	a, err := s.LinkAgent(ctx, secret)
	if err != nil {
		return Agent{}, err
	}
	if n, err = accepted(a, n); err != nil {
		return Agent{}, err
	}
	passwordHash, err := s.hasher.Hash(n.Password)
	if err != nil {
		return Agent{}, fmt.Errorf("hash password: %w", err)
	}
	err = s.store.InTx(ctx, func(ctx context.Context) (err error) {
		if a, err = s.takeLink(ctx, secret); err != nil {
			return err
		}
		a.Name, a.Language, a.PasswordHash = n.Name, n.Language, passwordHash
		return s.updateWithPerson(ctx, a)
	})
	if err != nil {
		return Agent{}, err
	}
	return a, nil
}

// accepted fills in what the agent left empty and checks the rest.
func accepted(a Agent, n NewAccount) (NewAccount, error) {
	n.Email = a.Email
	if n.Name == "" {
		n.Name = a.Name
	}
	if n.Language == "" {
		n.Language = a.Language
	}
	return normal(n)
}

// takeLink uses a link and ends every other one of its agent.
func (s *Service) takeLink(ctx context.Context, secret string) (Agent, error) {
	a, err := s.LinkAgent(ctx, secret)
	if err != nil {
		return Agent{}, err
	}
	if err := s.use(ctx, Link{Hash: hash(secret)}); err != nil {
		return Agent{}, err
	}
	return a, s.endLinks(ctx, a.ID)
}

// endLinks ends the links an agent has not used, because the password they
// would set was set another way.
func (s *Service) endLinks(ctx context.Context, agent int64) error {
	for _, kind := range []LinkKind{LinkInvite, LinkReset} {
		if err := s.store.EndLinks(ctx, kind, agent); err != nil {
			return fmt.Errorf("end links: %w", err)
		}
	}
	return nil
}

// Profile is what agents change about themselves.
type Profile struct {
	Name, Language, Theme, TimeZone, Signature string
}

// ChangeProfile changes the agent's own profile.
func (s *Service) ChangeProfile(ctx context.Context, by Agent, p Profile) (Agent, error) {
	name, err := typedName(p.Name)
	if err != nil {
		return Agent{}, err
	}
	if err := checkProfile(p); err != nil {
		return Agent{}, err
	}
	var a Agent
	err = s.store.InTx(ctx, func(ctx context.Context) (err error) {
		if a, err = s.agent(ctx, by.ID); err != nil {
			return err
		}
		a.Name, a.Language, a.Theme = name, p.Language, p.Theme
		a.TimeZone, a.Signature = p.TimeZone, p.Signature
		return s.updateWithPerson(ctx, a)
	})
	if err != nil {
		return Agent{}, err
	}
	return a, nil
}

// updateWithPerson writes an agent and carries name and language to the person
// the agent is.
func (s *Service) updateWithPerson(ctx context.Context, a Agent) error {
	if err := s.store.UpdateAgent(ctx, a); err != nil {
		return fmt.Errorf("update agent: %w", err)
	}
	p, err := s.store.Person(ctx, a.PersonID)
	if err != nil {
		return fmt.Errorf("load person: %w", err)
	}
	p.Name, p.Language = a.Name, a.Language
	if err := s.store.UpdatePerson(ctx, p); err != nil {
		return fmt.Errorf("update person: %w", err)
	}
	return nil
}

// ChangePassword changes the agent's own password.
func (s *Service) ChangePassword(ctx context.Context, by Agent, old, fresh string) error {
	a, err := s.agent(ctx, by.ID)
	if err != nil {
		return err
	}
	ok, err := s.compare(old, a.PasswordHash)
	if err != nil {
		return err
	}
	if !ok || a.PasswordHash == "" {
		return fault(denied, "old", "error.people.password.wrong")
	}
	if err := checkPassword(fresh, a.Email); err != nil {
		return err
	}
	return s.setPassword(ctx, a.ID, fresh)
}

func (s *Service) setPassword(ctx context.Context, agent int64, password string) error {
	passwordHash, err := s.hasher.Hash(password)
	if err != nil {
		return fmt.Errorf("hash password: %w", err)
	}
	return s.store.InTx(ctx, func(ctx context.Context) error {
		a, err := s.agent(ctx, agent)
		if err != nil {
			return err
		}
		a.PasswordHash = passwordHash
		if err := s.store.UpdateAgent(ctx, a); err != nil {
			return fmt.Errorf("update agent: %w", err)
		}
		return s.endLinks(ctx, agent)
	})
}
