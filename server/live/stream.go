package live

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// replayed is how many missed events a returning stream gets; beyond it the
// page refreshes everything it shows.
const replayed = 500

// ServeHTTP is the stream. Whoever is not signed in must not get here.
func (h *Hub) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	select {
	case <-h.ready:
	case <-r.Context().Done():
		return
	}
	reader, pos, ok := h.open()
	if !ok {
		w.Header().Set("Retry-After", "30")
		http.Error(w, "too many open pages", http.StatusServiceUnavailable)
		return
	}
	defer h.close(reader)
	s := stream{w: w, flush: http.NewResponseController(w)}
	s.begin()
	if err := h.catchUp(r, &s, pos); err != nil {
		return
	}
	h.relay(r, reader, &s)
}

// catchUp sends what a returning reader missed before it was registered.
func (h *Hub) catchUp(r *http.Request, s *stream, pos int64) error {
	from := since(r)
	if from < 0 || from >= pos {
		return s.send(Item{Pos: pos, Kind: "hello"})
	}
	if pos-from > replayed {
		return s.send(Item{Pos: pos, Kind: "gap"})
	}
	events, err := h.log.EventsAfter(r.Context(), from, replayed)
	if err != nil {
		return s.send(Item{Pos: pos, Kind: "gap"})
	}
	for _, e := range events {
		if err := s.send(itemOf(e)); err != nil {
			return err
		}
	}
	return s.send(Item{Pos: pos, Kind: "hello"})
}

// since is the last position a returning reader saw, -1 for a new one.
func since(r *http.Request) int64 {
	for _, text := range []string{r.Header.Get("Last-Event-ID"), r.URL.Query().Get("from")} {
		if pos, err := strconv.ParseInt(text, 10, 64); err == nil {
			return pos
		}
	}
	return -1
}

// relay sends items until the reader leaves or is cut off.
func (h *Hub) relay(r *http.Request, from *reader, s *stream) {
	beat := time.NewTicker(h.opts.Heartbeat)
	defer beat.Stop()
	for {
		select {
		case <-r.Context().Done():
			return
		case item, ok := <-from.items:
			if !ok || s.send(item) != nil {
				return
			}
		case <-beat.C:
			if s.beat() != nil {
				return
			}
		}
	}
}

// stream writes server-sent events (WHATWG HTML, section 9.2).
type stream struct {
	w     http.ResponseWriter
	flush *http.ResponseController
}

func (s *stream) begin() {
	h := s.w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	// A server-wide write deadline would end the stream.
	_ = s.flush.SetWriteDeadline(time.Time{})
	s.w.WriteHeader(http.StatusOK)
}

func (s *stream) send(i Item) error {
	body, err := json.Marshal(i)
	if err != nil {
		return fmt.Errorf("write event: %w", err)
	}
	if i.Pos > 0 {
		if _, err := fmt.Fprintf(s.w, "id: %d\n", i.Pos); err != nil {
			return fmt.Errorf("write event: %w", err)
		}
	}
	if _, err := fmt.Fprintf(s.w, "data: %s\n\n", body); err != nil {
		return fmt.Errorf("write event: %w", err)
	}
	return s.flush.Flush()
}

func (s *stream) beat() error {
	if _, err := fmt.Fprint(s.w, ": alive\n\n"); err != nil {
		return fmt.Errorf("write heartbeat: %w", err)
	}
	return s.flush.Flush()
}
