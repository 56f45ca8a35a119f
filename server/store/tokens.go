package store

import (
	"context"
	"time"

	"okno/tickets/people"
)

type tokenRow struct {
	ID         int64
	Hash       string
	Name       string
	Scope      string
	AgentID    int64 `db:"agent_id"`
	MadeBy     int64 `db:"made_by"`
	CreatedAt  int64 `db:"created_at"`
	ExpiresAt  int64 `db:"expires_at"`
	LastUsedAt int64 `db:"last_used_at"`
	RevokedAt  int64 `db:"revoked_at"`
}

const tokenColumns = `id, hash, name, scope, agent_id, made_by, created_at, expires_at, last_used_at, revoked_at`

func (r tokenRow) token() people.Token {
	return people.Token{ID: r.ID, Hash: r.Hash, Name: r.Name, Scope: people.Scope(r.Scope), AgentID: r.AgentID,
		MadeBy: r.MadeBy, CreatedAt: at(r.CreatedAt), ExpiresAt: at(r.ExpiresAt), LastUsedAt: at(r.LastUsedAt),
		RevokedAt: at(r.RevokedAt)}
}

// Token implements people.TokenStore.
func (s *Store) Token(ctx context.Context, hash string) (people.Token, error) {
	var r tokenRow
	err := s.get(ctx, &r, `SELECT `+tokenColumns+` FROM tokens WHERE hash = $1`, hash)
	return r.token(), err
}

// Tokens implements people.TokenStore.
func (s *Store) Tokens(ctx context.Context) ([]people.Token, error) {
	var rows []tokenRow
	err := s.list(ctx, &rows, `SELECT `+tokenColumns+` FROM tokens ORDER BY id DESC`)
	found := make([]people.Token, len(rows))
	for i, r := range rows {
		found[i] = r.token()
	}
	return found, err
}

// InsertToken implements people.TokenStore.
func (s *Store) InsertToken(ctx context.Context, t people.Token) error {
	_, err := s.exec(ctx, `INSERT INTO tokens (`+tokenColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		t.ID, t.Hash, t.Name, string(t.Scope), t.AgentID, t.MadeBy, ms(t.CreatedAt), ms(t.ExpiresAt), ms(t.LastUsedAt),
		ms(t.RevokedAt))
	return err
}

// RevokeToken implements people.TokenStore.
func (s *Store) RevokeToken(ctx context.Context, id int64, at time.Time) error {
	_, err := s.exec(ctx, `UPDATE tokens SET revoked_at = $2 WHERE id = $1 AND revoked_at = 0`, id, ms(at))
	return err
}

// UseToken implements people.TokenStore.
func (s *Store) UseToken(ctx context.Context, id int64, at time.Time) error {
	_, err := s.execQuietly(ctx, `UPDATE tokens SET last_used_at = $2 WHERE id = $1 AND last_used_at < $2`, id, ms(at))
	return err
}
