package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"okno/tickets/people"
)

func TestSetUpFromTheFirstLinkToTheOpenDesk(t *testing.T) {
	d := newDesk(t)
	secret, err := d.people.SetupLink(t.Context())
	must(t, err)
	b := d.browser()
	b.get("/setup/"+secret).status(http.StatusOK).has("30 more minutes", `action="/setup/`+secret)
	b.post("/setup/"+secret, "name", "Anna", "email", "anna@example.com", "password", "short", "language", "ru").
		status(http.StatusUnprocessableEntity).has(`value="Anna"`, `value="anna@example.com"`, `id="password-error"`).lacks(`value="short"`)
	b.post("/setup/"+secret, "name", "Anna", "email", "anna@example.com", "password", password, "language", "en").leadsTo("/welcome/desk")
	b.get("/welcome/desk").status(http.StatusOK)
	b.post("/welcome/desk", "name", "Mayak", "language", "en", "teams", "IT support\r\nHR\r\n").leadsTo("/welcome/channel")
	b.get("/welcome/desk").has(`value="Mayak"`, "IT support", "HR")
	b.post("/welcome/channel", "do", "save", "field.auth", "password", "field.address", "").status(http.StatusUnprocessableEntity).has("field.address-error")
	b.post("/welcome/channel", "do", "save", "field.auth", "password", "field.address", "help@example.com", "field.imap_password", "canary-secret").leadsTo("/welcome/colleagues")
	b.get("/welcome/channel").has("help@example.com").lacks("canary-secret")
	links := b.post("/welcome/colleagues", "addresses", "boris@example.com\nno address").status(http.StatusUnprocessableEntity)
	links.has(publicURL+"/join/", "no address")
	b.get("/welcome/done").status(http.StatusOK).has("help@example.com")
}

// TestFirstChannelMayBeAChat chooses another sort of channel than mail.
func TestFirstChannelMayBeAChat(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("anna@example.com")
	b.get("/welcome/channel").has(`href="/welcome/channel?kind=telegram"`, "field.imap_password").lacks("field.token")
	b.get("/welcome/channel?kind=telegram").has("field.token", `action="/welcome/channel?kind=telegram"`).lacks("field.imap_password")
	b.get("/welcome/channel?kind=nothing").has("field.imap_password")
	b.post("/welcome/channel?kind=telegram", "do", "save", "field.token", "canary-secret", "field.address", "@mayak_bot").leadsTo("/welcome/colleagues")
	b.get("/welcome/channel").has("@mayak_bot", "field.token").lacks("canary-secret", "kind=email")
	b.get("/welcome/done").has("@mayak_bot", "Telegram")
}

func TestSetupLinkWorksOnceAndNotForLong(t *testing.T) {
	d := newDesk(t)
	secret, err := d.people.SetupLink(t.Context())
	must(t, err)
	d.now = d.now.Add(31 * time.Minute)
	d.browser().get("/setup/" + secret).status(http.StatusGone).has("Start Okno again")
	secret, err = d.people.SetupLink(t.Context())
	must(t, err)
	account := []string{"name", "Anna", "email", "anna@example.com", "password", password, "language", "en"}
	d.browser().post("/setup/"+secret, account...).leadsTo("/welcome/desk")
	account[3] = "eve@example.com"
	again := d.browser()
	again.post("/setup/"+secret, account...).lacks("/welcome/desk")
	again.get("/settings/agents").leadsTo("/signin?next=%2Fsettings%2Fagents")
	d.browser().get("/setup/" + secret).status(http.StatusGone)
}

func TestJoinLinkWorksOnce(t *testing.T) {
	d := staffed(t)
	_, secret, err := d.people.Invite(t.Context(), d.admin, "Clara", "clara@example.com", people.Answerer, nil)
	must(t, err)
	b := d.browser()
	b.get("/join/" + secret).status(http.StatusOK).has("clara@example.com")
	b.post("/join/"+secret, "name", "Clara", "password", password, "language", "ru").leadsTo("/")
	b.get("/settings/profile").status(http.StatusOK).has(`lang="ru"`)
	d.browser().post("/join/"+secret, "name", "Eve", "password", password, "language", "en").status(http.StatusGone)
	d.browser().get("/join/" + secret).status(http.StatusGone)
	d.browser().get("/join/nothing").status(http.StatusGone)
}

