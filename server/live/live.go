// Package live tells open pages that something happened. It tails the event log
// after commits and sends each browser one stream of server-sent events that
// carry only {pos, ticket, kind}; the page then asks for what it shows through
// the ordinary handlers, so rights and language are decided in one place.
//
// A stream that comes back names the last position it saw and gets what it
// missed, or the word "gap" when that is too much. A reader that cannot keep up
// is cut off and comes back by itself. Who looks at a ticket and who types in
// it is kept in memory and expires, see Presence.
package live

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"okno/tickets"
)

// Log is the event log as this package reads it.
type Log interface {
	EventsAfter(ctx context.Context, pos int64, limit int) ([]tickets.Event, error)
	LastPos(ctx context.Context) (int64, error)
	// Committed answers a channel that gets a value after commits.
	Committed() (woken <-chan struct{}, stop func())
}

// Options bound what open pages may cost.
type Options struct {
	Streams   int           // open at once; 1000 when 0
	Behind    int           // items a reader may be late by; 256 when 0
	Heartbeat time.Duration // between signs of life; 20 s when 0
}

// Item is what a page learns.
type Item struct {
	Pos    int64  `json:"pos,omitempty"`    // in the log; 0 for presence
	Ticket int64  `json:"ticket,omitempty"` // number
	Kind   string `json:"kind"`             // type of the event, "presence", "hello" or "gap"
}

// Hub hands items to every open stream. It is safe for concurrent use.
type Hub struct {
	*Presence
	log    Log
	opts   Options
	logger *slog.Logger
	ready  chan struct{} // closed once Run knows the end of the log

	mu      sync.Mutex
	readers map[*reader]struct{}
	pos     int64
}

// reader is one open stream; items is closed when it is cut off.
type reader struct{ items chan Item }

// New makes a hub; Run feeds it.
func New(log Log, now func() time.Time, logger *slog.Logger, o Options) *Hub {
	if o.Streams == 0 {
		o.Streams = 1000
	}
	if o.Behind == 0 {
		o.Behind = 256
	}
	if o.Heartbeat == 0 {
		o.Heartbeat = 20 * time.Second
	}
	h := &Hub{log: log, opts: o, logger: logger, readers: map[*reader]struct{}{}, ready: make(chan struct{})}
	h.Presence = newPresence(now, func(number int64) { h.publish(Item{Ticket: number, Kind: "presence"}) })
	return h
}

// Run follows the log until ctx ends; it is called once.
func (h *Hub) Run(ctx context.Context) error {
	woken, stop := h.log.Committed()
	defer stop()
	defer h.closeAll()
	pos, err := h.log.LastPos(ctx)
	if err != nil {
		return fmt.Errorf("read the end of the log: %w", err)
	}
	h.moveTo(pos)
	close(h.ready)
	for {
		select {
		case <-ctx.Done():
			return nil
		case _, ok := <-woken:
			if !ok {
				return nil
			}
			h.follow(ctx)
		}
	}
}

// follow hands on what was written since; a failed read is tried again with
// the next commit.
func (h *Hub) follow(ctx context.Context) {
	const batch = 200
	for {
		events, err := h.log.EventsAfter(ctx, h.Pos(), batch)
		if err != nil {
			if ctx.Err() == nil {
				h.logger.Warn("read events for open pages", "error", err)
			}
			return
		}
		for _, e := range events {
			h.publish(itemOf(e))
		}
		if len(events) < batch {
			return
		}
	}
}

func itemOf(e tickets.Event) Item {
	return Item{Pos: e.Pos, Ticket: e.Number, Kind: string(e.Type)}
}

func (h *Hub) moveTo(pos int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.pos = max(h.pos, pos)
}

// Pos is how far in the log open pages have been told.
func (h *Hub) Pos() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.pos
}

// Streams is how many streams are open.
func (h *Hub) Streams() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.readers)
}

// publish hands an item to every reader and cuts off those who cannot take it.
func (h *Hub) publish(i Item) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.pos = max(h.pos, i.Pos)
	for r := range h.readers {
		select {
		case r.items <- i:
		default:
			delete(h.readers, r)
			close(r.items)
		}
	}
}

// open registers a reader, or answers false when there are too many. Items
// after pos reach it.
func (h *Hub) open() (r *reader, pos int64, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.readers) >= h.opts.Streams {
		return nil, 0, false
	}
	r = &reader{items: make(chan Item, h.opts.Behind)}
	h.readers[r] = struct{}{}
	return r, h.pos, true
}

func (h *Hub) close(r *reader) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if _, ok := h.readers[r]; ok {
		delete(h.readers, r)
		close(r.items)
	}
}

func (h *Hub) closeAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for r := range h.readers {
		delete(h.readers, r)
		close(r.items)
	}
}
