package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"github.com/alexedwards/scs/v2"

	"okno/tickets/people"
)

var _ scs.CtxStore = (*Sessions)(nil)

// Sessions keeps signed-in sessions under the SHA-256 of their token, so that
// who reads the database cannot sign in with it.
type Sessions struct{ store *Store }

// Sessions is where the web keeps its sessions.
func (s *Store) Sessions() *Sessions { return &Sessions{store: s} }

// FindCtx implements scs.CtxStore.
func (s *Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.store.get(ctx, &data, `SELECT data FROM sessions WHERE hash = $1 AND expires_at > $2`,
		hashed(token), ms(s.store.Now(ctx)))
	if errors.Is(err, people.ErrMissing) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx implements scs.CtxStore; it also removes sessions that ended.
func (s *Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	return s.store.InTx(ctx, func(ctx context.Context) error {
		_, err := s.store.execQuietly(ctx, `DELETE FROM sessions WHERE expires_at <= $1`, ms(s.store.Now(ctx)))
		if err != nil {
			return err
		}
		_, err = s.store.execQuietly(ctx, `INSERT INTO sessions (hash, data, expires_at) VALUES ($1, $2, $3)
			ON CONFLICT (hash) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`,
			hashed(token), bytesOf(data), ms(expiry))
		return err
	})
}

// DeleteCtx implements scs.CtxStore.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	_, err := s.store.execQuietly(ctx, `DELETE FROM sessions WHERE hash = $1`, hashed(token))
	return err
}

// Find implements scs.Store.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit implements scs.Store.
func (s *Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete implements scs.Store.
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
