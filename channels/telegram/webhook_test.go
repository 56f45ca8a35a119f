package telegram

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"okno/channels"
)

// hook calls the webhook as somebody who knows this secret.
func (d *desk) hook(a *adapter, method, secret, body string) int {
	d.t.Helper()
	r := httptest.NewRequestWithContext(d.t.Context(), method, "/hooks/7", strings.NewReader(body))
	r.Header.Set(secretHeader, secret)
	w := httptest.NewRecorder()
	a.Hook(w, r, d.sink)
	return w.Code
}

func TestHook(t *testing.T) {
	d := newDesk(t)
	a := d.adapter()
	good := `{"update_id":5,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"from":{"id":5,"first_name":"A"},"text":"hi"}}`
	for _, c := range []struct {
		name, method, secret, body string
		want                       int
	}{
		{"no secret", http.MethodPost, "", good, http.StatusUnauthorized},
		{"wrong secret", http.MethodPost, a.hookSecret()[1:] + "x", good, http.StatusUnauthorized},
		{"another method", http.MethodGet, a.hookSecret(), good, http.StatusMethodNotAllowed},
		{"too large", http.MethodPost, a.hookSecret(), strings.Repeat(" ", longestUpdate+1), http.StatusRequestEntityTooLarge},
		{"no update", http.MethodPost, a.hookSecret(), `{"a":1}`, http.StatusBadRequest},
		{"no JSON", http.MethodPost, a.hookSecret(), `{`, http.StatusBadRequest},
	} {
		if got := d.hook(a, c.method, c.secret, c.body); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	d.sink.fail(errors.New("disk full"))
	if got := d.hook(a, http.MethodPost, a.hookSecret(), good); got != http.StatusServiceUnavailable || len(d.sink.events) != 0 {
		t.Errorf("not stored: %d", got)
	}
	d.sink.fail(nil)
	for range 2 {
		if got := d.hook(a, http.MethodPost, a.hookSecret(), good); got != http.StatusOK {
			t.Errorf("stored: %d", got)
		}
	}
	if events := d.events(1); len(events) != 1 || string(events[0].Raw) != good {
		t.Errorf("%d events", len(events))
	}
}

// TestWebhookRoundTrip lets the server call the desk over real HTTP.
func TestWebhookRoundTrip(t *testing.T) {
	d := newDesk(t)
	d.net.AllowPlainHooks()
	d.conn.Settings["mode"] = modeWebhook
	receiver := d.adapter()
	desk := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { receiver.Hook(w, r, d.sink) }))
	t.Cleanup(desk.Close)
	d.deps.HookURL = func(id int64) string { return desk.URL + "/hooks/" + chatText(id) }
	stop := d.run()
	d.sink.awaitState(t, "")
	anna := d.talk("Anna")
	anna.Write("one")
	anna.Write("two")
	if in := d.read(1); in.Text != "two" {
		t.Errorf("second is %q", in.Text)
	}
	set := d.net.Requests("setWebhook")[0].Params
	if set["max_connections"] != "1" || !strings.Contains(set["allowed_updates"], "message_reaction") || set["secret_token"] != receiver.hookSecret() {
		t.Errorf("setWebhook %v", set)
	}
	stop()
	d.conn.Settings["mode"] = modePoll
	anna.Write("three")
	d.run()
	if in := d.read(2); in.Text != "three" {
		t.Errorf("third is %q", in.Text)
	}
}

func TestWebhookNeedsAnAddress(t *testing.T) {
	d := newDesk(t)
	d.conn.Settings["mode"] = modeWebhook
	d.run()
	d.sink.awaitState(t, "no_address")
}

// TestWebhookTakenAway leaves the bot to a program that took it after us.
func TestWebhookTakenAway(t *testing.T) {
	d := newDesk(t)
	a := d.adapter()
	a.taken = true
	d.deps.HookURL = func(int64) string { return "https://desk.example/hooks/7" }
	a.deps = d.deps
	if _, err := a.watch(t.Context(), d.sink); reasonCode(err) != "webhook" {
		t.Errorf("got %v", err)
	}
	if n := len(d.net.Requests("setWebhook")); n != 0 {
		t.Errorf("fought for the bot %d times", n)
	}
}

func TestWebhookThatFails(t *testing.T) {
	for _, c := range []struct {
		ago  time.Duration
		want string
	}{{time.Minute, "channel.telegram.reason.hook_failing"}, {time.Hour, ""}} {
		a := reader(t, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte(`{"ok":true,"result":{"url":"https://d.example/","has_custom_certificate":false,"pending_update_count":2,"last_error_message":"Connection refused","last_error_date":` +
				chatText(received().Add(-c.ago).Unix()) + `}}`))
		})
		if state, err := a.webhookState(t.Context(), "https://d.example/"); err != nil || state.Reason.Key != c.want || state.OK != (c.want == "") {
			t.Errorf("%+v, %v", state, err)
		}
	}
	var _ channels.Hooked = (*adapter)(nil)
	var _ channels.Editor = (*adapter)(nil)
	var _ channels.Reactor = (*adapter)(nil)
}
