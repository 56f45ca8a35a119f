package people

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// secretBytes is the length of a link's secret before it is written as text.
const secretBytes = 32

// lifetime is how long a link works.
func lifetime(k LinkKind) time.Duration {
	if k == LinkInvite {
		return 72 * time.Hour
	}
	return 30 * time.Minute
}

// hash is what is kept of a secret: hex SHA-256.
func hash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// issue makes a link, which ends earlier ones, and answers its secret, which is
// not kept.
func (s *Service) issue(ctx context.Context, kind LinkKind, agent int64) (string, error) {
	if err := s.store.EndLinks(ctx, kind, agent); err != nil {
		return "", fmt.Errorf("end links: %w", err)
	}
	raw := make([]byte, secretBytes)
	if _, err := rand.Read(raw); err != nil {
		return "", fmt.Errorf("make secret: %w", err)
	}
	secret := base64.RawURLEncoding.EncodeToString(raw)
	l := Link{Hash: hash(secret), Kind: kind, AgentID: agent, ExpiresAt: s.store.Now(ctx).Add(lifetime(kind))}
	if err := s.store.PutLink(ctx, l); err != nil {
		return "", fmt.Errorf("keep link: %w", err)
	}
	return secret, nil
}

// link answers the link of a secret while it can still be used.
func (s *Service) link(ctx context.Context, secret string) (Link, error) {
	l, err := s.store.Link(ctx, hash(secret))
	if errors.Is(err, ErrMissing) {
		return Link{}, fault(missing, "", "error.people.link")
	}
	if err != nil {
		return Link{}, fmt.Errorf("load link: %w", err)
	}
	if !l.UsedAt.IsZero() || !s.store.Now(ctx).Before(l.ExpiresAt) {
		return Link{}, fault(missing, "", "error.people.link")
	}
	return l, nil
}

// use ends a link; of two callers one wins.
func (s *Service) use(ctx context.Context, l Link) error {
	err := s.store.UseLink(ctx, l.Hash, s.store.Now(ctx))
	if errors.Is(err, ErrMissing) {
		return fault(missing, "", "error.people.link")
	}
	return err
}

// NewLink makes a reset link for an agent, or a new invite link for one who has
// not chosen a password yet.
func (s *Service) NewLink(ctx context.Context, by Agent, agent int64) (secret string, err error) {
	if err := administrators(by); err != nil {
		return "", err
	}
	err = s.store.InTx(ctx, func(ctx context.Context) error {
		a, err := s.agent(ctx, agent)
		if err != nil {
			return err
		}
		if a.Program {
			return fault(blocked, "", "error.people.program")
		}
		kind := LinkReset
		if a.PasswordHash == "" {
			kind = LinkInvite
		}
		secret, err = s.issue(ctx, kind, a.ID)
		return err
	})
	return secret, err
}

// LinkAgent answers whom an unused invite or reset link belongs to.
func (s *Service) LinkAgent(ctx context.Context, secret string) (Agent, error) {
	l, err := s.link(ctx, secret)
	if err != nil {
		return Agent{}, err
	}
	if l.Kind == LinkSetup || l.Kind == LinkEntry {
		return Agent{}, fault(missing, "", "error.people.link")
	}
	a, err := s.agent(ctx, l.AgentID)
	if err == nil && a.Disabled {
		return Agent{}, fault(denied, "", "error.people.disabled")
	}
	return a, err
}

// agent loads an agent or says that there is none.
func (s *Service) agent(ctx context.Context, id int64) (Agent, error) {
	a, err := s.store.Agent(ctx, id)
	if errors.Is(err, ErrMissing) {
		return Agent{}, fault(missing, "", "error.people.agent.missing")
	}
	if err != nil {
		return Agent{}, fmt.Errorf("load agent: %w", err)
	}
	return a, nil
}
