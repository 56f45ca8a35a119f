package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"okno/tickets/people"
)

const (
	// idle is how long a session lives without a request.
	idle = 14 * 24 * time.Hour
	// slide is how often its end is moved; moving it on every request would
	// make every read a write, and reading must work when the disk is full.
	slide = 24 * time.Hour

	keyAgent = "agent" // int64
	keyMark  = "mark"  // string, see mark
)

// errSignedOut is a request that needs a session and has none.
var errSignedOut = errors.New("no session")

// sessions keeps who has signed in. Only hashes of session ids are stored.
type sessions struct {
	scs *scs.SessionManager
	now func() time.Time
}

// newSessions keeps sessions whose id is in the cookie of this name.
func newSessions(store scs.CtxStore, cookie string, secure bool, now func() time.Time) *sessions {
	m := scs.New()
	m.Store, m.HashTokenInStore, m.Lifetime = store, true, idle
	m.Cookie.Name, m.Cookie.Secure = ownCookie(cookie, secure), secure
	return &sessions{scs: m, now: now}
}

// ownCookie is the name of a cookie: over TLS one that no other host of the domain
// can set.
func ownCookie(name string, secure bool) string {
	if secure {
		return "__Host-" + name
	}
	return name
}

// load reads the session of a request and answers the agent who has signed in,
// zero when nobody has or when the account or its password changed since.
func (s *sessions) load(c *gin.Context, agents AgentReader) (people.Agent, error) {
	if err := s.open(c); err != nil {
		return people.Agent{}, err
	}
	ctx := c.Request.Context()
	id := s.scs.GetInt64(ctx, keyAgent)
	if id == 0 {
		return people.Agent{}, nil
	}
	who, err := agents.Agent(ctx, id)
	if errors.Is(err, people.ErrMissing) {
		return people.Agent{}, nil
	}
	if err != nil {
		return people.Agent{}, fmt.Errorf("read agent of session: %w", err)
	}
	if who.Disabled || mark(who) != s.scs.GetString(ctx, keyMark) {
		return people.Agent{}, nil
	}
	s.prolong(c)
	return who, nil
}

// open reads the session that a request's cookie names into its context.
func (s *sessions) open(c *gin.Context) error {
	var token string
	if cookie, err := c.Request.Cookie(s.scs.Cookie.Name); err == nil {
		token = cookie.Value
	}
	ctx, err := s.scs.Load(c.Request.Context(), token)
	if err != nil {
		return fmt.Errorf("load session: %w", err)
	}
	c.Request = c.Request.WithContext(ctx)
	return nil
}

// Visitor answers the agent who has signed in with the browser that asks, zero
// when nobody has: for whatever else answers on the same engine.
func (w *Web) Visitor(c *gin.Context) (people.Agent, error) { return w.sessions.load(c, w.Store) }

// prolong moves the end of a session once a day. When that cannot be stored the
// session simply ends earlier.
func (s *sessions) prolong(c *gin.Context) {
	ctx := c.Request.Context()
	if s.scs.Deadline(ctx).Sub(s.now()) > idle-slide {
		return
	}
	s.scs.SetDeadline(ctx, s.now().Add(idle))
	if token, end, err := s.scs.Commit(ctx); err == nil {
		s.scs.WriteSessionCookie(ctx, c.Writer, token, end)
	}
}

// begin signs an agent in under a new session id.
func (s *sessions) begin(c *gin.Context, who people.Agent) error {
	ctx := c.Request.Context()
	if err := s.scs.Clear(ctx); err != nil {
		return fmt.Errorf("clear session: %w", err)
	}
	if err := s.scs.RenewToken(ctx); err != nil {
		return fmt.Errorf("renew session id: %w", err)
	}
	s.scs.Put(ctx, keyAgent, who.ID)
	s.scs.Put(ctx, keyMark, mark(who))
	return s.save(c)
}

// end signs out.
func (s *sessions) end(c *gin.Context) error {
	ctx := c.Request.Context()
	if err := s.scs.Destroy(ctx); err != nil {
		return fmt.Errorf("end session: %w", err)
	}
	s.scs.WriteSessionCookie(ctx, c.Writer, "", time.Time{})
	return nil
}

// put keeps a text in the session, for a request that follows.
func (s *sessions) put(c *gin.Context, key, value string) error {
	s.scs.Put(c.Request.Context(), key, value)
	return s.save(c)
}

// take answers a text that was put and forgets it.
func (s *sessions) take(c *gin.Context, key string) (string, error) {
	ctx := c.Request.Context()
	if !s.scs.Exists(ctx, key) {
		return "", nil
	}
	value := s.scs.PopString(ctx, key)
	return value, s.save(c)
}

func (s *sessions) save(c *gin.Context) error {
	ctx := c.Request.Context()
	token, end, err := s.scs.Commit(ctx)
	if err != nil {
		return fmt.Errorf("save session: %w", err)
	}
	s.scs.WriteSessionCookie(ctx, c.Writer, token, end)
	return nil
}

// mark changes with the password, so that a new password ends every session
// begun with the old one.
func mark(who people.Agent) string {
	sum := sha256.Sum256([]byte(who.PasswordHash))
	return hex.EncodeToString(sum[:8])
}

// cookie sets a small preference that scripts need not read.
func (w *Web) cookie(c *gin.Context, name, value string) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int((365 * 24 * time.Hour).Seconds()),
		HttpOnly: true, Secure: w.secure, SameSite: http.SameSiteLaxMode,
	})
}

// detached carries the values of a request and outlives it.
func detached(c *gin.Context) context.Context { return context.WithoutCancel(c.Request.Context()) }
