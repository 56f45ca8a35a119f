package email

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"okno/channels"
)

// grantor is a small Microsoft or Google: it grants, renews and revokes, and
// gives each refresh token only once.
type grantor struct {
	server  *httptest.Server
	mu      sync.Mutex
	issued  func(token string) // told of every new access token
	refresh string             // the only refresh token that is good
	revoked bool
	pending int // answers "not yet" to a device code so often
	count   int
	seen    []url.Values
}

func newProvider(t *testing.T) *grantor {
	t.Helper()
	p := &grantor{refresh: "r0", issued: func(string) {}}
	mux := http.NewServeMux()
	mux.HandleFunc("/device", func(w http.ResponseWriter, _ *http.Request) {
		write(w, 200, map[string]any{"device_code": "dev", "user_code": "ABCD", "verification_uri": "https://login.test/device", "expires_in": 60, "interval": 1})
	})
	mux.HandleFunc("/token", p.token)
	p.server = httptest.NewServer(mux)
	t.Cleanup(p.server.Close)
	return p
}

func (p *grantor) token(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen = append(p.seen, r.Form)
	switch {
	case p.pending > 0:
		p.pending--
		write(w, 400, map[string]any{"error": "authorization_pending"})
		return
	case p.revoked || r.Form.Get("grant_type") == "refresh_token" && r.Form.Get("refresh_token") != p.refresh:
		write(w, 400, map[string]any{"error": "invalid_grant", "error_description": "revoked"})
		return
	}
	p.count++
	p.refresh = fmt.Sprintf("r%d", p.count)
	token := fmt.Sprintf("access%d", p.count)
	p.issued(token)
	write(w, 200, map[string]any{"access_token": token, "refresh_token": p.refresh, "token_type": "Bearer", "expires_in": 3600})
}

func write(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func (p *grantor) revoke() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.revoked = true
}

func (d *desk) signInAt(p *grantor, auth string) {
	for key, path := range map[string]string{"oauth_auth_url": "/auth", "oauth_token_url": "/token", "oauth_device_url": "/device"} {
		d.conn.Settings[key] = p.server.URL + path
	}
	d.conn.Settings["auth"], d.conn.Settings[auth+"_client_id"] = auth, "client"
	d.secrets[secretRefresh] = "r0"
}

// TestExpiredTokenIsRenewed lets Dovecot refuse the token in the middle of the
// work; the adapter gets another and goes on.
func TestExpiredTokenIsRenewed(t *testing.T) {
	d := newDesk(t)
	p := newProvider(t)
	d.signInAt(p, authMicrosoft)
	p.issued = func(token string) { d.rig.Tokens.Grant(token, helpAddress) }
	d.run()
	d.sink.awaitOK(t)
	d.rig.Tokens.Expire("access1")
	d.rig.Kick(helpAddress)
	d.rig.Deliver(helpAddress, mailTo(helpAddress, "one", "one"))
	d.sink.awaitMails(t, 1)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.count != 2 {
		t.Fatalf("%d tokens were issued, want 2", p.count)
	}
}

// TestRevokedGrantRaisesTheAlarm and shows that the rotated refresh token had
// been kept.
func TestRevokedGrantRaisesTheAlarm(t *testing.T) {
	d := newDesk(t)
	p := newProvider(t)
	d.signInAt(p, authGoogle)
	p.issued = func(token string) { d.rig.Tokens.Grant(token, helpAddress) }
	d.run()
	d.sink.awaitOK(t)
	p.revoke()
	d.rig.Tokens.Expire("access1")
	d.rig.Kick(helpAddress)
	d.sink.awaitState(t, "channel.email.reason.grant_lost")
	if d.secrets[secretRefresh] != "r1" {
		t.Fatalf("kept %q", d.secrets[secretRefresh])
	}
}

// TestBothTokenMechanisms signs in at Dovecot with good and bad tokens.
func TestBothTokenMechanisms(t *testing.T) {
	d := newDesk(t)
	d.rig.Tokens.Grant("good", helpAddress)
	for _, mechanism := range []string{"OAUTHBEARER", "XOAUTH2"} {
		for token, want := range map[string]bool{"good": true, "bad": false} {
			a := d.options.newAdapter(d.conn, d.deps)
			s, err := a.dialIMAP(t.Context(), func(string) {})
			if err != nil {
				t.Fatal(err)
			}
			client := bearer(a.imap, helpAddress, token, func(m string) bool { return m == mechanism })
			if err := s.do(func() error { return s.client.Authenticate(client) }); (err == nil) != want {
				t.Errorf("%s with a %s token: %v", mechanism, token, err)
			}
			s.close()
		}
	}
}

func TestTokenWhenSending(t *testing.T) {
	s := newScript(t, nil)
	d := newDeskAt(t, "127.0.0.1:1", s.addr)
	d.signInAt(newProvider(t), authMicrosoft)
	if _, failed := d.send(answerTo("q@people.test")); failed != nil {
		t.Fatal(failed)
	}
	want := base64.StdEncoding.EncodeToString([]byte("user=" + helpAddress + "\x01auth=Bearer access1\x01\x01"))
	if len(s.auth) != 1 || !strings.Contains(s.auth[0], "XOAUTH2 "+want) {
		t.Fatalf("signed in with %q", s.auth)
	}
}

func TestDeviceCode(t *testing.T) {
	d := newDeskAt(t, "127.0.0.1:1", "127.0.0.1:1")
	p := newProvider(t)
	p.pending = 1
	d.signInAt(p, authMicrosoft)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	prompt, err := Kind().SignIn.Begin(ctx, d.conn, "")
	if err != nil || prompt.Code != "ABCD" || prompt.URL != "https://login.test/device" {
		t.Fatalf("prompt %+v, %v", prompt, err)
	}
	secrets, err := Kind().SignIn.Finish(ctx, d.conn, prompt, "")
	if err != nil || secrets[secretRefresh] != "r1" {
		t.Fatalf("secrets %v, %v", secrets, err)
	}
}

func TestConsentPage(t *testing.T) {
	d := newDeskAt(t, "127.0.0.1:1", "127.0.0.1:1")
	p := newProvider(t)
	d.signInAt(p, authGoogle)
	prompt, err := Kind().SignIn.Begin(t.Context(), d.conn, "https://desk.test/back")
	if err != nil {
		t.Fatal(err)
	}
	page, err := url.Parse(prompt.URL)
	if err != nil || page.Query().Get("state") != prompt.State || page.Query().Get("redirect_uri") != "https://desk.test/back" {
		t.Fatalf("consent page %s, %v", prompt.URL, err)
	}
	secrets, err := Kind().SignIn.Finish(t.Context(), d.conn, prompt, "the-code")
	if err != nil || secrets[secretRefresh] != "r1" {
		t.Fatalf("secrets %v, %v", secrets, err)
	}
	form := p.seen[0]
	if oauth2.S256ChallengeFromVerifier(form.Get("code_verifier")) != page.Query().Get("code_challenge") || form.Get("code") != "the-code" {
		t.Fatalf("exchange %v does not fit %s", form, prompt.URL)
	}
}

func TestGoogleHasNoDeviceCode(t *testing.T) {
	c := channels.Connection{Settings: map[string]string{"auth": authGoogle}}
	if _, err := Kind().SignIn.Begin(t.Context(), c, ""); err == nil {
		t.Fatal("a device code for mail at Google")
	}
}
