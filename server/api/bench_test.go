package api_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"okno/tickets/people"
)

// BenchmarkList is a list of 50 tickets asked for with a token and with a
// session, beside each other.
func BenchmarkList(b *testing.B) {
	d := newDesk(b)
	for range 60 {
		d.ticket("Printer")
	}
	for name, header := range map[string]http.Header{"token": {"Authorization": {"Bearer " + d.tokens[people.ScopeRead]}}, "session": {"Cookie": {d.signIn()}}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				d.get("/api/v1/tickets?limit=50", header)
			}
		})
	}
}

// BenchmarkOpen is opening tickets with a token, by 16 callers per core.
func BenchmarkOpen(b *testing.B) {
	d := newDesk(b)
	b.ResetTimer()
	b.SetParallelism(16)
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			d.as(people.ScopeWrite, "POST", "/tickets", `{"subject":"Printer","body":"It hums","requester":{"email":"ira@example.org"}}`).is(http.StatusCreated)
		}
	})
}

// signIn answers the cookie of the administrator.
func (d *desk) signIn() string {
	d.t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm("http://"+d.srv.Addr()+"/signin", url.Values{"email": {adminEmail}, "password": {adminPassword}})
	d.ok(err)
	d.ok(res.Body.Close())
	return strings.Split(res.Header.Get("Set-Cookie"), ";")[0]
}

func (d *desk) get(path string, header http.Header) {
	d.t.Helper()
	r, err := http.NewRequestWithContext(d.t.Context(), http.MethodGet, "http://"+d.srv.Addr()+path, nil)
	d.ok(err)
	r.Header = header
	res, err := http.DefaultClient.Do(r)
	d.ok(err)
	_, err = io.Copy(io.Discard, res.Body)
	d.ok(err)
	d.ok(res.Body.Close())
	if res.StatusCode != http.StatusOK {
		d.t.Fatal(res.Status)
	}
}
