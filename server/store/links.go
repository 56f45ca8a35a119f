package store

import (
	"context"
	"time"

	"okno/tickets/people"
)

// Link implements people.LinkStore.
func (s *Store) Link(ctx context.Context, hash string) (people.Link, error) {
	var r struct {
		Kind      string
		AgentID   int64 `db:"agent_id"`
		ExpiresAt int64 `db:"expires_at"`
		UsedAt    int64 `db:"used_at"`
	}
	err := s.get(ctx, &r, `SELECT kind, agent_id, expires_at, used_at FROM links WHERE hash = $1`, hash)
	return people.Link{Hash: hash, Kind: people.LinkKind(r.Kind), AgentID: r.AgentID,
		ExpiresAt: at(r.ExpiresAt), UsedAt: at(r.UsedAt)}, err
}

// PutLink implements people.LinkStore.
func (s *Store) PutLink(ctx context.Context, l people.Link) error {
	_, err := s.exec(ctx, `INSERT INTO links (hash, kind, agent_id, expires_at, used_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (hash) DO UPDATE SET kind = excluded.kind, agent_id = excluded.agent_id,
		expires_at = excluded.expires_at, used_at = excluded.used_at`,
		l.Hash, string(l.Kind), l.AgentID, ms(l.ExpiresAt), ms(l.UsedAt))
	return err
}

// UseLink implements people.LinkStore.
func (s *Store) UseLink(ctx context.Context, hash string, now time.Time) error {
	return orMissing(s.exec(ctx, `UPDATE links SET used_at = $2 WHERE hash = $1 AND used_at = 0 AND expires_at > $2`,
		hash, ms(now)))
}

// EndLinks implements people.LinkStore.
func (s *Store) EndLinks(ctx context.Context, kind people.LinkKind, agent int64) error {
	_, err := s.exec(ctx, `DELETE FROM links WHERE kind = $1 AND agent_id = $2 AND used_at = 0`, string(kind), agent)
	return err
}
