package api

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"okno/tickets"
)

// Log is the event log as the API reads it.
type Log interface {
	EventsAfter(ctx context.Context, pos int64, limit int) ([]tickets.Event, error)
	LastPos(ctx context.Context) (int64, error)
	// Committed answers a channel that gets a value after commits.
	Committed() (woken <-chan struct{}, stop func())
}

const (
	batch      = 200  // events read at once
	remembered = 2000 // events that streams get without a question to the database
)

// tail reads the end of the log once for all streams.
type tail struct {
	log    Log
	logger *slog.Logger
	ready  chan struct{} // closed once the end is known
	done   chan struct{} // closed when the desk stops

	mu     sync.Mutex
	pos    int64           // of the last event
	recent []tickets.Event // the last ones, in order, without holes
	news   chan struct{}   // closed with the next event
}

func newTail(log Log, logger *slog.Logger) *tail {
	return &tail{log: log, logger: logger, ready: make(chan struct{}), done: make(chan struct{}), news: make(chan struct{})}
}

// run follows the log until ctx ends; it is called once.
func (t *tail) run(ctx context.Context) error {
	defer close(t.done)
	woken, stop := t.log.Committed()
	defer stop()
	pos, err := t.log.LastPos(ctx)
	if err != nil {
		return fmt.Errorf("read the end of the log: %w", err)
	}
	t.mu.Lock()
	t.pos = pos
	t.mu.Unlock()
	close(t.ready)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-woken:
			t.follow(ctx)
		}
	}
}

// follow takes what was written since; a failed read is tried again with the
// next commit.
func (t *tail) follow(ctx context.Context) {
	for {
		events, err := t.log.EventsAfter(ctx, t.last(), batch)
		if err != nil {
			if ctx.Err() == nil {
				t.logger.WarnContext(ctx, "read events for streams", "error", err)
			}
			return
		}
		t.add(events)
		if len(events) < batch {
			return
		}
	}
}

func (t *tail) last() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.pos
}

func (t *tail) add(events []tickets.Event) {
	if len(events) == 0 {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.recent = append(t.recent, events...)
	if extra := len(t.recent) - remembered; extra > 0 {
		t.recent = append([]tickets.Event(nil), t.recent[extra:]...)
	}
	t.pos = events[len(events)-1].Pos
	close(t.news)
	t.news = make(chan struct{})
}

// after answers what follows a position, and a channel that is closed when there
// is more. known is false when that lies too far back to be remembered.
func (t *tail) after(pos int64) (events []tickets.Event, known bool, news <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if pos >= t.pos {
		return nil, true, t.news
	}
	if len(t.recent) == 0 || pos < t.recent[0].Pos-1 {
		return nil, false, t.news
	}
	for i, e := range t.recent {
		if e.Pos > pos {
			return t.recent[i:], true, t.news
		}
	}
	return nil, true, t.news
}
