package store

import (
	"context"
	"time"

	"okno/tickets/people"
)

// MailLink implements people.MailLinkStore.
func (s *Store) MailLink(ctx context.Context, hash string) (people.MailLink, error) {
	var r struct {
		Browser, Address, Language, Next string
		ExpiresAt                        int64 `db:"expires_at"`
		UsedAt                           int64 `db:"used_at"`
	}
	err := s.get(ctx, &r, `SELECT browser, address, language, next, expires_at, used_at FROM mail_links WHERE hash = $1`, hash)
	return people.MailLink{Hash: hash, Browser: r.Browser, Address: r.Address, Language: r.Language, Next: r.Next,
		ExpiresAt: at(r.ExpiresAt), UsedAt: at(r.UsedAt)}, err
}

// PutMailLink implements people.MailLinkStore.
func (s *Store) PutMailLink(ctx context.Context, l people.MailLink) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.execQuietly(ctx, `DELETE FROM mail_links WHERE expires_at <= $1`, ms(s.Now(ctx))); err != nil {
			return err
		}
		_, err := s.execQuietly(ctx, `INSERT INTO mail_links (hash, browser, address, language, next, expires_at, used_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			l.Hash, l.Browser, l.Address, l.Language, l.Next, ms(l.ExpiresAt), ms(l.UsedAt))
		return err
	})
}

// UseMailLink implements people.MailLinkStore.
func (s *Store) UseMailLink(ctx context.Context, hash string, now time.Time) error {
	return orMissing(s.execQuietly(ctx, `UPDATE mail_links SET used_at = $2 WHERE hash = $1 AND used_at = 0 AND expires_at > $2`,
		hash, ms(now)))
}
