package mailtest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// Tokens is the OAuth 2 introspection service (RFC 7662) that Dovecot asks
// whether an access token is good.
type Tokens struct {
	mu     sync.Mutex
	users  map[string]string // token to address
	server *httptest.Server
	asked  int
}

func startTokens(t testing.TB) *Tokens {
	t.Helper()
	s := &Tokens{users: map[string]string{}}
	s.server = httptest.NewServer(http.HandlerFunc(s.introspect))
	t.Cleanup(s.server.Close)
	return s
}

// URL is where Dovecot asks.
func (s *Tokens) URL() string { return s.server.URL + "/introspect" }

// Grant makes a token good for an address.
func (s *Tokens) Grant(token, address string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[token] = address
}

// Expire makes a token bad.
func (s *Tokens) Expire(token string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.users, token)
}

// Asked says how often a token was looked up.
func (s *Tokens) Asked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

func (s *Tokens) introspect(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	s.mu.Lock()
	address, good := s.users[r.Form.Get("token")]
	s.asked++
	s.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"active": good, "username": address})
}
