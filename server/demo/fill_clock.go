package demo

import (
	"sync/atomic"
	"time"
)

// Clock is the clock of a desk that is being filled: it stands in the past
// while the past is played, and is the real one before and after.
type Clock struct {
	real func() time.Time
	set  atomic.Int64 // milliseconds; 0: the real time
}

// NewClock makes a clock that shows the real time.
func NewClock(real func() time.Time) *Clock { return &Clock{real: real} }

// Now is the time the desk believes in.
func (c *Clock) Now() time.Time {
	if ms := c.set.Load(); ms != 0 {
		return time.UnixMilli(ms).UTC()
	}
	return c.real()
}

func (c *Clock) turn(to time.Time) { c.set.Store(to.UnixMilli()) }

func (c *Clock) release() { c.set.Store(0) }
