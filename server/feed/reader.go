package feed

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"okno/tickets"
)

const (
	// fullBatch is how many events a follower gets at once; after a failure it
	// gets one, so that the events before the one that fails are not held up.
	fullBatch = 200
	// longestSleep bounds what a missed wake-up costs.
	longestSleep = time.Minute
	// firstDelay and longestDelay bound the growing wait after failures.
	firstDelay   = time.Second
	longestDelay = time.Minute
	// soon is the wait while nothing can be stored: that is no fault of the
	// follower, and the desk goes on soon after it can.
	soon = 5 * time.Second
	// giveBackWithin bounds the last write at the end.
	giveBackWithin = 2 * time.Second
)

// reader is one follower at work.
type reader struct {
	Options
	follower Follower
	pos      int64 // the cursor as last seen; -1: not seen yet
	batch    int
	failures int
}

func (r *Runner) newReader(f Follower) *reader {
	o := r.o
	o.Logger = o.Logger.With("follower", f.Name)
	return &reader{Options: o, follower: f, pos: -1, batch: fullBatch}
}

// state is how a step ended.
type state int

const (
	more  state = iota // there may be more to read
	idle               // everything is read
	taken              // another process runs this follower
)

func (r *reader) run(ctx context.Context) {
	woken, stop := r.Store.Committed()
	defer stop()
	defer r.giveBack(context.WithoutCancel(ctx))
	for ctx.Err() == nil {
		now, err := r.step(ctx)
		switch {
		case ctx.Err() != nil:
		case err != nil:
			wait(ctx, nil, r.failed(err))
		case now == taken:
			wait(ctx, nil, r.Lease/2)
		case now == idle:
			wait(ctx, woken, longestSleep)
		}
	}
}

// giveBack ends the lease, so that the next process need not wait for it.
func (r *reader) giveBack(ctx context.Context) {
	if r.pos < 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, giveBackWithin)
	defer cancel()
	if _, _, err := r.Store.LeaseFollower(ctx, r.follower.Name, r.Owner, r.Store.Now(ctx)); err != nil {
		r.Logger.Warn("lease not given back; it ends by itself", "error", err)
	}
}

// failed counts a failure and answers how long to wait.
func (r *reader) failed(err error) time.Duration {
	r.Logger.Error("follower failed; it tries again", "after_pos", r.pos, "error", err)
	if tickets.KindOf(err) == tickets.Unavailable {
		return soon
	}
	d := min(firstDelay<<min(r.failures, 10), longestDelay)
	r.failures++
	r.batch = 1
	return d - d/5 + rand.N(2*d/5)
}

// step reads one batch. It looks before it takes the lease, because a lease is a
// write, and a write of our own would wake every follower for nothing.
func (r *reader) step(ctx context.Context) (state, error) {
	if r.pos >= 0 {
		next, err := r.Store.EventsAfter(ctx, r.pos, 1)
		if err != nil {
			return idle, fmt.Errorf("look for events: %w", err)
		}
		if len(next) == 0 {
			return idle, nil
		}
	}
	now, pos := idle, r.pos
	err := r.Store.InTx(ctx, func(ctx context.Context) (err error) {
		now, pos, err = r.read(ctx)
		return err
	})
	if err != nil {
		return idle, err
	}
	r.pos = pos
	if now == more {
		r.failures, r.batch = 0, fullBatch
	}
	return now, nil
}

// read handles one batch inside a transaction and answers the new cursor.
func (r *reader) read(ctx context.Context) (state, int64, error) {
	until := r.Store.Now(ctx).Add(r.Lease)
	pos, ok, err := r.Store.LeaseFollower(ctx, r.follower.Name, r.Owner, until)
	if err != nil {
		return idle, 0, fmt.Errorf("lease follower: %w", err)
	}
	if !ok {
		return taken, -1, nil
	}
	events, err := r.Store.EventsAfter(ctx, pos, r.batch)
	if err != nil {
		return idle, 0, fmt.Errorf("read events: %w", err)
	}
	if len(events) == 0 {
		return idle, pos, nil
	}
	if err := r.handle(ctx, events); err != nil {
		return idle, 0, err
	}
	last := events[len(events)-1].Pos
	if err := r.Store.MoveFollower(ctx, r.follower.Name, r.Owner, last); err != nil {
		return idle, 0, fmt.Errorf("move cursor: %w", err)
	}
	return more, last, nil
}

// handle turns a panic of the follower into an error with the stack in the log.
func (r *reader) handle(ctx context.Context, events []tickets.Event) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("follower panicked: %v", p)
			r.Logger.Error("follower panicked", "panic", p, "stack", string(debug.Stack()))
		}
	}()
	if err := r.follower.Handle(ctx, events); err != nil {
		return fmt.Errorf("handle events after %d: %w", events[0].Pos-1, err)
	}
	return nil
}

// wait sleeps until woken, for at most d, or until ctx ends.
func wait(ctx context.Context, woken <-chan struct{}, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-woken:
	case <-t.C:
	}
}
