package web_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"okno/assets"
	"okno/assets/locale"
	"okno/channels"
	"okno/channels/hub"
	"okno/server/live"
	"okno/server/store"
	"okno/server/web"
	"okno/tickets"
	"okno/tickets/people"
)

const publicURL = "https://desk.example"

// desk is a running desk on a database in memory, with fake channels.
type desk struct {
	t      *testing.T
	store  *store.Store
	people *people.Service
	hub    *fakeHub
	files  *store.Files
	cases  *tickets.Service
	engine *gin.Engine
	now    time.Time
	admin  people.Agent
	agent  people.Agent
}

// plain hashes nothing, so that tests are quick.
type plain struct{}

func (plain) Hash(password string) (string, error)        { return "plain:" + password, nil }
func (plain) Matches(password, hash string) (bool, error) { return hash == "plain:"+password, nil }

// seal keeps secrets as they are.
type seal struct{}

func (seal) Seal(b []byte) (string, error) { return string(b), nil }
func (seal) Open(s string) ([]byte, error) { return []byte(s), nil }

const password = "four calm words here"

// newDesk has no agent yet.
func newDesk(t *testing.T) *desk {
	t.Helper()
	gin.SetMode(gin.ReleaseMode)
	d := &desk{t: t, now: time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC), hub: &fakeHub{}}
	s, err := store.Open(t.Context(), store.Options{URL: "memory", Now: d.clock, Sealer: seal{}})
	must(t, err)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	d.store, d.people = s, people.NewService(s, plain{})
	d.files, d.cases = s.Files(t.TempDir()), tickets.NewService(s, tickets.Options{})
	d.engine = d.process()
	return d
}

func (d *desk) clock() time.Time { return d.now }

// process serves the pages of the desk as a process of its own does.
func (d *desk) process() *gin.Engine {
	d.t.Helper()
	words, err := locale.New()
	must(d.t, err)
	files, err := assets.New()
	must(d.t, err)
	s, e := d.store, gin.New()
	w, err := web.New(web.Deps{
		Tickets: d.cases, People: d.people, Store: s, Settings: s, Hub: d.hub, Files: d.files, Signer: marks{},
		Live: deaf{http.NotFoundHandler()}, Sessions: s.Sessions(), Begun: s, Assets: files, Locale: words, Now: d.clock,
		Logger: slog.New(slog.DiscardHandler), PublicURL: publicURL,
		Health: func() (bool, tickets.Sentence) { return true, tickets.Sentence{} },
	})
	must(d.t, err)
	must(d.t, w.Attach(e))
	return e
}

// marks signs by saying what for.
type marks struct{}

func (marks) Sign(purpose string, id int64) string                { return fmt.Sprint(purpose, id) }
func (m marks) Verify(purpose string, id int64, mark string) bool { return mark == m.Sign(purpose, id) }

// staffed has an administrator and an agent.
func staffed(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t)
	var err error
	d.admin, err = d.people.FirstAdministrator(t.Context(), "", people.NewAccount{Name: "Anna Gray", Email: "anna@example.com", Password: password, Language: "en"})
	must(t, err)
	_, secret, err := d.people.Invite(t.Context(), d.admin, "Boris Agent", "boris@example.com", people.Answerer, nil)
	must(t, err)
	d.agent, err = d.people.Accept(t.Context(), secret, people.NewAccount{Name: "Boris Agent", Password: password, Language: "en"})
	must(t, err)
	return d
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// browser keeps cookies between requests.
type browser struct {
	d       *desk
	cookies map[string]string
	header  http.Header // of every request
}

func (d *desk) browser() *browser {
	return &browser{d: d, cookies: map[string]string{}, header: http.Header{}}
}

// signedIn is a browser of an agent.
func (d *desk) signedIn(email string) *browser {
	d.t.Helper()
	b := d.browser()
	b.post("/signin", "email", email, "password", password).status(http.StatusSeeOther)
	return b
}

func (b *browser) get(path string) *answer { return b.do(http.MethodGet, path, "") }

// post sends a form; fields are names and values in turn.
func (b *browser) post(path string, fields ...string) *answer {
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return b.do(http.MethodPost, path, form.Encode())
}

func (b *browser) do(method, path, body string) *answer {
	b.d.t.Helper()
	r := httptest.NewRequest(method, publicURL+path, strings.NewReader(body))
	for name, values := range b.header {
		r.Header[name] = values
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	rec := httptest.NewRecorder()
	b.d.engine.ServeHTTP(rec, r)
	for _, c := range rec.Result().Cookies() {
		b.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	if strings.Contains(rec.Body.String(), "no value&gt;") {
		b.d.t.Errorf("%s %s: a sentence lacks a word", method, path)
	}
	return &answer{t: b.d.t, what: method + " " + path, ResponseRecorder: rec}
}

// answer is a response with what must hold for it.
type answer struct {
	t    *testing.T
	what string
	*httptest.ResponseRecorder
}

func (a *answer) status(want int) *answer {
	a.t.Helper()
	if a.Code != want {
		a.t.Errorf("%s: got %d, want %d: %.400s", a.what, a.Code, want, a.Body)
	}
	return a
}

func (a *answer) has(texts ...string) *answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.Body.String(), text) {
			a.t.Errorf("%s lacks %q", a.what, text)
		}
	}
	return a
}

