package store

import "sync"

// bell wakes those who wait for commits. Rings before somebody looks are merged
// into one.
type bell struct {
	mu      sync.Mutex
	waiting map[chan struct{}]struct{}
}

func newBell() *bell { return &bell{waiting: map[chan struct{}]struct{}{}} }

// Committed answers a channel that gets a value after commits of this process
// or, on PostgreSQL, of any; bursts are merged. Leases, drafts and read marks do
// not wake anybody. stop ends it.
func (s *Store) Committed() (woken <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	s.bell.mu.Lock()
	defer s.bell.mu.Unlock()
	s.bell.waiting[c] = struct{}{}
	return c, func() { s.bell.leave(c) }
}

func (b *bell) leave(c chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.waiting, c)
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.waiting {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}
