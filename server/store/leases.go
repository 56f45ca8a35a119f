package store

import (
	"context"
	"time"

	"okno/tickets"
)

// Lease implements hub.Leases.
func (s *Store) Lease(ctx context.Context, name, owner string, until time.Time) (bool, error) {
	n, err := s.execQuietly(ctx, `INSERT INTO leases (name, owner, leased_until) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, leased_until = excluded.leased_until
		WHERE leases.owner = excluded.owner OR leases.leased_until <= $4`, name, owner, ms(until), ms(s.Now(ctx)))
	return n > 0, err
}

// LeaseFollower implements feed.Store.
func (s *Store) LeaseFollower(ctx context.Context, name, owner string, until time.Time) (pos int64, ok bool, err error) {
	var rows []int64
	err = s.execReturning(ctx, &rows, `INSERT INTO followers (name, pos, owner, leased_until) VALUES ($1, 0, $2, $3)
		ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, leased_until = excluded.leased_until
		WHERE followers.owner = excluded.owner OR followers.leased_until <= $4 RETURNING pos`,
		name, owner, ms(until), ms(s.Now(ctx)))
	if err != nil || len(rows) == 0 {
		return 0, false, err
	}
	return rows[0], true, nil
}

// MoveFollower implements feed.Store; tickets.ErrStale when the lease is lost.
func (s *Store) MoveFollower(ctx context.Context, name, owner string, pos int64) error {
	n, err := s.execQuietly(ctx, `UPDATE followers SET pos = $3 WHERE name = $1 AND owner = $2`, name, owner, pos)
	if err == nil && n == 0 {
		return tickets.ErrStale
	}
	return err
}
