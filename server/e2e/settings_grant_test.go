package e2e

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/email"
	"okno/channels/hub"
	"okno/server"
	"okno/server/browsertest"
)

// provider is a small Microsoft or Google that grants whatever it is asked for.
func provider(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	answer := func(body map[string]any) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(body)
		}
	}
	mux.HandleFunc("/device", answer(map[string]any{"device_code": "dev", "user_code": "ABCD-EFGH", "verification_uri": "https://login.test/device", "expires_in": 60, "interval": 1}))
	mux.HandleFunc("/token", answer(map[string]any{"access_token": "access", "refresh_token": "canary-granted", "token_type": "Bearer", "expires_in": 3600}))
	mux.HandleFunc("/auth", func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		http.Redirect(w, r, q.Get("redirect_uri")+"?code=code&state="+q.Get("state"), http.StatusFound)
	})
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return srv
}

// detour sends a mail channel's sign-in to another provider.
type detour struct {
	channels.SignIn
	at string
}

func (d detour) there(c channels.Connection) channels.Connection {
	settings := map[string]string{"oauth_auth_url": d.at + "/auth", "oauth_token_url": d.at + "/token", "oauth_device_url": d.at + "/device"}
	for key, value := range c.Settings {
		settings[key] = value
	}
	c.Settings = settings
	return c
}

func (d detour) Begin(ctx context.Context, c channels.Connection, redirect string) (channels.Prompt, error) {
	return d.SignIn.Begin(ctx, d.there(c), redirect)
}

func (d detour) Finish(ctx context.Context, c channels.Connection, p channels.Prompt, code string) (map[string]string, error) {
	return d.SignIn.Finish(ctx, d.there(c), p, code)
}

// TestAccessIsGrantedByHand grants access with a typed code and through the
// provider's page, and keeps what the provider gave.
func TestAccessIsGrantedByHand(t *testing.T) {
	net, kind := channeltest.New(), email.Kind()
	kind.Open, kind.SignIn = net.Kind().Open, detour{kind.SignIn, provider(t).URL}
	s := &stage{net: net, desk: start(t, withAdmin(t.TempDir()), server.Options{Kinds: []channels.Kind{kind}})}
	var err error
	s.admin, err = s.srv.People.SignIn(t.Context(), adminEmail, adminPassword)
	s.ok(err)
	tab := browsertest.Start(t).Tab(s.url, browsertest.Look{})
	s.signIn(tab, adminEmail, adminPassword, "/")

	coded := s.granting("coded@example.test", "microsoft")
	tab.Open(s.url + channelPath(coded))
	tab.Click("button[value=code]")
	tab.UntilText(".form", "ABCD-EFGH")
	tab.UntilText("#findings", "Access granted")
	s.granted(coded)
	tab.Calm()

	led := s.granting("led@example.test", "google")
	tab.Open(s.url + channelPath(led))
	tab.Click("button[value=page]")
	tab.Click("a.btn.primary[rel=noreferrer]")
	tab.Until("location.pathname === '" + channelPath(led) + "'")
	s.granted(led)
	tab.Open(s.url + "/settings/channels/callback?code=code&state=made-up")
	tab.UntilText("[role=alert]", "not begun here")
}

// granting is a mailbox that signs in at a provider.
func (s *stage) granting(address, auth string) hub.Channel {
	return s.mailbox(address, func(c *hub.Channel) {
		c.Settings["auth"], c.Settings[auth+"_client_id"] = auth, "client"
		c.Secrets = map[string]string{auth + "_client_secret": "canary-client"}
	})
}

// granted checks that the desk keeps a grant for the channel.
func (s *stage) granted(c hub.Channel) {
	s.t.Helper()
	kept, err := s.srv.Hub.Channel(s.t.Context(), s.admin, c.ID)
	s.ok(err)
	if _, ok := kept.Secrets["refresh_token"]; !ok {
		s.t.Errorf("no grant is kept for %s", c.Name)
	}
}
