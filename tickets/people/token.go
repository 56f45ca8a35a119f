package people

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Scope is how much a token may do; each contains the ones before it.
type Scope string

// The scopes.
const (
	ScopeRead  Scope = "read"  // look at everything but the settings
	ScopeWrite Scope = "write" // and answer, change and open tickets
	ScopeAdmin Scope = "admin" // and look at and change the settings
)

// Scopes are the scopes from the smallest to the largest.
func Scopes() []Scope { return []Scope{ScopeRead, ScopeWrite, ScopeAdmin} }

// Allows says whether whoever has s may do what asks for wanted.
func (s Scope) Allows(wanted Scope) bool { return s.rank() >= wanted.rank() && s.rank() > 0 }

// rank is 0 for a scope there is not.
func (s Scope) rank() int {
	for i, known := range Scopes() {
		if s == known {
			return i + 1
		}
	}
	return 0
}

// Token lets a program use the API as an agent. Only the SHA-256 of its secret
// is kept.
type Token struct {
	ID         int64
	Hash       string // hex SHA-256 of the secret
	Name       string // what the log says after "via"
	Scope      Scope
	AgentID    int64     // whom it acts as
	MadeBy     int64     // agent; 0: the command line
	CreatedAt  time.Time // the times are zero for never
	ExpiresAt  time.Time
	LastUsedAt time.Time // exact to a minute
	RevokedAt  time.Time
}

// Ended says whether the token no longer works.
func (t Token) Ended(now time.Time) bool {
	return !t.RevokedAt.IsZero() || !t.ExpiresAt.IsZero() && !now.Before(t.ExpiresAt)
}

// NewToken is what it takes to make a token.
type NewToken struct {
	Name  string
	Scope Scope
	Lasts time.Duration // 0: until it is revoked
	// As is the agent the token acts as; 0: a program of its own, which has the
	// name of the token and can sign in no other way.
	As int64
}

// tokenPrefix tells people and secret scanners what they have found.
const tokenPrefix = "okno_"

// MakeToken makes a token and answers its secret, which is not kept.
func (s *Service) MakeToken(ctx context.Context, by Agent, n NewToken) (t Token, secret string, err error) {
	if err := administrators(by); err != nil {
		return Token{}, "", err
	}
	if n.Name, err = typedName(n.Name); err != nil {
		return Token{}, "", err
	}
	if n.Scope.rank() == 0 {
		return Token{}, "", fault(invalid, "scope", "error.people.token.scope")
	}
	if n.Lasts < 0 {
		return Token{}, "", fault(invalid, "expires", "error.people.token.expires")
	}
	if secret, err = newSecret(); err != nil {
		return Token{}, "", err
	}
	err = s.store.InTx(ctx, func(ctx context.Context) error {
		t, err = s.insertToken(ctx, by, n, hash(secret))
		return err
	})
	if err != nil {
		return Token{}, "", err
	}
	return t, secret, nil
}

// newSecret is 256 random bits that can be selected with a double click.
func newSecret() (string, error) {
	raw := make([]byte, secretBytes)
	if _, err := rand.Read(raw); err != nil {
		return "", fmt.Errorf("make secret: %w", err)
	}
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw)
	return tokenPrefix + strings.ToLower(text), nil
}

func (s *Service) insertToken(ctx context.Context, by Agent, n NewToken, hash string) (Token, error) {
	as, err := s.bearer(ctx, n)
	if err != nil {
		return Token{}, err
	}
	t := Token{
		ID: s.store.NewID(), Hash: hash, Name: n.Name, Scope: n.Scope, AgentID: as.ID, MadeBy: by.ID,
		CreatedAt: s.store.Now(ctx),
	}
	if n.Lasts > 0 {
		t.ExpiresAt = t.CreatedAt.Add(n.Lasts)
	}
	if err := s.store.InsertToken(ctx, t); err != nil {
		return Token{}, fmt.Errorf("insert token: %w", err)
	}
	return t, nil
}

// bearer answers whom a new token acts as.
func (s *Service) bearer(ctx context.Context, n NewToken) (Agent, error) {
	if n.As == 0 {
		return s.insertProgram(ctx, n)
	}
	a, err := s.agent(ctx, n.As)
	switch {
	case err != nil:
		return Agent{}, err
	case a.Disabled:
		return Agent{}, fault(invalid, "as", "error.people.disabled")
	case n.Scope == ScopeAdmin && a.Role != Administrator:
		return Agent{}, fault(invalid, "scope", "error.people.token.role")
	}
	return a, nil
}

