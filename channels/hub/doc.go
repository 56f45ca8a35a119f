// Package hub stands between the networks and the tickets. It owns the running
// adapters; it takes what they receive through the inbox journal to the domain,
// and what the domain wants told through the outbox to the adapters.
package hub

import "errors"

// ErrDone is what Redo answers for an entry that already made a message.
var ErrDone = errors.New("entry already made a message")
