package people

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"
)

// MailLink proves that somebody reads a mailbox: whoever opens it in the browser
// that asked for it is the person behind the address.
type MailLink struct {
	Hash      string // hex SHA-256 of the secret in the link
	Browser   string // hex SHA-256 of the secret that the asking browser keeps
	Address   string // lower case
	Language  string // of the page it was asked on
	Next      string // path of ours to go on with; "" for the usual one
	ExpiresAt time.Time
	UsedAt    time.Time // zero: unused
}

// mailLinkLasts is how long a link sent by mail works.
const mailLinkLasts = 15 * time.Minute

// AskMailLink makes a link for somebody who says that a mailbox is theirs, and
// answers its secret, which is not kept. Browser is a secret of the browser that
// asks, next where to go on. The address need not be known yet. The secret is
// empty where nobody is to be let in: a caller says nothing about that.
func (s *Service) AskMailLink(ctx context.Context, browser string, l MailLink) (MailLink, string, error) {
	var err error
	if l.Address, err = typedEmail(l.Address); err != nil {
		return l, "", err
	}
	owner, err := s.store.IdentityOwner(ctx, mailNetwork, l.Address)
	if err != nil && !errors.Is(err, ErrMissing) {
		return l, "", fmt.Errorf("look for person: %w", err)
	}
	if owner.Blocked {
		return l, "", nil
	}
	secret := rand.Text()
	l.Hash, l.Browser = hash(secret), hash(browser)
	l.ExpiresAt, l.UsedAt = s.store.Now(ctx).Add(mailLinkLasts), time.Time{}
	if err := s.store.PutMailLink(ctx, l); err != nil {
		return l, "", fmt.Errorf("keep link: %w", err)
	}
	return l, secret, nil
}

// MailLink answers the link of a secret while it can be used in this browser.
func (s *Service) MailLink(ctx context.Context, secret, browser string) (MailLink, error) {
	l, err := s.store.MailLink(ctx, hash(secret))
	if err != nil && !errors.Is(err, ErrMissing) {
		return MailLink{}, fmt.Errorf("load link: %w", err)
	}
	switch {
	case err != nil, !l.UsedAt.IsZero(), !s.store.Now(ctx).Before(l.ExpiresAt):
		return MailLink{}, fault(missing, "", "error.people.mail_link")
	case browser == "" || l.Browser != hash(browser):
		return MailLink{}, fault(blocked, "", "error.people.mail_link.browser")
	}
	return l, nil
}

// UseMailLink ends a link and answers the person behind its address, who is made
// at the first sight. Of two callers one wins.
func (s *Service) UseMailLink(ctx context.Context, secret, browser string) (p Person, l MailLink, err error) {
	err = s.store.InTx(ctx, func(ctx context.Context) error {
		if l, err = s.MailLink(ctx, secret, browser); err != nil {
			return err
		}
		err := s.store.UseMailLink(ctx, l.Hash, s.store.Now(ctx))
		if errors.Is(err, ErrMissing) {
			return fault(missing, "", "error.people.mail_link")
		}
		if err != nil {
			return fmt.Errorf("use link: %w", err)
		}
		p, err = s.proved(ctx, l)
		return err
	})
	return p, l, err
}

// proved answers the person who has just shown that a mailbox is theirs.
func (s *Service) proved(ctx context.Context, l MailLink) (Person, error) {
	i := Identity{Network: mailNetwork, Address: l.Address, VerifiedAt: s.store.Now(ctx)}
	p, err := s.met(ctx, i, Person{Name: l.Address, Language: l.Language})
	if err != nil {
		return Person{}, err
	}
	if p.Blocked {
		return Person{}, fault(missing, "", "error.people.mail_link")
	}
	if err := s.verify(ctx, p.ID, i); err != nil {
		return Person{}, err
	}
	return s.learn(ctx, p, "", l.Language)
}

// verify notes when an address was proved first.
func (s *Service) verify(ctx context.Context, person int64, proof Identity) error {
	known, err := s.store.Identities(ctx, person)
	if err != nil {
		return fmt.Errorf("load addresses: %w", err)
	}
	for _, i := range known {
		if i.Network != proof.Network || !strings.EqualFold(i.Address, proof.Address) || !i.VerifiedAt.IsZero() {
			continue
		}
		i.VerifiedAt = proof.VerifiedAt
		if err := s.store.PutIdentity(ctx, i); err != nil {
			return fmt.Errorf("note proof of address: %w", err)
		}
	}
	return nil
}
