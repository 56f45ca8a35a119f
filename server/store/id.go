package store

import (
	"math/rand/v2"
	"sync"
	"time"
)

// counterBits are the low bits of an id: a counter within its millisecond.
const counterBits = 22

// idSource makes ids: milliseconds since 2020 and a counter that starts at
// random in each millisecond, so that two processes do not meet.
type idSource struct {
	now     func() time.Time
	epoch   int64
	mu      sync.Mutex
	last    int64 // millisecond of the last id
	counter int64
}

func newIDSource(now func() time.Time) *idSource {
	return &idSource{now: now, epoch: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()}
}

// NewID answers a positive id greater than all before it in this process, even
// when the clock goes back.
func (s *Store) NewID() int64 { return s.ids.next() }

func (g *idSource) next() int64 {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.counter++
	if ms := g.now().UnixMilli() - g.epoch; ms > g.last {
		g.begin(ms)
	} else if g.last == 0 || g.counter >= 1<<counterBits {
		g.begin(g.last + 1)
	}
	return g.last<<counterBits | g.counter
}

// begin starts a millisecond in the lower half of the counter's range.
func (g *idSource) begin(ms int64) {
	g.last, g.counter = ms, rand.Int64N(1<<(counterBits-1))
}
