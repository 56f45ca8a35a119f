package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/hub"
)

func TestProfile(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("boris@example.com")
	b.get("/settings/profile").has("Boris Agent").lacks("/settings/agents")
	b.post("/settings/profile", "name", "Boris B", "language", "ru", "theme", "dark", "time_zone", "Nowhere/Town").
		status(http.StatusUnprocessableEntity).has(`value="Boris B"`, `id="time_zone-error"`)
	b.post("/settings/profile", "name", "Boris B", "language", "ru", "theme", "dark", "time_zone", "Europe/Moscow", "signature", "Б.").
		leadsTo("/settings/profile?saved=1")
	b.get("/settings/profile").has(`data-theme="dark"`, `lang="ru"`, "Boris B")
}

func TestInvitationIsShownOnce(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("anna@example.com")
	made := b.post("/settings/agents/new", "name", "Clara", "email", "clara@example.com", "role", "agent").
		status(http.StatusOK).has(publicURL + "/join/")
	where := made.Header().Get("HX-Push-Url")
	b.get(where).status(http.StatusOK).has("clara@example.com").lacks("/join/")
	b.post("/settings/agents/new", "name", "Other", "email", "clara@example.com", "role", "agent").
		status(http.StatusUnprocessableEntity).has(`value="Other"`)
	b.post(where + "/link").status(http.StatusOK).has(publicURL + "/join/")
}

func TestLastAdministratorStays(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("anna@example.com")
	b.post("/settings/agents/"+id(d.admin.ID), "role", "agent").status(http.StatusConflict)
	b.get("/settings/agents").status(http.StatusOK).has("Administrator")
}

func TestTeams(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("anna@example.com")
	b.get("/settings/teams").has("No team yet")
	b.post("/settings/teams/new", "name", "IT support", "members", id(d.agent.ID)).leadsTo("/settings/teams")
	b.get("/settings/teams").has("IT support", "1 agent")
	b.post("/settings/teams/new", "name", "").status(http.StatusUnprocessableEntity).has(`id="name-error"`)
	b.get("/settings/teams/77").status(http.StatusNotFound)
}

// The whole form works without scripts: choose, show the fields that fit, test,
// save. Secrets never come back.
func TestChannelWithoutScripts(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("anna@example.com")
	b.get("/settings/channels").has("No channel yet")
	form := []string{"field.address", "help@example.com", "field.auth", "google"}
	b.post("/settings/channels/new/email", append(form, "do", "refresh")...).status(http.StatusOK).
		has("field.google_client_id", `value="help@example.com"`).lacks(`id="field.imap_password"`)
	form = []string{"field.address", "help@example.com", "field.auth", "password", "field.imap_password", "canary-secret"}
	b.post("/settings/channels/new/email", append(form, "do", "check")...).status(http.StatusOK).has("NO LOGIN", "<!doctype html>").lacks("canary-secret")
	b.post("/settings/channels/new/email", append(form, "do", "save")...).leadsTo("/settings/channels")
	b.post("/settings/channels/new/email", "field.imap_password", "canary-secret", "do", "save").
		status(http.StatusUnprocessableEntity).lacks("Saved; type", "canary-secret")
	b.get("/settings/channels/1").status(http.StatusOK).has("Saved; type to replace it").lacks("canary-secret")
	b.get("/settings/channels/new/fax").status(http.StatusNotFound)
}

