package bench

import (
	"context"
	"io"
	"net/http"
	"testing"

	"okno/server"
	"okno/tickets/people"
)

// BenchmarkToken is a call of the API with a token beside the same call with a
// session.
func BenchmarkToken(b *testing.B) {
	d := open(b, data.dir(b, 10_000), server.Options{})
	_, secret, err := d.People.MakeToken(context.Background(), d.admin, people.NewToken{Name: b.Name(), Scope: people.ScopeRead})
	must(b, err)
	plain := &http.Client{}
	b.Cleanup(plain.CloseIdleConnections)
	token := func() { d.call(plain, secret) }
	session := func() { d.call(d.http, "") }
	both := inTurn(b, token, session)
	b.ReportMetric(both[0]/both[1], "x-session")
}

// call asks for the newest tickets.
func (d *desk) call(client *http.Client, secret string) {
	d.b.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, d.url+"/api/v1/tickets?limit=20", nil)
	must(d.b, err)
	if secret != "" {
		req.Header.Set("Authorization", "Bearer "+secret)
	}
	res, err := client.Do(req)
	must(d.b, err)
	defer func() { _ = res.Body.Close() }()
	_, err = io.Copy(io.Discard, res.Body)
	must(d.b, err)
	if res.StatusCode != http.StatusOK {
		d.b.Fatalf("the API answered %s", res.Status)
	}
}
