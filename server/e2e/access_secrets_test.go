package e2e

import (
	"bytes"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"okno/channels/hub"
	"okno/server"
	"okno/server/cli"
	"okno/tickets/people"
)

// caller is a browser without a screen.
type caller struct {
	s    *stage
	http *http.Client
}

func (s *stage) caller() *caller {
	jar, err := cookiejar.New(nil)
	s.ok(err)
	return &caller{s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (v *caller) do(method, path string, form url.Values) (*http.Response, string) {
	v.s.t.Helper()
	req, err := http.NewRequestWithContext(v.s.t.Context(), method, v.s.url+path, strings.NewReader(form.Encode()))
	v.s.ok(err)
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := v.http.Do(req)
	v.s.ok(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	v.s.ok(err)
	return res, string(body)
}

func (v *caller) token() string {
	at, err := url.Parse(v.s.url)
	v.s.ok(err)
	for _, c := range v.http.Jar.Cookies(at) {
		if c.Name == "okno" {
			return c.Value
		}
	}
	v.s.t.Fatal("no session")
	return ""
}

// TestSecretsStaySecret puts a canary wherever the desk is told a secret, uses
// it, and looks for them in everything it writes, shows and prints.
func TestSecretsStaySecret(t *testing.T) {
	log, c := &output{}, fresh(t.TempDir())
	c.LogLevel = "debug"
	s := stageWith(t, c, server.Options{Log: log})
	admin := s.caller()
	canaries := s.tell(admin)
	pages := s.readAll(admin)
	s.arrives("m1", "Anna Gray", "Printer on fire", nil)
	s.ok(s.stop())

	if len(canaries) < 10 {
		t.Fatalf("only %d canaries", len(canaries))
	}
	for name, canary := range canaries {
		for where, text := range map[string]string{"the log": log.String(), "a page": pages} {
			if strings.Contains(text, canary) {
				t.Errorf("%s is in %s", name, where)
			}
		}
	}
	filesKeepQuiet(t, c.Data, canaries)
	configKeepsQuiet(t)
}

// tell gives the desk its secrets and answers them by name.
func (s *stage) tell(admin *caller) map[string]string {
	s.t.Helper()
	ctx := s.t.Context()
	link, err := url.Parse(s.setupLink())
	s.ok(err)
	canaries := map[string]string{
		"the set-up secret": strings.TrimPrefix(link.Path, "/setup/"), "the administrator's password": "canary-admin-password",
		"the agent's password": "canary-agent-password", "the mailbox password": "canary-imap", "the sending password": "canary-smtp",
		"the client secret": "canary-client", "the refresh token": "canary-refresh", "a wrong password": "canary-typo",
	}
	admin.do(http.MethodPost, "/signin", url.Values{"email": {adminEmail}, "password": {"canary-typo"}})
	res, _ := admin.do(http.MethodPost, link.Path, url.Values{"name": {"Jonas"}, "email": {adminEmail}, "password": {"canary-admin-password"}, "language": {"en"}})
	if res.StatusCode != http.StatusSeeOther {
		s.t.Fatalf("set-up: %d", res.StatusCode)
	}
	cookieIsSafe(s.t, res)
	s.admin, err = s.srv.People.SignIn(ctx, adminEmail, "canary-admin-password")
	s.ok(err)
	canaries["the session token"] = admin.token()
	box := s.mailbox("help@mayak.coffee", func(c *hub.Channel) {
		c.TeamID, c.Settings["smtp_sign_in"], c.Settings["smtp_user"] = 0, "own", "u"
		c.Secrets = map[string]string{"imap_password": "canary-imap", "smtp_password": "canary-smtp", "google_client_secret": "canary-client", "refresh_token": "canary-refresh"}
	})
	_, invite, err := s.srv.People.Invite(ctx, s.admin, "Marina", marinaEmail, people.Answerer, nil)
	s.ok(err)
	canaries["the invite secret"] = invite
	marina := s.caller()
	marina.do(http.MethodPost, "/join/"+invite, url.Values{"name": {"Marina"}, "password": {"canary-agent-password"}, "language": {"en"}})
	canaries["the agent's session token"] = marina.token()
	a, err := s.srv.People.SignIn(ctx, marinaEmail, "canary-agent-password")
	s.ok(err)
	canaries["the reset secret"], err = s.srv.People.NewLink(ctx, s.admin, a.ID)
	s.ok(err)
	admin.do(http.MethodPost, channelPath(box), url.Values{"do": {"check"}, "field.address": {"help@mayak.coffee"}, "field.imap_password": {"canary-imap"},
		"field.imap_host": {"127.0.0.1"}, "field.imap_port": {"1"}, "field.smtp_host": {"127.0.0.1"}, "field.smtp_port": {"1"}})
	return canaries
}

// cookieIsSafe checks the flags of a session cookie over plain HTTP.
func cookieIsSafe(t testing.TB, res *http.Response) {
	t.Helper()
	for _, c := range res.Cookies() {
		if c.Name == "okno" && (!c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "") {
			t.Errorf("session cookie: %s", c.Raw)
		}
	}
}

// readAll answers everything the administrator's pages show.
func (s *stage) readAll(admin *caller) string {
	s.t.Helper()
	all, err := s.srv.Hub.Channels(s.t.Context())
	s.ok(err)
	var text strings.Builder
	for _, path := range []string{
		"/tickets", "/settings/profile", "/settings/desk", "/settings/agents", s.agentPath(marinaEmail), "/settings/teams",
		"/settings/statuses", "/settings/channels", "/settings/channels/new/email", channelPath(all[0]), "/settings/ledger", "/welcome/channel", "/no/page",
	} {
		res, body := admin.do(http.MethodGet, path, nil)
		if res.StatusCode != http.StatusOK && path != "/no/page" {
			s.t.Errorf("%s: %d", path, res.StatusCode)
		}
		text.WriteString(body)
	}
	return text.String()
}

// filesKeepQuiet reads every file of the data directory: no canary in plain
// text, and nothing that anybody but the owner can open.
func filesKeepQuiet(t *testing.T, dir string, canaries map[string]string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		if mode := info.Mode().Perm(); mode&0o077 != 0 && path != dir {
			t.Errorf("%s has mode %o", path, mode)
		}
		if e.IsDir() {
			return nil
		}
		text, err := os.ReadFile(path)
		for name, canary := range canaries {
			if bytes.Contains(text, []byte(canary)) {
				t.Errorf("%s is in %s", name, path)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// configKeepsQuiet reads what okno config prints.
func configKeepsQuiet(t *testing.T) {
	t.Helper()
	out := &output{}
	env := map[string]string{"OKNO_DATABASE": "postgres://okno:canary-database@localhost/okno", "OKNO_ADMIN_PASSWORD": "canary-first-password", "OKNO_ADMIN_EMAIL": adminEmail}
	cli.Run(t.Context(), cli.Process{Args: []string{"config"}, Lookup: func(key string) (string, bool) { v, ok := env[key]; return v, ok }, Out: out, Err: out})
	if text := out.String(); strings.Contains(text, "canary") || !strings.Contains(text, adminEmail) {
		t.Errorf("okno config printed:\n%s", text)
	}
}

// TestEveryAnswerIsGuarded looks for the security headers on pages, refusals,
// files and whatever else the desk serves.
func TestEveryAnswerIsGuarded(t *testing.T) {
	s := newStage(t, withAdmin(t.TempDir()))
	v := s.caller()
	v.do(http.MethodPost, "/signin", url.Values{"email": {adminEmail}, "password": {adminPassword}})
	page, _ := v.do(http.MethodGet, "/settings/profile", nil)
	if page.StatusCode != http.StatusOK {
		t.Fatalf("profile: %d", page.StatusCode)
	}
	for _, try := range [][2]string{
		{"GET", "/"}, {"GET", "/signin"}, {"GET", "/settings/profile"}, {"GET", "/tickets/77"}, {"GET", "/no/page"}, {"DELETE", "/signin"},
		{"GET", "/healthz"}, {"GET", "/readyz"}, {"GET", "/assets/none"}, {"POST", "/settings/desk"}, {"GET", "/files/1/raw/1"}, {"GET", "/settings/checks/1"},
	} {
		res, _ := v.do(try[0], try[1], nil)
		for name, part := range map[string]string{
			"Content-Security-Policy": "default-src", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		} {
			if !strings.Contains(res.Header.Get(name), part) {
				t.Errorf("%s %s (%d): %s is %q", try[0], try[1], res.StatusCode, name, res.Header.Get(name))
			}
		}
	}
}
