package channels

import (
	"context"
	"net/http"
)

// What some networks can do and others cannot. The hub finds these abilities by
// type assertion on an Adapter.

// Editor changes messages that were sent.
type Editor interface {
	// Edit replaces text and buttons of the message with the network id of. A
	// message that is so already is a success. Errors are as those of Send.
	Edit(ctx context.Context, of string, out Outbound) error
}

// Reactor puts emoji on messages.
type Reactor interface {
	// React puts the emoji on the message with the network id of, in place of
	// an earlier one of ours; "" takes it off.
	React(ctx context.Context, place, of, emoji string) error
}

// Hooked is an adapter whose network calls us: its events arrive at
// /hooks/CHANNEL on any process of the desk, whether or not Run is there.
type Hooked interface {
	// Hook proves that the call is genuine, hands its events to in, and only
	// then answers the network.
	Hook(w http.ResponseWriter, r *http.Request, in Sink)
}
