package live_test

import (
	"bufio"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"okno/server/live"
	"okno/tickets"
)

// log is an event log in memory.
type log struct {
	mu     sync.Mutex
	events []tickets.Event
	woken  chan struct{}
	read   chan struct{} // closed by the first LastPos: the hub follows now
	once   sync.Once
}

func newLog(n int) *log {
	l := &log{woken: make(chan struct{}, 1), read: make(chan struct{})}
	for range n {
		l.append(7)
	}
	return l
}

func (l *log) append(number int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.events = append(l.events, tickets.Event{Pos: int64(len(l.events)) + 1, Number: number, Type: tickets.MessageAdded})
}

func (l *log) commit(number int64) {
	l.append(number)
	select {
	case l.woken <- struct{}{}:
	default:
	}
}

func (l *log) EventsAfter(_ context.Context, pos int64, limit int) ([]tickets.Event, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	rest := l.events[min(pos, int64(len(l.events))):]
	return append([]tickets.Event(nil), rest[:min(limit, len(rest))]...), nil
}

func (l *log) LastPos(context.Context) (int64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.once.Do(func() { close(l.read) })
	return int64(len(l.events)), nil
}

func (l *log) Committed() (<-chan struct{}, func()) { return l.woken, func() {} }

// serve runs a hub over the log behind a real server.
func serve(t *testing.T, l *log, o live.Options) (*live.Hub, string) {
	t.Helper()
	hub := live.New(l, time.Now, slog.New(slog.DiscardHandler), o)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- hub.Run(ctx) }()
	srv := httptest.NewServer(hub)
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
		srv.Close()
	})
	<-l.read
	// The first commit is read by Run only after it knows the end of the log.
	return hub, srv.URL
}

// lines opens a stream and answers what it brings, without blank lines.
func lines(t *testing.T, url, last string) <-chan string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Last-Event-ID", last)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	out := make(chan string, 1000)
	go func() {
		defer close(out)
		defer func() { _ = res.Body.Close() }()
		for s := bufio.NewScanner(res.Body); s.Scan(); {
			if s.Text() != "" {
				out <- s.Text()
			}
		}
	}()
	return out
}

func want(t *testing.T, got <-chan string, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		line, ok := <-got
		if !ok || line != w {
			t.Fatalf("got %q (open %v), want %q", line, ok, w)
		}
	}
}

func TestTellsWhatWasCommitted(t *testing.T) {
	l := newLog(3)
	_, url := serve(t, l, live.Options{})
	got := lines(t, url, "")
	first := <-got
	for !strings.HasPrefix(first, "data:") {
		first = <-got
	}
	if !strings.Contains(first, `"hello"`) {
		t.Fatalf("the stream begins with %q", first)
	}
	l.commit(12)
	want(t, got, "id: 4", `data: {"pos":4,"ticket":12,"kind":"message.added"}`)
}

func TestReplaysWhatAReturningPageMissed(t *testing.T) {
	l := newLog(3)
	_, url := serve(t, l, live.Options{})
	settle(t, l, url)
	for _, tt := range []struct{ name, url, last string }{
		{"header", url, "2"},
		{"address", url + "?from=2", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := lines(t, tt.url, tt.last)
			want(t, got, "id: 3", `data: {"pos":3,"ticket":7,"kind":"message.added"}`,
				"id: 4", `data: {"pos":4,"ticket":9,"kind":"message.added"}`,
				"id: 4", `data: {"pos":4,"kind":"hello"}`)
		})
	}
}

// settle waits until the hub has read the whole log.
func settle(t *testing.T, l *log, url string) {
	t.Helper()
	got := lines(t, url, "")
	l.commit(9)
	for line := range got {
		if strings.Contains(line, `"ticket":9`) {
			return
		}
	}
	t.Fatal("the stream ended")
}

func TestSaysGapWhenTooMuchWasMissed(t *testing.T) {
	l := newLog(900)
	_, url := serve(t, l, live.Options{})
	settle(t, l, url)
	want(t, lines(t, url, "1"), "id: 901", `data: {"pos":901,"kind":"gap"}`)
}

func TestBoundsTheNumberOfStreams(t *testing.T) {
	_, url := serve(t, newLog(1), live.Options{Streams: 1})
	<-lines(t, url, "")
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" {
		t.Errorf("second stream: %d, Retry-After %q", res.StatusCode, res.Header.Get("Retry-After"))
	}
}

func TestPresence(t *testing.T) {
	hub, url := serve(t, newLog(1), live.Options{})
	got := lines(t, url, "")
	for line := range got {
		if strings.Contains(line, "hello") {
			break
		}
	}
	presence := `data: {"ticket":5,"kind":"presence"}`
	hub.Look(5, live.Seen{AgentID: 1, Name: "Anna"})
	want(t, got, presence)
	hub.Look(5, live.Seen{AgentID: 1, Name: "Anna"}) // nothing new
	hub.Look(5, live.Seen{AgentID: 1, Name: "Anna", Typing: true})
	want(t, got, presence)
	if others := hub.Others(5, 2); len(others) != 1 || !others[0].Typing {
		t.Errorf("others: %+v", others)
	}
	if mine := hub.Others(5, 1); len(mine) != 0 {
		t.Errorf("agents see themselves: %+v", mine)
	}
	hub.Leave(5, 1)
	want(t, got, presence)
	if others := hub.Others(5, 2); len(others) != 0 {
		t.Errorf("still there: %+v", others)
	}
}

func TestPresenceExpires(t *testing.T) {
	now := time.Now()
	hub := live.New(newLog(0), func() time.Time { return now }, slog.New(slog.DiscardHandler), live.Options{})
	hub.Look(5, live.Seen{AgentID: 1, Name: "Anna"})
	now = now.Add(time.Minute)
	if others := hub.Others(5, 2); len(others) != 0 {
		t.Errorf("still there after a minute: %+v", others)
	}
}
