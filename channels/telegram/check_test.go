package telegram

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/telegram/telegramtest"
)

// steps runs the check and answers what went well by its name and what did not
// as "step!reason".
func (d *desk) steps() []string {
	d.t.Helper()
	var list []string
	d.opts.Kind().Check(d.t.Context(), d.conn, d.deps, func(s channels.Step) {
		line := strings.TrimPrefix(s.Label.Key, "channel.telegram.check.")
		if !s.OK {
			line += "!" + strings.TrimPrefix(s.Reason.Key, "channel.telegram.")
		}
		list = append(list, line)
		d.clean(s.Detail)
	})
	return list
}

func TestCheck(t *testing.T) {
	page := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(page.Close)
	for _, c := range []struct {
		name   string
		change func(d *desk)
		want   []string
	}{
		{"good", func(*desk) {}, []string{"shape", "server", "token", "privacy", "webhook", "receive"}},
		{"mistyped", func(d *desk) { d.conn.Secrets["token"] += "x" }, []string{"shape!fault.token"}},
		{"revoked", func(d *desk) { d.bot.Revoke() }, []string{"shape", "server", "refused!reason.token"}},
		{"nobody there", func(d *desk) { d.conn.Settings["server"] = "http://127.0.0.1:1" }, []string{"shape", "server!reason.refused"}},
		{"another server", func(d *desk) { d.conn.Settings["server"] = page.URL }, []string{"shape", "server!reason.not_telegram"}},
		{"away", func(d *desk) { d.net.Fail("getMe", telegramtest.BadGateway()) }, []string{"shape", "server!reason.server"}},
		{"silent", func(d *desk) {
			d.opts.Answer = 20 * time.Millisecond
			d.net.Fail("getMe", telegramtest.Fault{Hang: true})
		}, []string{"shape", "server!reason.timeout"}},
		{"no address", func(d *desk) { d.conn.Settings["mode"] = modeWebhook },
			[]string{"shape", "server", "token", "privacy", "webhook", "receive!reason.no_address"}},
	} {
		d := newDesk(t)
		c.change(d)
		if got := d.steps(); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
		if len(d.named) != 0 {
			t.Errorf("%s: named a channel that is not saved", c.name)
		}
	}
}

// TestCheckFindsOthers checks a bot whose messages go elsewhere and that reads
// along in groups.
func TestCheckFindsOthers(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/getMe") {
			_, _ = w.Write([]byte(`{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"B","username":"b_bot","can_read_all_group_messages":true}}`))
			return
		}
		_, _ = w.Write([]byte(`{"ok":true,"result":{"url":"https://other.example/secret","has_custom_certificate":false,"pending_update_count":0}}`))
	}))
	t.Cleanup(server.Close)
	d := newDesk(t)
	d.conn.Settings["server"] = server.URL
	want := []string{"shape", "server", "token", "privacy!check.privacy.off", "webhook!check.webhook.other"}
	if got := d.steps(); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestValidate(t *testing.T) {
	good := map[string]string{}
	for _, c := range []struct {
		name     string
		settings map[string]string
		token    string
		want     []string
	}{
		{"good", good, testToken, nil},
		{"spaces around", good, " " + testToken + "\n", nil},
		{"no token", good, "", []string{"token"}},
		{"half a token", good, "7000001002", []string{"token"}},
		{"a token with a path", good, "7000001002:../../AAabcdefghijklmnopqrstuvwxyz01", []string{"token"}},
		{"own server", map[string]string{"server": "http://10.0.0.5:8081/api/"}, testToken, nil},
		{"no scheme", map[string]string{"server": "api.telegram.org"}, testToken, []string{"server"}},
		{"arguments", map[string]string{"server": "https://a.example/?x=1"}, testToken, []string{"server"}},
		{"a password", map[string]string{"server": "https://u:p@a.example"}, testToken, []string{"server"}},
		{"unknown mode", map[string]string{"mode": "carrier"}, testToken, []string{"mode"}},
	} {
		var got []string
		for field := range Kind().Validate(channels.Connection{Settings: c.settings, Secrets: map[string]string{"token": c.token}}) {
			got = append(got, field)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestNoErrorCarriesTheToken breaks a call in every way and reads what is said.
func TestNoErrorCarriesTheToken(t *testing.T) {
	for _, server := range []string{"http://127.0.0.1:1", "http://nosuch.invalid", "http://a b", "gopher://x", "http://[::1"} {
		a, err := Options{}.newAdapter(channels.Connection{
			Settings: map[string]string{"server": server}, Secrets: map[string]string{"token": testToken},
		}, channels.Deps{Clock: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		_, err = a.bot.GetMe(t.Context())
		_, fetched := a.wire.fetch(t.Context(), "a")
		for _, err := range []error{err, fetched} {
			if err == nil || strings.Contains(err.Error(), testToken[12:]) {
				t.Errorf("%s: %v", server, err)
			}
		}
	}
}
