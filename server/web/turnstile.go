package web

import (
	"context"
	"sync"
)

// turnstile lets the requests of one session that change something through one
// after another: each reads the whole session and writes it back. It keeps apart
// those that meet in this process.
type turnstile struct {
	mu    sync.Mutex
	seats map[string]*seat
}

// seat is taken by whoever put something into its channel.
type seat struct {
	taken chan struct{}
	want  int // requests that hold it or wait for it
}

// enter waits for those with the same key that came before; leave lets the next
// one through. Its error is that of the context.
func (t *turnstile) enter(ctx context.Context, key string) (leave func(), err error) {
	s := t.wanted(key)
	select {
	case s.taken <- struct{}{}:
		return func() {
			<-s.taken
			t.unwanted(key, s)
		}, nil
	case <-ctx.Done():
		t.unwanted(key, s)
		return nil, ctx.Err()
	}
}

func (t *turnstile) wanted(key string) *seat {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.seats == nil {
		t.seats = map[string]*seat{}
	}
	s := t.seats[key]
	if s == nil {
		s = &seat{taken: make(chan struct{}, 1)}
		t.seats[key] = s
	}
	s.want++
	return s
}

func (t *turnstile) unwanted(key string, s *seat) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if s.want--; s.want == 0 {
		delete(t.seats, key)
	}
}
