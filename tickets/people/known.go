package people

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Known answers the person behind an address and makes one at the first sight.
// A name or language learned later is kept where there was none.
func (s *Service) Known(ctx context.Context, network, address, name, language string) (Person, error) {
	var p Person
	err := s.store.InTx(ctx, func(ctx context.Context) (err error) {
		i := Identity{Network: network, Address: address}
		if p, err = s.met(ctx, i, Person{Name: shownName(name, address), Language: language}); err != nil {
			return err
		}
		p, err = s.learn(ctx, p, name, language)
		return err
	})
	return p, err
}

// met answers the owner of an address; fresh, when nobody has it. Somebody else
// may meet the same person at the same moment: then theirs counts.
func (s *Service) met(ctx context.Context, i Identity, fresh Person) (Person, error) {
	p, err := s.store.IdentityOwner(ctx, i.Network, i.Address)
	if errors.Is(err, ErrMissing) {
		fresh.ID, fresh.CreatedAt = s.store.NewID(), s.store.Now(ctx)
		i.PersonID, p = fresh.ID, fresh
		err = s.store.InsertKnown(ctx, fresh, i)
	}
	if errors.Is(err, ErrTaken) {
		p, err = s.store.IdentityOwner(ctx, i.Network, i.Address)
	}
	if err != nil {
		return Person{}, fmt.Errorf("meet person: %w", err)
	}
	return p, nil
}

// learn fills in what was not known about a person: a name that was only the
// address, a language.
func (s *Service) learn(ctx context.Context, p Person, name, language string) (Person, error) {
	was := p
	if shown := shownName(name, ""); shown != "" && (p.Name == "" || strings.Contains(p.Name, "@")) {
		p.Name = shown
	}
	if p.Language == "" {
		p.Language = language
	}
	if p == was {
		return p, nil
	}
	if err := s.store.UpdatePerson(ctx, p); err != nil {
		return Person{}, fmt.Errorf("update person: %w", err)
	}
	return p, nil
}

// shownName makes one line of a foreign display name, the address where there
// is none, never longer than a name may be.
func shownName(name, address string) string {
	typed, err := typedName(name)
	if err == nil {
		return typed
	}
	if cut := []rune(name); len(cut) > longestName {
		return strings.TrimSpace(string(cut[:longestName]))
	}
	return address
}

// AgentBehind answers the agent whose person owns the address; ErrMissing when
// it is no agent's. Disabled agents are nobody's agents.
func (s *Service) AgentBehind(ctx context.Context, network, address string) (Agent, error) {
	p, err := s.store.IdentityOwner(ctx, network, address)
	if err != nil {
		return Agent{}, err
	}
	all, err := s.store.Agents(ctx)
	if err != nil {
		return Agent{}, fmt.Errorf("load agents: %w", err)
	}
	for _, a := range all {
		if a.PersonID == p.ID && !a.Disabled {
			return a, nil
		}
	}
	return Agent{}, ErrMissing
}
