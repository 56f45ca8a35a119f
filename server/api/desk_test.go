package api_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/server"
	"okno/server/config"
	"okno/tickets/people"
)

const (
	adminEmail    = "anna@example.org"
	adminPassword = "long enough a password"
)

// desk is a whole desk on a port of its own, with a token of every scope.
type desk struct {
	t      testing.TB
	dir    string
	srv    *server.Server
	stop   func()
	admin  people.Agent
	tokens map[people.Scope]string
	last   string // number of the ticket made last
}

func newDesk(t testing.TB) *desk {
	t.Helper()
	d := &desk{t: t, dir: t.TempDir(), tokens: map[people.Scope]string{}}
	d.start()
	t.Cleanup(func() { d.stop() })
	admin, err := d.srv.People.SignIn(t.Context(), adminEmail, adminPassword)
	d.ok(err)
	d.admin = admin
	for _, s := range people.Scopes() {
		d.tokens[s] = d.token(people.NewToken{Name: "by " + string(s), Scope: s})
	}
	return d
}

func (d *desk) token(n people.NewToken) string {
	d.t.Helper()
	_, secret, err := d.srv.People.MakeToken(d.t.Context(), people.Agent{}, n)
	d.ok(err)
	return secret
}

// start runs the desk over its directory, anew after stop.
func (d *desk) start() {
	d.t.Helper()
	kind := channeltest.New().Kind()
	kind.Name = "email"
	c := config.Config{Data: d.dir, Listen: "127.0.0.1:0", AdminEmail: adminEmail, AdminPassword: adminPassword}
	srv, err := server.New(context.Background(), c, server.Options{Kinds: []channels.Kind{kind}})
	d.ok(err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- srv.Run(ctx) }()
	d.srv = srv
	d.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			d.t.Error(err)
		}
		d.stop = func() {}
	}
	for {
		if done, err := srv.People.SetUp(context.Background()); err == nil && done {
			return
		}
		if d.t.Context().Err() != nil {
			d.t.Fatal("the desk has no administrator")
		}
	}
}

func (d *desk) ok(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// call is a request and what else it brings.
type call struct {
	method, path string
	body         string // JSON unless header says otherwise
	token        string
	header       map[string]string
}

// answer is what came back.
type answer struct {
	t      testing.TB
	what   string
	status int
	header http.Header
	body   []byte
}

func (d *desk) do(c call) answer {
	d.t.Helper()
	path := c.path
	if !strings.HasPrefix(path, "/api/") && !strings.HasPrefix(path, "/openapi") {
		path = "/api/v1" + path
	}
	r, err := http.NewRequestWithContext(d.t.Context(), c.method, "http://"+d.srv.Addr()+path, strings.NewReader(c.body))
	d.ok(err)
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	if c.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, value := range c.header {
		r.Header.Set(name, value)
	}
	res, err := http.DefaultClient.Do(r)
	d.ok(err)
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	d.ok(err)
	return answer{d.t, c.method + " " + path, res.StatusCode, res.Header, body}
}

// as asks with the token of a scope.
func (d *desk) as(s people.Scope, method, path, body string) answer {
	d.t.Helper()
	return d.do(call{method: method, path: path, body: body, token: d.tokens[s]})
}

func (a answer) is(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Errorf("%s: got %d, want %d: %.600s", a.what, a.status, status, a.body)
	}
	return a
}

// refused checks that an answer is a whole problem document, and answers it.
func (a answer) refused(status int) (p problem) {
	a.t.Helper()
	a.is(status)
	if got := a.header.Get("Content-Type"); got != "application/problem+json" {
		a.t.Errorf("%s: a refusal of type %q: %.300s", a.what, got, a.body)
		return p
	}
	a.into(&p)
	if p.Status != status || p.Title == "" || p.Detail == "" || !strings.Contains(p.Type, "/api/docs#problem-") {
		a.t.Errorf("%s: half a problem %s", a.what, a.body)
	}
	for _, text := range []string{p.Title, p.Detail} {
		if strings.HasPrefix(text, "api.") || strings.HasPrefix(text, "error.") || strings.Contains(text, "no value") {
			a.t.Errorf("%s: a sentence lacks words: %q", a.what, text)
		}
	}
	return p
}

type problem struct {
	Type, Title, Detail, ID string
	Status                  int
	Errors                  []struct{ Detail, Pointer, Parameter, Header string }
}

// at answers the places a problem names.
func (p problem) at() (places []string) {
	for _, e := range p.Errors {
		places = append(places, e.Pointer+e.Parameter+e.Header)
	}
	return places
}

func (a answer) into(v any) {
	a.t.Helper()
	if err := json.Unmarshal(a.body, v); err != nil {
		a.t.Fatalf("%s: %v: %.300s", a.what, err, a.body)
	}
}

// object is an answer as it is.
func (a answer) object() map[string]any {
	a.t.Helper()
	var v map[string]any
	a.into(&v)
	return v
}

// ticket opens one and answers its number.
func (d *desk) ticket(subject string) string {
	d.t.Helper()
	body := `{"subject":"` + subject + `","body":"It hums","requester":{"name":"Ira","email":"ira@example.org"}}`
	n, ok := d.as(people.ScopeWrite, "POST", "/tickets", body).is(201).object()["number"].(float64)
	if !ok {
		d.t.Fatal("a ticket without a number")
	}
	d.last = strconv.Itoa(int(n))
	return d.last
}
