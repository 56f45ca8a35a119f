package jobs

import (
	"context"
	"log/slog"
	"time"
)

// Handler does one row and settles it in its own transaction. Its ctx outlives
// the runner's by Options.Grace, so that what was begun can be ended.
type Handler func(ctx context.Context, c Claimed) error

// Options is what a Runner works with. Zero durations and numbers have a
// sensible meaning.
type Options struct {
	Name    string // of the queue, for logs
	Owner   string // of the leases: unique to this process
	Queue   Queue
	Handle  Handler
	Policy  Policy
	Now     func() time.Time
	Logger  *slog.Logger
	Workers int           // rows at work at the same time; 4
	Lease   time.Duration // how long a dead process holds its rows; 1 minute
	Grace   time.Duration // how long handlers may go on after the end; 10 seconds
	// Committed answers a channel that gets a value after commits that may
	// have brought new rows; stop ends it.
	Committed func() (woken <-chan struct{}, stop func())
}

// Runner takes the rows of one queue to their handler.
type Runner struct{ o Options }

// New makes a Runner; it does nothing until Run.
func New(o Options) *Runner {
	o.Workers = orInt(o.Workers, 4)
	o.Lease = orTime(o.Lease, time.Minute)
	o.Grace = orTime(o.Grace, 10*time.Second)
	o.Logger = o.Logger.With("queue", o.Name)
	return &Runner{o: o}
}

func orInt(n, usual int) int {
	if n > 0 {
		return n
	}
	return usual
}

func orTime(d, usual time.Duration) time.Duration {
	if d > 0 {
		return d
	}
	return usual
}

// Run works until ctx ends and the handlers at work have ended too: by
// themselves within Options.Grace, or soon after their ctx was ended then.
func (r *Runner) Run(ctx context.Context) error {
	woken, stop := r.o.Committed()
	defer stop()
	work, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	l := &loop{Options: r.o, work: work, woken: woken, ended: make(chan int64, r.o.Workers), running: map[int64]bool{}}
	l.beat = l.Now().Add(l.Lease / 3)
	for ctx.Err() == nil {
		l.sleep(ctx, l.round(ctx))
	}
	l.drain(cancel)
	return nil
}
