// Package feed lets followers read the event log. Each follower has a stored
// cursor; a batch of events and the new cursor are handled in one transaction,
// and a lease sees to it that of several processes one runs a follower.
package feed

import (
	"context"
	"time"

	"okno/tickets"
)

// Store is what followers need to have kept.
type Store interface {
	InTx(ctx context.Context, fn func(ctx context.Context) error) error
	Now(ctx context.Context) time.Time
	EventsAfter(ctx context.Context, pos int64, limit int) ([]tickets.Event, error)
	// LeaseFollower answers the follower's cursor when owner holds or gets the
	// lease until the given time; ok is false while another process holds it.
	LeaseFollower(ctx context.Context, name, owner string, until time.Time) (pos int64, ok bool, err error)
	// MoveFollower moves the cursor and fails when owner lost the lease.
	MoveFollower(ctx context.Context, name, owner string, pos int64) error
	// Committed answers a channel that gets a value after commits of this
	// process or, on PostgreSQL, of any; bursts are merged. stop ends it.
	Committed() (woken <-chan struct{}, stop func())
}