func TestSignInIsTheSameForUnknownAndWrong(t *testing.T) {
	d := staffed(t)
	wrong := d.browser().post("/signin", "email", "anna@example.com", "password", "wrong")
	unknown := d.browser().post("/signin", "email", "nobody@example.com", "password", "wrong")
	if wrong.Code != unknown.Code {
		t.Errorf("got %d for a wrong password and %d for an unknown address", wrong.Code, unknown.Code)
	}
	a, b := wrong.Body.String(), strings.ReplaceAll(unknown.Body.String(), "nobody@example.com", "anna@example.com")
	if a != b {
		t.Error("the answers differ")
	}
}

func TestSignInIsDelayedAfterTenFailures(t *testing.T) {
	for _, account := range []string{"anna@example.com", "nobody@example.com"} {
		d := staffed(t)
		b := d.browser()
		for range 10 {
			b.post("/signin", "email", account, "password", "wrong").status(http.StatusForbidden)
		}
		b.post("/signin", "email", account, "password", password).status(http.StatusTooManyRequests).has("possible in 61 s")
		d.signedIn("boris@example.com") // nobody else has to wait
		d.now = d.now.Add(time.Minute)
		if account == d.admin.Email {
			d.signedIn(account)
		}
	}
}

func TestSignInLeadsOnlyToOurOwnPages(t *testing.T) {
	d := staffed(t)
	for next, want := range map[string]string{
		"/settings/profile?a=b": "/settings/profile?a=b", "https://evil.example/x": "/x", "//evil.example": "/",
		`/\evil.example`: "/", "javascript:alert(1)": "/", "evil": "/", "": "/", "/%5Cevil.example": "/", "/%2Fevil.example": "/",
	} {
		b := d.browser()
		b.post("/signin", "email", "anna@example.com", "password", password, "next", next).leadsTo(want)
	}
}

func TestSessions(t *testing.T) {
	d := staffed(t)
	b := d.browser()
	b.cookies["__Host-okno"] = "chosen by somebody else"
	first := b.post("/signin", "email", "anna@example.com", "password", password)
	cookie := first.Result().Cookies()[0]
	if cookie.Name != "__Host-okno" || !cookie.HttpOnly || !cookie.Secure || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" {
		t.Errorf("cookie: %v", cookie)
	}
	if cookie.Value == "chosen by somebody else" {
		t.Error("the session id was not renewed")
	}
	other := d.signedIn("anna@example.com")
	b.post("/settings/password", "old", "wrong", "password", "five calm words in here").status(http.StatusUnprocessableEntity)
	b.post("/settings/password", "old", password, "password", "five calm words in here").leadsTo("/settings/profile?saved=1")
	b.get("/settings/profile").status(http.StatusOK)
	other.get("/settings/profile").leadsTo("/signin?next=%2Fsettings%2Fprofile") // ended by the new password
	stolen := d.browser()
	stolen.cookies["__Host-okno"] = b.cookies["__Host-okno"]
	b.post("/signout").leadsTo("/signin")
	stolen.get("/settings/profile").status(http.StatusSeeOther)
}

func TestDisabledAgentIsOutAtOnce(t *testing.T) {
	d := staffed(t)
	b, admin := d.signedIn("boris@example.com"), d.signedIn("anna@example.com")
	b.get("/settings/profile").status(http.StatusOK)
	admin.post("/settings/agents/"+id(d.agent.ID), "role", "agent", "disabled", "true").leadsTo("/settings/agents")
	b.get("/settings/profile").status(http.StatusSeeOther)
	d.browser().post("/signin", "email", "boris@example.com", "password", password).status(http.StatusForbidden).has(`action="/signin"`)
}

func TestLanguageBeforeSignIn(t *testing.T) {
	d := staffed(t)
	b := d.browser()
	b.get("/signin").has(`<html lang="en"`)
	b.header.Set("Accept-Language", "ru-RU,ru;q=0.9,en;q=0.5")
	b.get("/signin").has(`<html lang="ru"`, "Войти")
	b.post("/language", "language", "en", "next", "/signin").leadsTo("/signin")
	b.get("/signin").has(`<html lang="en"`)
}