// The servers follow the address until somebody types others; then they stay,
// and the folded settings are seen.
func TestServersFollowTheAddress(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("anna@example.com")
	refresh := func(fields ...string) *answer {
		return b.post("/settings/channels/new/email", append(fields, "do", "refresh")...).status(http.StatusOK)
	}
	const folded, open = `id="channel-more">`, `id="channel-more" open>`
	b.get("/settings/channels/new/email").has(folded)
	refresh("field.address", "a@one.example").has(`value="imap.one.example"`, `name="suggested" value="a@one.example"`, folded)
	refresh("field.address", "a@two.example", "suggested", "a@one.example", "field.host", "imap.one.example").
		has(`value="imap.two.example"`, folded)
	refresh("field.address", "a@two.example", "suggested", "a@one.example", "field.host", "mail.own.example").
		has(`value="mail.own.example"`, open)
	refresh("field.address", "a@one.example", "suggested", "a@one.example", "field.host", "").lacks("imap.one.example")
	b.post("/settings/channels/new/email", "field.address", "a@one.example", "do", "save").leadsTo("/settings/channels")
	if got := d.hub.channels[0].Settings["host"]; got != "imap.one.example" {
		t.Errorf("saved without asking for the servers: %q", got)
	}
}

func TestChannelTestIsReadAsItGoes(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("anna@example.com")
	b.header.Set("Hx-Request-Type", "partial")
	started := b.post("/settings/channels/new/email", "do", "check", "field.imap_password", password).has(`id="findings"`)
	_, rest, _ := strings.Cut(started.Body.String(), `id="findings"`)
	if strings.Contains(rest, "Everything works") {
		return // it was over before the first answer
	}
	_, path, _ := strings.Cut(rest, `hx-get="`)
	path, _, _ = strings.Cut(path, `"`)
	for deadline := time.Now().Add(5 * time.Second); ; {
		if strings.Contains(b.get(path).Body.String(), "Everything works") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the test never ended")
		}
	}
	d.signedIn("boris@example.com").get(path).status(http.StatusForbidden)
}

func TestGrantNeedsTheRightState(t *testing.T) {
	d := staffed(t)
	ch := hub.Channel{Enabled: true}
	ch.ID, ch.Kind, ch.Name, ch.Settings = 1, "email", "help", map[string]string{"auth": "google"}
	d.hub.channels = []hub.Channel{ch}
	b := d.signedIn("anna@example.com")
	b.post("/settings/channels/1/signin", "way", "page").status(http.StatusOK).has("https://provider.example/consent")
	b.get("/settings/channels/callback?state=wrong&code=code").status(http.StatusUnprocessableEntity)
	b.get("/settings/channels/callback?state=right&code=code").status(http.StatusUnprocessableEntity) // used up by the wrong one
	b.post("/settings/channels/1/signin", "way", "page")
	b.get("/settings/channels/callback?state=right&code=code").leadsTo("/settings/channels/1")
}

func TestLedger(t *testing.T) {
	d := staffed(t)
	b := d.signedIn("anna@example.com")
	b.get("/settings/ledger").status(http.StatusOK).has("Nothing has come in yet")
	b.get("/settings/ledger?q=x").has("Nothing found")
	aside := hub.Entry{ID: 7, Event: channels.Event{Key: "INBOX/1/7"}, Outcome: hub.OutcomeAside, From: "<b>eve</b>", Detail: "broken at byte 3", StoredAt: d.now}
	opened := hub.Entry{ID: 8, Outcome: hub.OutcomeOpened, Ticket: 12, MessageID: 3, StoredAt: d.now}
	d.hub.entries = []hub.Entry{aside, opened}
	page := b.get("/settings/ledger?tab=aside").status(http.StatusOK)
	page.has("INBOX/1/7", "broken at byte 3", `href="/tickets/12"`, "after=cursor", "1 message could not be processed").lacks("<b>eve</b>")
	b.post("/settings/ledger/7/redo", "back", "/settings/ledger?tab=aside").leadsTo("/settings/ledger?tab=aside")
	b.post("/settings/ledger/7/redo", "back", "//evil.example").leadsTo("/settings/ledger")
	b.post("/settings/ledger/7/ticket").leadsTo("/tickets/12")
	b.post("/settings/ledger/redo").leadsTo("/settings/ledger")
	raw := b.get("/settings/ledger/7/original").status(http.StatusOK).has("Subject: raw")
	if got := raw.Header().Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") {
		t.Errorf("Content-Disposition is %q", got)
	}
	if len(d.hub.redone) != 2 {
		t.Errorf("redone %v", d.hub.redone)
	}
}
