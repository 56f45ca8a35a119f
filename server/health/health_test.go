package health_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"okno/channels"
	"okno/channels/hub"
	"okno/server/health"
	"okno/server/store"
	"okno/tickets"
)

// desk answers what a store and a hub would.
type desk struct {
	probes int
	broken error
	list   []hub.Channel
}

func (d *desk) Probe(context.Context) error { d.probes++; return d.broken }

func (d *desk) Health() (bool, tickets.Sentence) {
	if d.broken != nil {
		return false, tickets.Sentence{Key: "error.disk_full"}
	}
	return true, tickets.Sentence{}
}

func (d *desk) Channels(context.Context) ([]hub.Channel, error) { return d.list, d.broken }

func (d *desk) Counts(_ context.Context, keys []string) (map[string]int, error) {
	counts := map[string]int{}
	for i, k := range keys {
		counts[k] = i + 1
	}
	return counts, d.broken
}

func (d *desk) Vitals(context.Context) (store.Vitals, error) {
	return store.Vitals{
		Queues:    []store.QueueVitals{{Name: "outbox", Waiting: 3, Failed: 2, Oldest: now().Add(-90 * time.Second)}, {Name: "jobs"}},
		Followers: map[string]int64{"notify": 7},
	}, d.broken
}

func (d *desk) Now(context.Context) time.Time { return now() }

func now() time.Time { return time.UnixMilli(1_800_000_000_000) }

// withChannels is a desk with a channel that works, one that fails and one that
// is switched off, all named by addresses.
func withChannels() *desk {
	channel := func(id int64, enabled, ok bool) hub.Channel {
		state := channels.State{OK: ok}
		if !ok {
			state.Reason.Key = "mail.why.password"
		}
		return hub.Channel{Connection: channels.Connection{ID: id, Kind: "email", Name: "secret@canary.example"}, Enabled: enabled, State: state}
	}
	return &desk{list: []hub.Channel{channel(1, true, true), channel(2, true, false), channel(3, false, false)}}
}

func TestReadingIsSparedAndFollowsTheDesk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := withChannels()
		r := health.NewReader(d, d, time.Now)
		for range 5 {
			got, err := r.Read(t.Context())
			if err != nil || !got.OK || len(got.Channels) != 2 || got.Channels[1].OK || got.Channels[1].Reason != "mail.why.password" {
				t.Fatalf("%+v, %v", got, err)
			}
		}
		if d.probes != 1 {
			t.Errorf("%d writes for five readings", d.probes)
		}
		d.broken = errors.New("no room")
		time.Sleep(2 * time.Second)
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		if got, err := r.Read(ended); err == nil || got.OK || got.Database != "error.disk_full" || got.Channels == nil {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// told asks for the figures from this machine.
func told(t *testing.T, m *health.Meters, d *desk) string {
	t.Helper()
	h := m.Handler(health.Desk{Figures: d, Channels: d, Streams: func() int { return 4 }, Logger: slog.New(slog.DiscardHandler)}, "")
	return call(h, "127.0.0.1:4711", nil).Body.String()
}

func call(h http.Handler, from string, header map[string]string) *httptest.ResponseRecorder {
	req := httptest.NewRequest(http.MethodGet, "/metrics", nil)
	req.RemoteAddr = from
	for key, value := range header {
		req.Header.Set(key, value)
	}
	res := httptest.NewRecorder()
	h.ServeHTTP(res, req)
	return res
}

// busy is meters after some work, some of it by strangers.
func busy() *health.Meters {
	m := health.NewMeters()
	m.Committed(3, 2*time.Millisecond)
	m.Answered(health.Request{Method: "GET", Route: "/tickets/:number", Status: 200, Took: 30 * time.Millisecond})
	m.Answered(health.Request{Method: "GET", Route: "/live", Status: 200, Took: time.Hour, Streamed: true})
	for _, method := range []string{"BREW", "CANARY", "X"} {
		m.Answered(health.Request{Method: method, Status: 404})
	}
	return m
}

// TestFiguresAreWhatPrometheusReads reads them with Prometheus's own parser and
// linter.
func TestFiguresAreWhatPrometheusReads(t *testing.T) {
	text := told(t, busy(), withChannels())
	parser := expfmt.NewTextParser(model.LegacyValidation)
	if _, err := parser.TextToMetricFamilies(strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	problems, err := promlint.New(strings.NewReader(text)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if strings.HasPrefix(p.Metric, "okno_") {
			t.Errorf("%s: %s", p.Metric, p.Text)
		}
	}
	for _, want := range []string{
		`okno_http_requests_total{method="GET",route="/tickets/:number",status="200"} 1`,
		`okno_http_requests_total{method="other",route="none",status="404"} 3`,
		`okno_http_request_duration_seconds_count{method="GET",route="/tickets/:number"} 1`,
		`okno_store_commit_transactions_sum 3`, `okno_store_commit_duration_seconds_count 1`,
		`okno_tickets{view="open"} 1`, `okno_queue_rows{queue="outbox",state="failed"} 2`,
		`okno_queue_oldest_seconds{queue="outbox"} 90`, `okno_queue_oldest_seconds{queue="jobs"} 0`,
		`okno_follower_lag_events{follower="notify"} 7`, `okno_live_streams 4`, `okno_readable 1`,
		`okno_channel_up{channel="1",kind="email"} 1`, `okno_channel_up{channel="2",kind="email"} 0`,
		"go_goroutines ", "process_resident_memory_bytes ",
	} {
		if !strings.Contains(text, want+"\n") && !strings.Contains(text, "\n"+want) {
			t.Errorf("lacks %s", want)
		}
	}
	if strings.Contains(text, `duration_seconds_count{method="GET",route="/live"}`) {
		t.Error("a stream counts as a slow answer")
	}
}

// TestLabelsAreFewAndTellNoSecrets holds the labels to the sets they come from.
func TestLabelsAreFewAndTellNoSecrets(t *testing.T) {
	text := told(t, busy(), withChannels())
	for _, secret := range []string{"canary", "CANARY", "@", "BREW"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is told", secret)
		}
	}
	allowed := map[string]int{"method": 8, "route": 3, "status": 2, "view": 5, "queue": 3, "state": 2, "follower": 1, "channel": 2, "kind": 1, "le": 0}
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]map[string]bool{}
	for name, family := range families {
		for _, metric := range family.GetMetric() {
			for _, label := range metric.GetLabel() {
				if strings.HasPrefix(name, "okno_") {
					if values[label.GetName()] == nil {
						values[label.GetName()] = map[string]bool{}
					}
					values[label.GetName()][label.GetValue()] = true
				}
			}
		}
	}
	for label, found := range values {
		if most, known := allowed[label]; !known || len(found) > most {
			t.Errorf("label %s has the values %v", label, found)
		}
	}
}

