package api

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"okno/tickets"
)

// eventStream is the media type of streams.
const eventStream = "text/event-stream"

// listen opens a stream.
func (a *API) listen(ctx context.Context, by caller, in *eventsIn) (*written, error) {
	select {
	case <-a.tail.ready:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if !a.rates.open(by.owner()) {
		return nil, errStreams
	}
	pos, err := a.begin(ctx, in)
	if err != nil {
		a.rates.close(by.owner())
		return nil, err
	}
	return &written{func(out huma.Context) {
		defer a.rates.close(by.owner())
		w := humagin.Unwrap(out).Writer
		l := listener{api: a, w: w, flush: http.NewResponseController(w), pos: pos}
		// Whoever listened has left, or the desk stops; both end a stream.
		_ = l.run(ctx)
	}}, nil
}

// begin answers the position after which a stream begins: where it broke off,
// where it was asked to, or here and now. The end is asked of the database,
// because the tail may be behind what the caller has seen happen.
func (a *API) begin(ctx context.Context, in *eventsIn) (int64, error) {
	switch {
	case in.ctx.Header("Last-Event-ID") != "":
		return in.LastEventID, nil
	case in.given:
		return in.After, nil
	}
	pos, err := a.Store.LastPos(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the end of the log: %w", err)
	}
	return pos, nil
}

// listener is one open stream.
type listener struct {
	api   *API
	w     http.ResponseWriter
	flush *http.ResponseController
	pos   int64 // of the last event that was sent
}

func (l *listener) run(ctx context.Context) error {
	l.w.Header().Set("Content-Type", eventStream)
	l.w.Header().Set("X-Accel-Buffering", "no")
	l.w.WriteHeader(http.StatusOK)
	if err := l.say("retry: 2000\n: open\n\n"); err != nil {
		return err
	}
	beat := time.NewTicker(l.api.Limits.Heartbeat)
	defer beat.Stop()
	for {
		news, err := l.catchUp(ctx)
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-l.api.tail.done:
			return nil
		case <-news:
		case <-beat.C:
			if err := l.say(": alive\n\n"); err != nil {
				return err
			}
		}
	}
}

// catchUp sends all there is and answers a channel that tells of more. Only a
// stream that comes back after long asks the database.
func (l *listener) catchUp(ctx context.Context) (news <-chan struct{}, err error) {
	for {
		events, known, news := l.api.tail.after(l.pos)
		if !known {
			if events, err = l.api.Store.EventsAfter(ctx, l.pos, batch); err != nil {
				return nil, fmt.Errorf("read events: %w", err)
			}
		}
		if len(events) == 0 {
			return news, nil
		}
		if err := l.send(events); err != nil {
			return nil, err
		}
	}
}

func (l *listener) send(events []tickets.Event) error {
	for _, e := range events {
		text, err := sse(e)
		if err != nil {
			return err
		}
		if _, err := l.w.Write(text); err != nil {
			return fmt.Errorf("send event: %w", err)
		}
		l.pos = e.Pos
	}
	return l.flush.Flush()
}

func (l *listener) say(text string) error {
	if _, err := l.w.Write([]byte(text)); err != nil {
		return fmt.Errorf("send to stream: %w", err)
	}
	return l.flush.Flush()
}
