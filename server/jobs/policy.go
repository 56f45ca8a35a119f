package jobs

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"okno/channels"
	"okno/tickets"
)

// Decision is what becomes of a row that failed.
type Decision struct {
	After   time.Duration // until the next try
	Counted bool          // whether this try counts
	Aside   bool          // no further try
}

// Policy decides what becomes of a row whose handler answered err; tries counts
// this one.
type Policy func(err error, tries int) Decision

// soon is the wait after a try that could not succeed and counts for nothing.
const soon = 5 * time.Second

// Deliveries tries for about three days: after 1 s, 4 s, 15 s, 1 min, 5 min,
// 15 min and then every hour. It is right for timers too.
func Deliveries(err error, tries int) Decision {
	delays := []time.Duration{
		time.Second, 4 * time.Second, 15 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute,
	}
	const hours = 72
	switch {
	case innocent(err):
		return Decision{After: jitter(soon)}
	case tries <= len(delays):
		return Decision{After: jitter(delays[tries-1]), Counted: true}
	case tries <= len(delays)+hours:
		return Decision{After: jitter(time.Hour), Counted: true}
	default:
		return Decision{Aside: true, Counted: true}
	}
}

// Inbox sets a received event aside after three tries: what cannot be read now
// will hardly be read later, and an administrator shall see it soon.
func Inbox(err error, tries int) Decision {
	switch {
	case innocent(err):
		return Decision{After: jitter(soon)}
	case tries < 3:
		return Decision{After: jitter(time.Duration(tries) * time.Second), Counted: true}
	default:
		return Decision{Aside: true, Counted: true}
	}
}

// innocent says that an error tells nothing about the row: the desk is stopping
// or cannot write, or a network is away.
func innocent(err error) bool {
	return tickets.KindOf(err) == tickets.Unavailable ||
		errors.Is(err, channels.ErrUnavailable) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// jitter moves a delay by up to a fifth, so that what failed together does not
// come back together.
func jitter(d time.Duration) time.Duration {
	return d - d/5 + rand.N(2*d/5)
}
