package web

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"okno/assets"
	"okno/assets/locale"
	"okno/channels"
	"okno/channels/hub"
	"okno/server/live"
	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

// rig is the pages over a real store in memory with one agent signed in.
type rig struct {
	t       *testing.T
	db      *store.Store
	service *tickets.Service
	live    *live.Hub
	box     hub.Channel // a mailbox
	bot     hub.Channel // a chat
	handler http.Handler
	agent   people.Agent
	cookies []*http.Cookie
}

// plainHasher keeps passwords as they are: hashing is not what is tested here.
type plainHasher struct{}

func (plainHasher) Hash(password string) (string, error) { return "plain:" + password, nil }
func (plainHasher) Matches(password, hash string) (bool, error) {
	return hash == "plain:"+password, nil
}

// mailboxes is a hub with one mailbox.
type mailboxes struct {
	Hub
	list []hub.Channel
}

func (m mailboxes) Kinds() []channels.Kind {
	return []channels.Kind{{Name: "email"}, {Name: "telegram", Chat: true}}
}

func (m mailboxes) Channels(context.Context) ([]hub.Channel, error) { return m.list, nil }

// sessionMap keeps sessions in memory.
type sessionMap struct {
	mu   sync.Mutex
	rows map[string][]byte
}

func (s *sessionMap) FindCtx(_ context.Context, token string) ([]byte, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b, ok := s.rows[token]
	return b, ok, nil
}

func (s *sessionMap) CommitCtx(_ context.Context, token string, b []byte, _ time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rows[token] = b
	return nil
}

func (s *sessionMap) DeleteCtx(_ context.Context, token string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rows, token)
	return nil
}

func (s *sessionMap) Find(string) ([]byte, bool, error)      { return nil, false, nil }
func (s *sessionMap) Commit(string, []byte, time.Time) error { return nil }
func (s *sessionMap) Delete(string) error                    { return nil }

func newRig(t *testing.T) *rig {
	t.Helper()
	gin.SetMode(gin.ReleaseMode)
	ctx := t.Context()
	db, err := store.Open(ctx, store.Options{URL: "memory", Now: time.Now})
	orFail(t, err)
	t.Cleanup(func() { orFail(t, db.Close()) })
	r := &rig{t: t, db: db, service: tickets.NewService(db, tickets.Options{UndoWindow: 10 * time.Second})}
	r.live = live.New(db, time.Now, slog.New(slog.DiscardHandler), live.Options{})
	r.box = hub.Channel{Connection: channels.Connection{ID: db.NewID(), Kind: "email", Name: "help@example.org"}, Enabled: true}
	r.bot = hub.Channel{Connection: channels.Connection{ID: db.NewID(), Kind: "telegram", Name: "Helper"}, Enabled: true}
	orFail(t, db.InsertChannel(ctx, r.box))
	orFail(t, db.InsertChannel(ctx, r.bot))
	staff := people.NewService(db, plainHasher{})
	r.handler = r.engine(staff, mailboxes{list: []hub.Channel{r.box, r.bot}})
	r.agent, err = staff.FirstAdministrator(ctx, "", people.NewAccount{Name: "Anna Lebedeva", Email: "anna@example.org", Password: "long enough a password", Language: "en"})
	orFail(t, err)
	res := r.post("/signin", url.Values{"email": {"anna@example.org"}, "password": {"long enough a password"}})
	if r.cookies = res.Result().Cookies(); res.Code != http.StatusSeeOther {
		t.Fatalf("sign in: %d %s", res.Code, res.Body)
	}
	return r
}

func (r *rig) engine(staff *people.Service, h Hub) http.Handler {
	r.t.Helper()
	files, err := assets.New()
	orFail(r.t, err)
	words, err := locale.New()
	orFail(r.t, err)
	w, err := New(Deps{
		Tickets: r.service, People: staff, Store: r.db, Begun: r.db, Settings: r.db, Hub: h, Files: store.NewFiles(r.t.TempDir()),
		Live: r.live, Sessions: &sessionMap{rows: map[string][]byte{}}, Assets: files, Locale: words, Now: time.Now,
		Logger: slog.New(slog.DiscardHandler), PublicURL: "http://desk.example.org",
		Health: func() (bool, tickets.Sentence) { return true, tickets.Sentence{} }, Signer: testSigner{},
	})
	orFail(r.t, err)
	e := gin.New()
	orFail(r.t, w.Attach(e))
	return e
}

func orFail(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// send makes a request as the agent.
func (r *rig) send(req *http.Request, header ...string) *httptest.ResponseRecorder {
	r.t.Helper()
	for _, c := range r.cookies {
		req.AddCookie(c)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	r.handler.ServeHTTP(w, req)
	return w
}

func (r *rig) get(path string, header ...string) *httptest.ResponseRecorder {
	r.t.Helper()
	return r.send(httptest.NewRequest(http.MethodGet, path, nil), header...)
}

func (r *rig) post(path string, form url.Values, header ...string) *httptest.ResponseRecorder {
	r.t.Helper()
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r.send(req, header...)
}

// upload sends one file as a form does.
func (r *rig) upload(path, name, kind string, body []byte) *httptest.ResponseRecorder {
	r.t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	part, err := m.CreatePart(map[string][]string{
		"Content-Disposition": {`form-data; name="files"; filename="` + name + `"`}, "Content-Type": {kind},
	})
	orFail(r.t, err)
	_, err = io.Copy(part, bytes.NewReader(body))
	orFail(r.t, err)
	orFail(r.t, m.Close())
	req := httptest.NewRequest(http.MethodPost, path, &b)
	req.Header.Set("Content-Type", m.FormDataContentType())
	return r.send(req)
}

// asked opens a ticket that a person asked for by mail.
func (r *rig) asked(subject, body string) tickets.Ticket {
	r.t.Helper()
	p := people.Person{ID: r.db.NewID(), Name: "Olga Sinitsyna", CreatedAt: time.Now()}
	orFail(r.t, r.db.InsertPerson(r.t.Context(), p))
	t, _, err := r.service.Create(r.t.Context(), tickets.System(), tickets.NewTicket{
		Subject: subject, RequesterID: p.ID, ChannelID: r.box.ID,
		Incoming: &tickets.Incoming{PersonID: p.ID, ChannelID: r.box.ID, Network: "email", Body: body, At: time.Now()},
	})
	orFail(r.t, err)
	return t
}

// events are the types of what happened to a ticket.
func (r *rig) events(t tickets.Ticket) string {
	r.t.Helper()
	list, err := r.db.TicketEvents(r.t.Context(), t.ID)
	orFail(r.t, err)
	var types []string
	for _, e := range list {
		types = append(types, string(e.Type))
	}
	return strings.Join(types, " ")
}

// has checks an answer: its status, what it must and what it must not contain.
func has(t *testing.T, res *httptest.ResponseRecorder, status int, want, not []string) {
	t.Helper()
	if res.Code != status {
		t.Errorf("status %d, want %d: %s", res.Code, status, res.Body)
	}
	for _, w := range want {
		if !strings.Contains(res.Body.String(), w) {
			t.Errorf("the answer lacks %q", w)
		}
	}
	for _, n := range not {
		if strings.Contains(res.Body.String(), n) {
			t.Errorf("the answer has %q", n)
		}
	}
}
