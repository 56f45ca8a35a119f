package hub

import (
	"context"
	"maps"
	"sync"

	"okno/channels"
)

// sink takes what one running adapter received.
type sink struct {
	hub     *Hub
	channel int64

	mu   sync.Mutex
	last channels.State // as stored
	told bool           // whether last is known to be stored
}

// Receive implements channels.Sink. Adapters name lanes among their own events;
// no channel waits for another.
func (s *sink) Receive(ctx context.Context, e channels.Event) (bool, error) {
	if e.Lane != "" {
		e.Lane = number(s.channel) + ":" + e.Lane
	}
	if e.ReceivedAt.IsZero() {
		e.ReceivedAt = s.hub.now()
	}
	return s.hub.opts.Store.PutEvent(ctx, s.channel, e)
}

// Cursor implements channels.Sink.
func (s *sink) Cursor(ctx context.Context, name string) (string, error) {
	return s.hub.opts.Store.Cursor(ctx, s.channel, name)
}

// Report implements channels.Sink. It writes only what changed: an adapter may
// report after every poll.
func (s *sink) Report(ctx context.Context, st channels.State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.told && sameState(s.last, st) {
		return
	}
	err := s.hub.opts.Store.SetChannelState(ctx, s.channel, st)
	if ctx.Err() != nil {
		return // the desk is stopping; the next start reports anew
	}
	if err != nil {
		s.hub.opts.Logger.Warn("store channel state", "channel", s.channel, "error", err)
		return
	}
	s.last, s.told = st, true
}

func sameState(a, b channels.State) bool {
	return a.OK == b.OK && a.Detail == b.Detail &&
		a.Reason.Key == b.Reason.Key && maps.Equal(a.Reason.Args, b.Reason.Args)
}
