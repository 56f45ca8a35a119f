// Package telegramtest is a Bot API server for tests: what Telegram does with
// what a bot asks of it, told by its documentation and by its own answers.
//
// Start answers a Server; give its URL to a bot as the base of the API. NewBot
// makes bots, NewPerson people; Person.Talk is the private chat of the two, in
// which a test writes, sends files, presses buttons, edits, blocks, and reads
// what the bot sent. The server keeps the promises bots rely on: an update comes
// again until a later offset confirms it, a second getUpdates ends the first, a
// webhook that fails is called again, lengths are counted as Telegram counts
// them, people who blocked a bot cannot be written to. It breaks them on demand:
// see Fault, Rate, Bot.Withhold, Bot.Replay and Server.Pass.
//
// Every request is recorded. Where the machine-readable description of the Bot
// API is found (see FindSchema), every request and every answer and update of
// the server is checked against it, and what does not fit fails the test.
package telegramtest

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"
)

// Server is one Bot API server with its bots, people and files. It is safe for
// concurrent use.
type Server struct {
	URL string // base of the API, without a slash at the end

	t      testing.TB
	schema *Schema // nil where there is none
	http   *httptest.Server
	quit   chan struct{} // closed at the end

	mu         sync.Mutex
	changed    chan struct{} // closed and renewed with every change
	ahead      time.Duration // of the clock
	serial     int64         // last id given to anything
	bots       []*Bot
	people     map[int64]*Person
	groups     map[int64]*Group
	files      map[string]*stored
	queries    map[string]*Query
	requests   []Request
	violations []string
	faults     map[string][]Fault
	decide     func(Request) (Fault, bool)
	rate       Rate
	plainHooks bool
	hosts      map[string]string // where names lead, see Resolve
	hooks      sync.WaitGroup
}

// Start runs a server until the test ends. What bots asked against the
// description of the Bot API, and the test did not fetch with Violations, fails
// the test then.
func Start(t testing.TB) *Server {
	t.Helper()
	s := &Server{
		t: t, schema: loadSchema(t), quit: make(chan struct{}), changed: make(chan struct{}), serial: 1000,
		people: map[int64]*Person{}, groups: map[int64]*Group{}, files: map[string]*stored{},
		queries: map[string]*Query{}, faults: map[string][]Fault{}, hosts: map[string]string{},
	}
	s.http = httptest.NewServer(http.HandlerFunc(s.serve))
	s.URL = s.http.URL
	t.Cleanup(s.end)
	return s
}

func (s *Server) end() {
	close(s.quit)
	s.http.CloseClientConnections()
	s.http.Close()
	s.hooks.Wait()
	for _, v := range s.Violations() {
		s.t.Errorf("against the description of the Bot API: %s", v)
	}
}

// Pass moves the server's clock on.
func (s *Server) Pass(d time.Duration) {
	s.change(func() { s.ahead += d })
}

// now is the server's time. The lock is held.
func (s *Server) now() time.Time { return time.Now().Add(s.ahead) }

// next gives a number never given before. The lock is held.
func (s *Server) next() int64 {
	s.serial++
	return s.serial
}

func (s *Server) change(do func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	do()
	s.ring()
}

// ring wakes whoever waits for a change. The lock is held.
func (s *Server) ring() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// Await waits until ok holds or ctx ends, and says whether it held. ok is called
// without the server's lock, so it may ask the server.
func (s *Server) Await(ctx context.Context, ok func() bool) bool {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if ok() {
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-changed:
		}
	}
}

// Request is one call of a bot, as it came.
type Request struct {
	Bot    int64 // id, 0 when the token is nobody's
	Method string
	Params map[string]string // strings as they are, everything else as JSON
	Files  map[string]Upload // multipart files by field
	Code   int               // of the answer, 0 when none was given
}

// Upload is a file that came in a request.
type Upload struct {
	Name  string
	Type  string
	Bytes []byte
}

// Requests are the calls so far of one method, or of all for "".
func (s *Server) Requests(method string) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	if method == "" {
		return slices.Clone(s.requests)
	}
	return slices.DeleteFunc(slices.Clone(s.requests), func(r Request) bool { return r.Method != method })
}

// Violations are the requests, answers and updates so far that do not fit the
// description of the Bot API. Asking empties the list.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.violations
	s.violations = nil
	return list
}

// violate notes what does not fit. The lock is held.
func (s *Server) violate(where string, findings []string) {
	for _, f := range findings {
		s.violations = append(s.violations, fmt.Sprintf("%s: %s", where, f))
	}
}
