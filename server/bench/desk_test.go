package bench

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"okno/server"
	"okno/server/config"
	"okno/tickets/people"
)

const phrase = "correct horse 9"

// desk is a running desk with an administrator who has signed in.
type desk struct {
	*server.Server
	b     testing.TB
	url   string
	admin people.Agent
	http  *http.Client
}

// open runs the desk of a directory until the benchmark ends.
func open(b testing.TB, dir string, o server.Options) *desk {
	b.Helper()
	srv, err := server.New(b.Context(), config.Config{Data: dir, Listen: "127.0.0.1:0"}, o)
	must(b, err)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- srv.Run(ctx) }()
	b.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			b.Errorf("stop the desk: %v", err)
		}
	})
	d := &desk{Server: srv, b: b, url: srv.URL()}
	d.choosePassword()
	d.http = d.signedIn()
	return d
}

// choosePassword chooses one for the administrator, whom an empty desk gets now.
func (d *desk) choosePassword() {
	d.b.Helper()
	ctx := context.Background()
	agents, err := d.Store.Agents(ctx)
	must(d.b, err)
	if len(agents) == 0 {
		ada, err := d.People.FirstAdministrator(ctx, "", people.NewAccount{Name: "Ada", Email: "ada@desk.example", Password: phrase})
		must(d.b, err)
		agents = append(agents, ada)
	}
	for _, a := range agents {
		if a.Role == people.Administrator {
			d.admin = a
		}
	}
	secret, err := d.People.NewLink(ctx, people.Agent{}, d.admin.ID)
	must(d.b, err)
	_, err = d.People.Accept(ctx, secret, people.NewAccount{Password: phrase})
	must(d.b, err)
}

// signedIn is a browser with a session.
func (d *desk) signedIn() *http.Client {
	d.b.Helper()
	jar, err := cookiejar.New(nil)
	must(d.b, err)
	client := &http.Client{Jar: jar, Transport: &http.Transport{MaxIdleConnsPerHost: 64}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	d.b.Cleanup(client.CloseIdleConnections)
	if status := d.post(client, "/signin", url.Values{"email": {d.admin.Email}, "password": {phrase}}); status != http.StatusSeeOther {
		d.b.Fatalf("sign in: %d", status)
	}
	return client
}

func (d *desk) post(client *http.Client, path string, form url.Values) int {
	d.b.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, d.url+path, strings.NewReader(form.Encode()))
	must(d.b, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := client.Do(req)
	must(d.b, err)
	defer func() { _ = res.Body.Close() }()
	_, err = io.Copy(io.Discard, res.Body)
	must(d.b, err)
	return res.StatusCode
}

// get answers a page, which has to be there.
func (d *desk) get(path string) []byte {
	d.b.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, d.url+path, nil)
	must(d.b, err)
	res, err := d.http.Do(req)
	must(d.b, err)
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	must(d.b, err)
	if res.StatusCode != http.StatusOK {
		d.b.Fatalf("GET %s: %s", path, res.Status)
	}
	return body
}
