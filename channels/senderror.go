package channels

import (
	"errors"
	"fmt"
	"time"
)

// ErrUnavailable is what Decode answers, wrapped, when the network cannot hand
// over a part of a message at present. It is asked again until it can.
var ErrUnavailable = errors.New("network is not available")

// Verdict is what a failed Send means for the row.
type Verdict string

// The three things a failed Send can mean.
const (
	Later Verdict = "later" // try again after SendError.After (zero: as the queue sees fit)
	Gone  Verdict = "gone"  // this address no longer takes messages from us
	Never Verdict = "never" // this message will not be taken, however often we try
)

// SendError is why a message was not taken. Maybe is set when the network may
// have taken it all the same (the answer was lost).
type SendError struct {
	Verdict Verdict
	After   time.Duration
	Maybe   bool
	Reason  Text  // for the agent
	Err     error // the network's words
}

// Error implements error.
func (e *SendError) Error() string {
	return fmt.Sprintf("send (%s, %s): %v", e.Verdict, e.Reason.Key, e.Err)
}

// Unwrap gives the network's error.
func (e *SendError) Unwrap() error { return e.Err }