// insertProgram keeps an agent that is a program: no address, no password.
func (s *Service) insertProgram(ctx context.Context, n NewToken) (Agent, error) {
	p := Person{ID: s.store.NewID(), Name: n.Name, CreatedAt: s.store.Now(ctx)}
	if err := s.store.InsertPerson(ctx, p); err != nil {
		return Agent{}, fmt.Errorf("insert person: %w", err)
	}
	a := Agent{ID: s.store.NewID(), PersonID: p.ID, Name: n.Name, Role: Answerer, Program: true, CreatedAt: p.CreatedAt}
	if n.Scope == ScopeAdmin {
		a.Role = Administrator
	}
	if err := s.store.InsertAgent(ctx, a); err != nil {
		return Agent{}, fmt.Errorf("insert program: %w", err)
	}
	return a, nil
}

// usedExact is how exactly the last use of a token is kept: a write with every
// request would make every read a write.
const usedExact = time.Minute

// Bearer answers the token of a secret and whom it acts as, with no more rights
// than the scope gives.
func (s *Service) Bearer(ctx context.Context, secret string) (Token, Agent, error) {
	t, err := s.store.Token(ctx, hash(secret))
	if errors.Is(err, ErrMissing) {
		return Token{}, Agent{}, fault(denied, "", "error.people.token.unknown")
	}
	if err != nil {
		return Token{}, Agent{}, fmt.Errorf("load token: %w", err)
	}
	if t.Ended(s.store.Now(ctx)) {
		return Token{}, Agent{}, fault(denied, "", "error.people.token.ended")
	}
	a, err := s.agent(ctx, t.AgentID)
	if err == nil && a.Disabled {
		err = fault(denied, "", "error.people.disabled")
	}
	return t, within(a, t.Scope), err
}

// Used notes that a token was used, unless that was noted a moment ago.
func (s *Service) Used(ctx context.Context, t Token) error {
	now := s.store.Now(ctx)
	if now.Sub(t.LastUsedAt) < usedExact {
		return nil
	}
	if err := s.store.UseToken(ctx, t.ID, now); err != nil {
		return fmt.Errorf("note use of token: %w", err)
	}
	return nil
}

// within takes the rights from an agent that a scope does not give.
func within(a Agent, s Scope) Agent {
	if s != ScopeAdmin {
		a.Role = Answerer
	}
	return a
}

// Tokens answers every token, the latest first.
func (s *Service) Tokens(ctx context.Context, by Agent) ([]Token, error) {
	if err := administrators(by); err != nil {
		return nil, err
	}
	all, err := s.store.Tokens(ctx)
	if err != nil {
		return nil, fmt.Errorf("load tokens: %w", err)
	}
	return all, nil
}

// RevokeToken ends a token at once, and the program that had it.
func (s *Service) RevokeToken(ctx context.Context, by Agent, id int64) error {
	if err := administrators(by); err != nil {
		return err
	}
	return s.store.InTx(ctx, func(ctx context.Context) error {
		t, err := s.tokenByID(ctx, id)
		if err != nil {
			return err
		}
		if err := s.store.RevokeToken(ctx, id, s.store.Now(ctx)); err != nil {
			return fmt.Errorf("revoke token: %w", err)
		}
		return s.retire(ctx, t.AgentID)
	})
}

func (s *Service) tokenByID(ctx context.Context, id int64) (Token, error) {
	all, err := s.store.Tokens(ctx)
	if err != nil {
		return Token{}, fmt.Errorf("load tokens: %w", err)
	}
	for _, t := range all {
		if t.ID == id {
			return t, nil
		}
	}
	return Token{}, fault(missing, "", "error.people.token.missing")
}

// retire disables an agent that is a program.
func (s *Service) retire(ctx context.Context, agent int64) error {
	a, err := s.agent(ctx, agent)
	if err != nil || !a.Program {
		return err
	}
	a.Disabled = true
	if err := s.store.UpdateAgent(ctx, a); err != nil {
		return fmt.Errorf("disable program: %w", err)
	}
	return nil
}