func TestFiguresOfTheProcessAreToldWhileTheDatabaseIsNot(t *testing.T) {
	d := withChannels()
	d.broken = errors.New("no room")
	text := told(t, busy(), d)
	if !strings.Contains(text, "okno_readable 0\n") || !strings.Contains(text, "go_goroutines ") || strings.Contains(text, "okno_tickets{") {
		t.Errorf("%.500s", text)
	}
}

func TestFiguresAreForThisMachineOrForTheToken(t *testing.T) {
	const token = "a long enough token"
	var log bytes.Buffer
	d := withChannels()
	whose := health.Desk{Figures: d, Channels: d, Streams: func() int { return 0 }, Logger: slog.New(slog.NewTextHandler(&log, nil))}
	for _, c := range []struct {
		token, from string
		header      map[string]string
		want        int
	}{
		{"", "127.0.0.1:1", nil, 200},
		{"", "[::1]:1", nil, 200},
		{"", "[::ffff:127.0.0.1]:1", nil, 200},
		{"", "192.0.2.1:1", nil, 403},
		{"", "127.0.0.1:1", map[string]string{"X-Forwarded-For": "192.0.2.1"}, 403},
		{"", "192.0.2.1:1", map[string]string{"Authorization": "Bearer "}, 403},
		{token, "127.0.0.1:1", nil, 401},
		{token, "192.0.2.1:1", map[string]string{"Authorization": "Bearer " + token}, 200},
		{token, "192.0.2.1:1", map[string]string{"Authorization": "bearer  " + token}, 200},
		{token, "192.0.2.1:1", map[string]string{"Authorization": "Basic " + token}, 401},
		{token, "192.0.2.1:1", map[string]string{"Authorization": "Bearer a long enough tokem"}, 401},
	} {
		res := call(health.NewMeters().Handler(whose, c.token), c.from, c.header)
		if res.Code != c.want || res.Code != 200 && strings.Contains(res.Body.String(), "okno_") {
			t.Errorf("%+v answered %d", c, res.Code)
		}
	}
	if log.Len() > 0 {
		t.Errorf("logged %s", &log)
	}
}
