package hub

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"okno/channels"
)

const (
	leaseFor   = 30 * time.Second // a dead process's channels are taken over after this
	tendEvery  = 5 * time.Second  // how often leases are renewed and settings compared
	firstPause = time.Second      // after an adapter gave up
	longPause  = 5 * time.Minute
)

// running is one adapter that receives in this process.
type running struct {
	version int64
	until   time.Time // end of the lease
	cancel  context.CancelFunc
	ended   chan struct{}
}

func (r *running) over() bool {
	select {
	case <-r.ended:
		return true
	default:
		return false
	}
}

// Run keeps one adapter per enabled channel receiving until ctx ends, then
// waits for all of them and gives the leases back.
func (h *Hub) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		if err := h.tendAll(ctx); err != nil && ctx.Err() == nil {
			h.opts.Logger.Error("tend channels", "error", err)
		}
		h.rest(ctx)
	}
	h.stopAll(context.WithoutCancel(ctx))
	return nil
}

func (h *Hub) rest(ctx context.Context) {
	t := time.NewTimer(tendEvery)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-h.wake:
	case <-t.C:
	}
}

// tendAll compares what runs with what should.
func (h *Hub) tendAll(ctx context.Context) error {
	h.dropExpired()
	list, err := h.opts.Store.Channels(ctx)
	if err != nil {
		return fmt.Errorf("load channels: %w", err)
	}
	wanted := map[int64]Channel{}
	for _, c := range list {
		if c.Enabled {
			wanted[c.ID] = c
		}
	}
	h.endUnwanted(ctx, wanted)
	for _, c := range wanted {
		err = errors.Join(err, h.tend(ctx, c))
	}
	return err
}

// dropExpired stops what runs without a lease because it could not be renewed.
func (h *Hub) dropExpired() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.running {
		if h.now().After(r.until) {
			r.cancel()
		}
	}
}

// endUnwanted stops adapters whose channel was disabled or changed, and forgets
// those that have stopped.
func (h *Hub) endUnwanted(ctx context.Context, wanted map[int64]Channel) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for id, r := range h.running {
		c, ok := wanted[id]
		switch {
		case r.over():
			delete(h.running, id)
			if !ok {
				h.giveBack(ctx, id)
			}
		case !ok || c.Version != r.version:
			r.cancel()
		}
	}
}

// tend renews the lease of one wanted channel and starts its adapter when
// nobody runs it.
func (h *Hub) tend(ctx context.Context, c Channel) error {
	until := h.now().Add(leaseFor)
	mine, err := h.opts.Store.Lease(ctx, leaseName(c.ID), h.opts.Owner, until)
	if err != nil {
		return fmt.Errorf("lease channel %d: %w", c.ID, err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	r := h.running[c.ID]
	switch {
	case r != nil && mine:
		r.until = until
	case r != nil:
		r.cancel()
	case mine:
		h.start(ctx, c, until)
	}
	return nil
}

func (h *Hub) start(ctx context.Context, c Channel, until time.Time) {
	ctx, cancel := context.WithCancel(ctx)
	r := &running{version: c.Version, until: until, cancel: cancel, ended: make(chan struct{})}
	h.running[c.ID] = r
	go func() {
		defer h.poke()
		defer close(r.ended)
		h.keep(ctx, c)
	}()
}

// keep runs the adapter again and again, with growing pauses, until ctx ends.
func (h *Hub) keep(ctx context.Context, c Channel) {
	s := &sink{hub: h, channel: c.ID, last: c.State, told: !c.StateAt.IsZero()}
	for pause := firstPause; ; pause = min(2*pause, longPause) {
		began := h.now()
		err := h.runOnce(ctx, c.ID, s)
		if ctx.Err() != nil {
			return
		}
		h.opts.Logger.Warn("adapter stopped", "channel", c.ID, "kind", c.Kind, "error", err)
		s.Report(ctx, stopped(err))
		if h.now().Sub(began) > longPause {
			pause = firstPause
		}
		if !channels.Wait(ctx, pause) {
			return
		}
	}
}

func stopped(err error) channels.State {
	if err == nil {
		return channels.State{Reason: say("hub.state.stopped")}
	}
	return channels.State{Reason: say("hub.state.stopped"), Detail: err.Error()}
}

func (h *Hub) runOnce(ctx context.Context, id int64, s *sink) (err error) {
	_, a, err := h.adapter(ctx, id)
	if err != nil {
		return err
	}
	defer h.recovered("run", &err)
	return a.Run(ctx, s)
}

// recovered turns a panic of an adapter into an error: one broken channel must
// not end the desk.
func (h *Hub) recovered(doing string, err *error) {
	if p := recover(); p != nil {
		h.opts.Logger.Error("adapter panicked", "doing", doing, "stack", string(debug.Stack()))
		*err = fmt.Errorf("%s: panic: %v", doing, p)
	}
}

func (h *Hub) stopAll(ctx context.Context) {
	h.mu.Lock()
	all := h.running
	h.running = map[int64]*running{}
	h.mu.Unlock()
	for _, r := range all {
		r.cancel()
	}
	for id, r := range all {
		<-r.ended
		h.giveBack(ctx, id)
	}
}

func (h *Hub) giveBack(ctx context.Context, id int64) {
	if _, err := h.opts.Store.Lease(ctx, leaseName(id), h.opts.Owner, h.now()); err != nil {
		h.opts.Logger.Warn("give lease back", "channel", id, "error", err)
	}
}

func leaseName(id int64) string { return "channel:" + number(id) }