func (a *answer) lacks(texts ...string) *answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(a.Body.String(), text) {
			a.t.Errorf("%s shows %q", a.what, text)
		}
	}
	return a
}

func (a *answer) leadsTo(where string) *answer {
	a.t.Helper()
	a.status(http.StatusSeeOther)
	if got := a.Header().Get("Location"); got != where {
		a.t.Errorf("%s leads to %q, want %q", a.what, got, where)
	}
	return a
}

// deaf is a live stream nobody listens to.
type deaf struct{ http.Handler }

func (deaf) Look(int64, live.Seen)           {}
func (deaf) Leave(int64, int64)              {}
func (deaf) Others(int64, int64) []live.Seen { return nil }

// fakeHub has a kind of mail and one of chat, and remembers what it was told.
type fakeHub struct {
	channels []hub.Channel
	entries  []hub.Entry
	redone   []int64
	letters  []hub.Letter
}

func (h *fakeHub) Write(_ context.Context, l hub.Letter) error {
	h.letters = append(h.letters, l)
	return nil
}

func (h *fakeHub) Kinds() []channels.Kind {
	return []channels.Kind{{Name: "email", Address: "address", Fields: []channels.Field{
		{Key: "address", Type: channels.FieldText, Required: true},
		{Key: "auth", Type: channels.FieldChoice, Options: []string{"password", "google"}, Default: "password"},
		{Key: "imap_password", Type: channels.FieldSecret, ShowIf: "auth=password"},
		{Key: "google_client_id", Type: channels.FieldText, ShowIf: "auth=google"},
		{Key: "host", Type: channels.FieldText, Group: "server", More: true},
	}, Suggest: guessHost}, {Name: "telegram", Chat: true, Address: "address", Fields: []channels.Field{
		{Key: "token", Type: channels.FieldSecret, Required: true},
		{Key: "address", Type: channels.FieldText},
	}}}
}

// guessHost puts "imap." before the domain.
func guessHost(typed map[string]string) map[string]string {
	_, domain, ok := strings.Cut(typed["address"], "@")
	if !ok {
		return nil
	}
	return map[string]string{"host": "imap." + domain}
}

func (h *fakeHub) Channels(context.Context) ([]hub.Channel, error) { return h.channels, nil }

func (h *fakeHub) Channel(_ context.Context, _ people.Agent, id int64) (hub.Channel, error) {
	for _, c := range h.channels {
		if c.ID == id {
			return c, nil
		}
	}
	return hub.Channel{}, people.ErrMissing
}

func (h *fakeHub) SaveChannel(_ context.Context, _ people.Agent, c hub.Channel) (hub.Channel, error) {
	if c.Settings["address"] == "" {
		return c, hub.Faults{"address": channels.Text{Key: "hub.fault.required"}}
	}
	c.ID, c.Name = int64(len(h.channels)+1), c.Settings["address"]
	for key := range c.Secrets {
		c.Secrets[key] = "" // as the real one answers them
	}
	h.channels = append(h.channels, c)
	return c, nil
}

func (h *fakeHub) Check(_ context.Context, _ people.Agent, c hub.Channel, report func(channels.Step)) error {
	report(channels.Step{OK: c.Secrets["imap_password"] == password, Label: channels.Text{Key: "step.signin"}, Detail: "NO LOGIN"})
	return nil
}

func (h *fakeHub) BeginSignIn(context.Context, people.Agent, hub.Channel, string) (channels.Prompt, error) {
	return channels.Prompt{URL: "https://provider.example/consent", State: "right"}, nil
}

func (h *fakeHub) FinishSignIn(_ context.Context, _ people.Agent, _ hub.Channel, _ channels.Prompt, code string) (map[string]string, error) {
	if code != "code" {
		return nil, errors.New("wrong code")
	}
	return nil, nil
}

func (h *fakeHub) Ledger(context.Context, people.Agent, hub.LedgerQuery) (hub.LedgerPage, error) {
	return hub.LedgerPage{Entries: h.entries, Next: "cursor"}, nil
}

func (h *fakeHub) LedgerCounts(context.Context, people.Agent) (map[hub.Outcome]int, error) {
	counts := map[hub.Outcome]int{}
	for _, e := range h.entries {
		counts[e.Outcome]++
	}
	return counts, nil
}

func (h *fakeHub) Redo(_ context.Context, _ people.Agent, id int64) error {
	h.redone = append(h.redone, id)
	return nil
}

func (h *fakeHub) RedoAside(context.Context, people.Agent) (int, error) { return len(h.entries), nil }

func (h *fakeHub) MakeTicket(context.Context, people.Agent, int64) (int64, error) { return 12, nil }

func (h *fakeHub) Original(_ context.Context, _ people.Agent, id int64) (hub.Entry, io.ReadCloser, error) {
	return h.entries[0], io.NopCloser(strings.NewReader("Subject: raw")), nil
}
