package feed

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"okno/tickets"
)

// Follower reads the log. Handle gets the events in order, up to 200 at a time,
// in the transaction that moves the cursor: what it writes there happens exactly
// once, what it does elsewhere at least once. It must not wait for networks.
type Follower struct {
	Name   string // of the stored cursor; never changes
	Handle func(ctx context.Context, events []tickets.Event) error
}

// Options is what a Runner works with.
type Options struct {
	Store     Store
	Owner     string // of the leases: unique to this process
	Followers []Follower
	Logger    *slog.Logger
	Lease     time.Duration // how long a dead process keeps a follower; 30 seconds
}

// Runner keeps followers going.
type Runner struct{ o Options }

// New makes a Runner; it does nothing until Run.
func New(o Options) *Runner {
	if o.Lease <= 0 {
		o.Lease = 30 * time.Second
	}
	return &Runner{o: o}
}

// Run lets every follower read until ctx ends. A follower that fails tries again
// and holds up no other.
func (r *Runner) Run(ctx context.Context) error {
	var all sync.WaitGroup
	for _, f := range r.o.Followers {
		all.Go(func() { r.newReader(f).run(ctx) })
	}
	all.Wait()
	return nil
}
