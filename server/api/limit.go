package api

import (
	"math"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Limits bound what one caller may ask for. Zero values are the usual ones,
// which only a program that runs away meets.
type Limits struct {
	PerSecond float64       // requests; 5000
	Burst     int           // requests at once after a rest; 50,000
	Streams   int           // open event streams of one caller; 32
	Heartbeat time.Duration // between signs of life of a stream; 15 s
}

func (l Limits) completed() Limits {
	if l.PerSecond == 0 {
		l.PerSecond = 5000
	}
	if l.Burst == 0 {
		l.Burst = 50_000
	}
	if l.Streams == 0 {
		l.Streams = 32
	}
	if l.Heartbeat == 0 {
		l.Heartbeat = 15 * time.Second
	}
	return l
}

// rates counts the requests and streams of every caller. Callers are tokens and
// agents that were let in, so there are no more of them than the desk knows.
type rates struct {
	limits Limits
	now    func() time.Time

	mu      sync.Mutex
	callers map[string]*rate.Limiter
	streams map[string]int
}

func newRates(l Limits, now func() time.Time) *rates {
	return &rates{limits: l, now: now, callers: map[string]*rate.Limiter{}, streams: map[string]int{}}
}

// take counts a request and answers how long to wait instead, 0 to go on.
func (r *rates) take(caller string) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	l, known := r.callers[caller]
	if !known {
		l = rate.NewLimiter(rate.Limit(r.limits.PerSecond), r.limits.Burst)
		r.callers[caller] = l
	}
	now := r.now()
	one := l.ReserveN(now, 1)
	wait := one.DelayFrom(now)
	if wait > 0 {
		one.CancelAt(now)
	}
	return wait
}

// open counts a stream and answers false when there are too many; close ends it.
func (r *rates) open(caller string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.streams[caller] >= r.limits.Streams {
		return false
	}
	r.streams[caller]++
	return true
}

func (r *rates) close(caller string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.streams[caller]--; r.streams[caller] == 0 {
		delete(r.streams, caller)
	}
}

// seconds is a wait as Retry-After wants it: whole, at least one.
func seconds(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }
