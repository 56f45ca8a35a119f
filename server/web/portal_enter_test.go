package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestLinkByMailSignsInOnceInTheBrowserThatAsked(t *testing.T) {
	k := newCounter(t)
	b, other := k.browser(), k.browser()
	b.get("/portal/mine").leadsTo("/portal/signin?next=%2Fportal%2Fmine")
	b.post("/portal/signin", "email", " Olga@Example.com ", "next", "/portal/mine").leadsTo("/portal/signin/sent")
	b.get("/portal/signin/sent").has("olga@example.com")
	link := k.link()
	other.get(link).status(http.StatusGone).has("only in the browser it was asked from")
	other.post(link).status(http.StatusGone)
	b.get(link).status(http.StatusOK).has("olga@example.com", `action="`+link)
	b.get("/portal/mine").status(http.StatusSeeOther) // looking at the link signs nobody in
	before := b.cookies["__Host-okno-portal"]
	b.post(link).leadsTo("/portal/mine")
	if b.cookies["__Host-okno-portal"] == before {
		t.Error("the session id was not renewed")
	}
	b.get("/portal/mine").status(http.StatusOK).has("No requests yet")
	b.post(link).status(http.StatusGone)
	b.get("/tickets").leadsTo("/signin?next=%2Ftickets") // whoever asks is no agent
	b.post("/portal/signout").leadsTo("/portal")
	b.get("/portal/mine").status(http.StatusSeeOther)
}

func TestLinkByMailEnds(t *testing.T) {
	k := newCounter(t)
	b := k.browser()
	b.post("/portal/signin", "email", "olga@example.com")
	k.now = k.now.Add(15 * time.Minute)
	b.get(k.link()).status(http.StatusGone).has("older than 15 minutes")
	b.post(k.link()).status(http.StatusGone)
}

func TestAskingForALinkTellsNothing(t *testing.T) {
	k := newCounter(t)
	blocked := k.person("blocked@example.com")
	must(t, k.store.BlockPerson(t.Context(), blocked.ID, true))
	var pages []string
	for _, email := range []string{"boris@example.com", "unknown@example.com", "blocked@example.com"} {
		b := k.browser()
		b.post("/portal/signin", "email", email).leadsTo("/portal/signin/sent")
		pages = append(pages, strings.ReplaceAll(b.get("/portal/signin/sent").Body.String(), email, "X"))
	}
	if pages[0] != pages[1] || pages[0] != pages[2] {
		t.Error("the answers differ")
	}
	if len(k.hub.letters) != 2 {
		t.Errorf("%d letters, want none to who is blocked", len(k.hub.letters))
	}
	k.browser().post("/portal/signin", "email", "no address").status(http.StatusUnprocessableEntity).has(`value="no address"`, "email-error")
}

func TestLettersAreLimited(t *testing.T) {
	k := newCounter(t)
	for range 3 {
		k.browser().post("/portal/signin", "email", "olga@example.com").status(http.StatusSeeOther)
	}
	k.browser().post("/portal/signin", "email", "OLGA@example.com").status(http.StatusTooManyRequests).has("in 6 minutes")
	for i := range 16 { // what was refused counted too
		k.browser().post("/portal/signin", "email", string(rune('a'+i))+"@example.com").status(http.StatusSeeOther)
	}
	k.browser().post("/portal/signin", "email", "z@example.com").status(http.StatusTooManyRequests)
	k.now = k.now.Add(time.Minute)
	k.browser().post("/portal/signin", "email", "z@example.com").status(http.StatusSeeOther)
}

func TestStrangerSendsAFormByALink(t *testing.T) {
	k := newCounter(t)
	b := k.browser()
	fill(b, "Alan Turing")
	b.get("/portal/r/pass/check").has(`name="email"`, "Send me the link")
	b.post("/portal/r/pass/send", "email", "").status(http.StatusUnprocessableEntity)
	b.post("/portal/r/pass/send", "email", "olga@example.com").leadsTo("/portal/signin/sent")
	b.get(k.link()).has("Send “Guest pass”")
	b.post(k.link()).leadsTo("/portal/t/1?made=1")
	b.get("/portal/t/1?made=1").status(http.StatusOK).has("Alan Turing")
	p := k.person("olga@example.com")
	known, err := k.store.Identities(t.Context(), p.ID)
	if err != nil || len(known) != 1 || known[0].VerifiedAt.IsZero() {
		t.Errorf("the address was not proved: %v, %v", known, err)
	}
}

// TestNextStaysInThePortal: a link goes on within the portal, wherever it is told
// to lead.
func TestNextStaysInThePortal(t *testing.T) {
	k := newCounter(t)
	for next, want := range map[string]string{
		"https://evil.example/portal": "/portal", "//evil.example/portal": "/portal", `/\evil.example/portal`: "/portal/mine", "/settings": "/portal/mine", "/portalx": "/portal/mine",
		"/portal/t/7": "/portal/t/7",
	} {
		b := k.browser()
		b.post("/portal/signin", "email", "olga"+id(int64(len(next)))+"@example.com", "next", next)
		b.post(k.link()).leadsTo(want)
	}
}

func TestLanguageOfThePortal(t *testing.T) {
	k := newCounter(t)
	b := k.browser()
	b.get("/portal").has(`<html lang="en"`)
	b.post("/portal/language", "language", "ru", "next", "/portal").leadsTo("/portal")
	b.get("/portal").has(`<html lang="ru"`, "Гостевой пропуск", "Чем помочь?")
	b.post("/portal/language", "language", "ru", "next", "/settings").leadsTo("/portal")
}
