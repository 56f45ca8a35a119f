package hub

import (
	"errors"
	"fmt"
	"time"

	"okno/channels"
)

// A delivery is tried for about three days: 30 s, 1 min, 2 min ... 1 h, 1 h ...
const (
	firstDelay = 30 * time.Second
	longDelay  = time.Hour
	maxTries   = 78
)

// Postponed is what Deliver answers when a row has to wait for another try.
type Postponed struct {
	After   time.Duration
	Counted bool // whether this try counts as an attempt
	Reason  channels.Text
	Err     error // nil when nothing was tried
}

// Error implements error, for logs.
func (p *Postponed) Error() string {
	return fmt.Sprintf("postponed by %s (%s): %v", p.After, p.Reason.Key, p.Err)
}

// Unwrap gives what the adapter answered.
func (p *Postponed) Unwrap() error { return p.Err }

func (p *Postponed) detail() string {
	if p.Err == nil {
		return ""
	}
	return p.Err.Error()
}

// RetryAfter says when to deliver again and whether the try counts; ok is false
// for errors of the desk itself, which the queue's own policy is for.
func RetryAfter(err error) (after time.Duration, counted, ok bool) {
	var p *Postponed
	if !errors.As(err, &p) {
		return 0, false, false
	}
	return p.After, p.Counted, true
}

// pauseBefore is the delay before a try: doubled each time, up to an hour.
func pauseBefore(try int) time.Duration {
	d := firstDelay
	for range min(try-1, 10) {
		d *= 2
	}
	return min(d, longDelay)
}
