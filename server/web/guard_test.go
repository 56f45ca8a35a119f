package web_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
)

func id(n int64) string { return strconv.FormatInt(n, 10) }

// route is a line of the engine's table with the parameters filled in.
type route struct{ method, path string }

func (d *desk) routes() []route {
	var out []route
	for _, r := range d.engine.Routes() {
		path := r.Path
		for _, name := range []string{":secret", ":id", ":kind", ":number", ":message", ":blob", "*name"} {
			path = strings.ReplaceAll(path, name, "1")
		}
		out = append(out, route{r.Method, path})
	}
	return out
}

func TestEveryAnswerHasTheHeaders(t *testing.T) {
	d := staffed(t)
	admin := d.signedIn("anna@example.com")
	check := func(a *answer) {
		t.Helper()
		for name, part := range map[string]string{
			"Content-Security-Policy": "default-src 'self'; script-src 'self'; style-src 'self'", "X-Content-Type-Options": "nosniff",
			"Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Strict-Transport-Security": "max-age",
		} {
			if !strings.Contains(a.Header().Get(name), part) {
				t.Errorf("%s (%d): %s is %q", a.what, a.Code, name, a.Header().Get(name))
			}
		}
	}
	for _, r := range d.routes() {
		if r.path == "/live" || strings.HasSuffix(r.path, "/original") {
			continue // a stream without end; a download with a stricter policy
		}
		check(d.browser().do(r.method, r.path, ""))
		check(admin.do(r.method, r.path, ""))
	}
	check(d.browser().get("/no/such/page"))
	check(d.browser().do(http.MethodDelete, "/signin", "").status(http.StatusMethodNotAllowed))
}

func TestForeignSitesChangeNothing(t *testing.T) {
	d := staffed(t)
	for _, r := range d.routes() {
		if r.method != http.MethodPost || strings.HasPrefix(r.path, "/hooks/") {
			continue // networks call hooks; no session counts there
		}
		for name, value := range map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"} {
			b := d.browser()
			b.header.Set(name, value)
			b.do(r.method, r.path, "a=b").status(http.StatusForbidden)
		}
	}
}

func TestOwnOriginMayChange(t *testing.T) {
	d := staffed(t)
	b := d.browser()
	b.header.Set("Origin", publicURL)
	b.header.Set("Sec-Fetch-Site", "same-origin")
	b.post("/signin", "email", "anna@example.com", "password", password).leadsTo("/")
}

func TestOnlyAdministratorsReachTheSettings(t *testing.T) {
	d := staffed(t)
	agent := d.signedIn("boris@example.com")
	own := map[string]bool{"/settings": true, "/settings/profile": true, "/settings/password": true, "/settings/absence": true}
	tried := 0
	for _, r := range d.routes() {
		if own[r.path] || !strings.HasPrefix(r.path, "/settings") && !strings.HasPrefix(r.path, "/welcome") {
			continue
		}
		tried++
		agent.do(r.method, r.path, "").status(http.StatusForbidden)
		stranger := d.browser().do(r.method, r.path, "").status(http.StatusSeeOther)
		if !strings.HasPrefix(stranger.Header().Get("Location"), "/signin") {
			t.Errorf("%s leads to %s", stranger.what, stranger.Header().Get("Location"))
		}
	}
	if tried < 25 {
		t.Errorf("only %d routes tried", tried)
	}
}

func TestEndedSessionTellsScriptsWhereToGo(t *testing.T) {
	d := staffed(t)
	b := d.browser()
	b.header.Set("Hx-Request", "true")
	b.header.Set("Hx-Request-Type", "partial")
	a := b.get("/settings/profile").status(http.StatusUnauthorized)
	if got := a.Header().Get("HX-Redirect"); got != "/signin?next=%2Fsettings%2Fprofile" {
		t.Errorf("HX-Redirect is %q", got)
	}
}

func TestPartialAndFullPages(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("anna@example.com")
	full := b.get("/settings/teams").status(http.StatusOK).has("<!doctype html>", "app.css")
	b.header.Set("Hx-Request-Type", "partial")
	part := b.get("/settings/teams").status(http.StatusOK).lacks("<!doctype html>").has("<title>")
	for _, a := range []*answer{full, part} {
		if a.Header().Get("Cache-Control") != "no-store" || a.Header().Get("Vary") != "HX-Request-Type, Accept-Encoding" {
			t.Errorf("headers: %v", a.Header())
		}
	}
}

func TestLargeFormsAreRefused(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("anna@example.com")
	a := b.post("/settings/desk", "name", strings.Repeat("x", 2<<20))
	if a.Code < 400 {
		t.Errorf("got %d", a.Code)
	}
}

func TestNowhereKeepsTheRail(t *testing.T) {
	d := staffed(t)
	d.browser().get("/no/such/page").status(http.StatusNotFound).lacks(`id="rail"`)
	d.signedIn("boris@example.com").get("/no/such/page").status(http.StatusNotFound).has(`id="rail"`, `id="tab-mine"`)
	d.signedIn("boris@example.com").get("/tickets").has(`id="tab-settings" href="/settings/profile"`)
	d.signedIn("anna@example.com").get("/settings/teams").has(`id="tab-settings" href="/settings"`)
}
