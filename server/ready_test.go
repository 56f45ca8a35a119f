package server_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"okno/server"
	"okno/server/config"
	"okno/server/health"
)

// machine asks a fresh desk what machines ask.
func machine(t *testing.T) func(path string) (*http.Response, string) {
	t.Helper()
	desk, err := server.New(t.Context(), config.Config{Data: t.TempDir(), Listen: "127.0.0.1:0"}, server.Options{})
	if err != nil {
		t.Fatal(err)
	}
	url, client := running(t, desk), visitor(t)
	return func(path string) (*http.Response, string) {
		res, err := client.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res, string(body)
	}
}

func TestReadyzAnswersWithTheHeadersOfEveryPage(t *testing.T) {
	res, body := machine(t)("/readyz")
	var r health.Readiness
	if err := json.Unmarshal([]byte(body), &r); err != nil {
		t.Fatal(err)
	}
	if res.StatusCode != http.StatusOK || !r.OK || r.Channels == nil {
		t.Errorf("%s: %+v", res.Status, r)
	}
	if res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Error("the answer lacks the headers of every answer")
	}
}

func TestMetricsCountRequestsCommitsAndRows(t *testing.T) {
	ask := machine(t)
	ask("/readyz") // writes
	ask("/nowhere/at/all")
	res, text := ask("/metrics")
	if res.StatusCode != http.StatusOK {
		t.Fatal(res.Status)
	}
	for _, want := range []string{
		`okno_http_requests_total{method="GET",route="/readyz",status="200"} 1`,
		`okno_http_requests_total{method="GET",route="none",status="404"} 1`,
		`okno_queue_rows{queue="inbox",state="waiting"} 0`, `okno_tickets{view="open"} 0`, `okno_readable 1`,
	} {
		if !strings.Contains(text, want+"\n") {
			t.Errorf("lacks %s", want)
		}
	}
	if strings.Contains(text, "okno_store_commit_transactions_count 0\n") {
		t.Error("no commit was counted")
	}
}
