package channels

import (
	"context"
	"log/slog"
	"time"
)

// Clock tells the time. The desk passes time.Now; tests pass their own.
type Clock func() time.Time

// Logger is the structured log, already carrying the channel's name. Message
// bodies, addresses and secrets never go there.
type Logger = *slog.Logger

// Wait sleeps for d or until ctx ends, and says whether it slept to the end.
func Wait(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
