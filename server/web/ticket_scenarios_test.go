package web

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"okno/server/live"
	"okno/tickets"
)

func at(t tickets.Ticket, rest string) string { return fmt.Sprintf("/tickets/%d%s", t.Number, rest) }

func TestNobodySeesTicketsWithoutSigningIn(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Till broken", "It prints nothing.")
	r.cookies = nil
	for _, path := range []string{"/", "/tickets", at(ticket, ""), "/tickets/new", "/live", "/rail", at(ticket, "/presence"), "/files/1/draft/x/y"} {
		res := r.get(path)
		if res.Code != http.StatusSeeOther || !strings.HasPrefix(res.Header().Get("Location"), "/signin") {
			t.Errorf("%s: %d to %q", path, res.Code, res.Header().Get("Location"))
		}
	}
}

func TestReading(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Till <b>broken</b>", "See https://example.org/x.\n<script>")
	before := r.events(ticket)
	whole := []string{"<!doctype html>", `id="rail"`, "Till &lt;b&gt;broken&lt;/b&gt;"}
	has(t, r.get("/tickets?view=unassigned"), 200, append(whole, "Olga Sinitsyna"), []string{"<b>broken"})
	has(t, r.get("/tickets?view=mine"), 200, []string{"Nothing waits for you"}, []string{"Till"})
	has(t, r.get(at(ticket, "?from=unassigned")), 200, append(whole, `href="https://example.org/x"`, "&lt;script&gt;", "Unassigned, 1 of 1", `id="mode-note"`), nil)
	has(t, r.get("/tickets/99999"), 404, nil, []string{"Till"})
	part := []string{"HX-Request", "true", "HX-Request-Type", "partial", "HX-Target"}
	has(t, r.get("/tickets?view=unassigned", append(part, "main#main")...), 200, []string{"<title>", `hx-swap-oob="outerMorph"`}, []string{"<html"})
	has(t, r.get("/tickets?view=unassigned", append(part, "section#list")...), 200, []string{`id="list"`}, []string{"<title>", `id="rail"`})
	has(t, r.get(at(ticket, ""), append(part, "div#thread")...), 200, []string{`id="thread"`}, []string{`id="composer"`, `id="side"`})
	has(t, r.get(at(ticket, ""), append(part, "aside#side")...), 200, []string{`id="side"`}, []string{`id="composer"`})
	if after := r.events(ticket); after != before {
		t.Errorf("reading left events: %s", after)
	}
}

func TestReplyLeavesLaterAndCanBeUndone(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Till broken", "It prints nothing.")
	form := url.Values{"kind": {"reply"}, "body": {"Try **this**."}, "once": {"k1"}, "seen": {fmt.Sprint(ticket.LastSeq)}}
	for range 2 { // a second click makes no second message
		if res := r.post(at(ticket, "/messages"), form); res.Code != http.StatusSeeOther {
			t.Fatalf("reply: %d %s", res.Code, res.Body)
		}
	}
	if got := strings.Count(r.events(ticket), "message.added"); got != 2 {
		t.Errorf("%d messages, want the question and one reply", got)
	}
	page := r.get(at(ticket, ""))
	has(t, page, 200, []string{"<strong>this</strong>", "Leaves in a moment", "The reply leaves in"}, nil)
	undo := regexp.MustCompile(`/messages/\d+/undo`).FindString(page.Body.String())
	if res := r.post(undo, nil); res.Code != http.StatusSeeOther {
		t.Fatalf("undo: %d %s", res.Code, res.Body)
	}
	has(t, r.get(at(ticket, "")), 200, []string{"Undone, not sent", ">Try **this**.</textarea>"}, nil)
}

func TestNoteStaysInsideAndMentions(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Till broken", "It prints nothing.")
	res := r.post(at(ticket, "/messages"), url.Values{"kind": {"note"}, "body": {"@Anna Lebedeva look"}}, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "form#composer")
	has(t, res, 200, []string{`id="composer"`, `id="thread"`, "Only your team sees this", `class="msg note"`}, []string{"Leaves in a moment", "<html"})
}

func TestReplyIsHeldWhenSomebodySpokeMeanwhile(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Till broken", "It prints nothing.")
	_, err := r.service.Receive(t.Context(), ticket.ID, tickets.Incoming{PersonID: ticket.RequesterID, Body: "It works again", Network: "email"})
	orFail(t, err)
	form := url.Values{"kind": {"reply"}, "body": {"Try this."}, "once": {"k"}, "seen": {fmt.Sprint(ticket.LastSeq)}}
	has(t, r.post(at(ticket, "/messages"), form, "HX-Request", "true"), 409,
		[]string{"came while you were writing", "It works again", ">Try this.</textarea>", "Send anyway"}, nil)
	has(t, r.post(at(ticket, "/messages"), form), 409, []string{"<html", "Send anyway", ">Try this.</textarea>"}, nil)
	has(t, r.get(at(ticket, "")), 200, []string{">Try this.</textarea>"}, nil) // a reload loses nothing
	form.Set("anyway", "1")
	if res := r.post(at(ticket, "/messages"), form); res.Code != http.StatusSeeOther {
		t.Errorf("sent anyway: %d", res.Code)
	}
}

func TestEmptyReplyKeepsTheForm(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Till broken", "It prints nothing.")
	has(t, r.post(at(ticket, "/messages"), url.Values{"kind": {"note"}, "body": {"  "}}, "HX-Request", "true"), 422,
		[]string{`aria-invalid="true"`, `id="body-error"`, `id="mode-note" checked`}, nil)
}

func TestFieldsChangeInPlace(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Till broken", "It prints nothing.")
	side := []string{"HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "aside#side"}
	version := fmt.Sprint(ticket.Version)
	res := r.post(at(ticket, "/fields"), url.Values{"version": {version}, "priority": {"4"}}, side...)
	has(t, res, 200, []string{`id="side"`, "Urgent", "priority Urgent"}, []string{`id="composer"`})
	res = r.post(at(ticket, "/fields"), url.Values{"version": {version}, "priority": {"1"}}, side...)
	has(t, res, 409, []string{`id="conflict"`, `role="alert"`}, nil)
	for _, form := range []url.Values{
		{"add_tag": {"Till, Printer"}}, {"remove_tag": {"till"}}, {"subject": {"Printer"}}, {"assignee": {fmt.Sprint(r.agent.ID)}},
		{"add_follower": {"Pavel@Example.org"}}, {"spam": {"true"}},
	} {
		if res := r.post(at(ticket, "/fields"), form); res.Code != http.StatusSeeOther {
			t.Errorf("%v: %d %s", form, res.Code, res.Body)
		}
	}
	want := "tags.changed tags.changed subject.changed assignee.changed followers.changed spam.changed"
	if got := r.events(ticket); !strings.HasSuffix(got, want) {
		t.Errorf("events %s", got)
	}
	has(t, r.post(at(ticket, "/fields"), url.Values{"add_follower": {"nobody"}}, side...), 422, []string{"not an e-mail address"}, nil)
	if res := r.post(at(ticket, "/fields"), url.Values{"priority": {"2"}, "back": {"https://evil.example/"}}); strings.Contains(res.Header().Get("Location"), "evil") {
		t.Errorf("led away to %s", res.Header().Get("Location"))
	}
}

func TestDraftSurvives(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Till broken", "It prints nothing.")
	has(t, r.post(at(ticket, "/draft"), url.Values{"kind": {"note"}, "body": {"half a tho"}}), 200, []string{"Draft saved at"}, nil)
	has(t, r.upload(at(ticket, "/draft/files"), "отчёт.html", "text/html", []byte("<script>1</script>")), 200, []string{"отчёт.html"}, nil)
	page := r.get(at(ticket, ""))
	has(t, page, 200, []string{">half a tho</textarea>", "отчёт.html", `id="mode-note" checked`}, nil)
	if res := r.post(at(ticket, "/messages"), url.Values{"kind": {"reply"}, "body": {"here"}}); res.Code != http.StatusSeeOther {
		t.Fatalf("send: %d %s", res.Code, res.Body)
	}
	page = r.get(at(ticket, ""))
	has(t, page, 200, nil, []string{"half a tho", "Draft saved"})
	r.downloads(ticket, regexp.MustCompile(`/files/[^"]+`).FindString(page.Body.String()))
}

// downloads checks that the attachment behind an address can only be saved.
func (r *rig) downloads(ticket tickets.Ticket, address string) {
	r.t.Helper()
	res := r.get(address)
	h := res.Header()
	if res.Code != 200 || res.Body.String() != "<script>1</script>" {
		r.t.Fatalf("download %s: %d", address, res.Code)
	}
	if h.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(h.Get("Content-Disposition"), "attachment; filename*=UTF-8''%D0%BE") ||
		!strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || h.Get("X-Content-Type-Options") != "nosniff" {
		r.t.Errorf("headers %v", h)
	}
	other := r.asked("Another", "text")
	foreign := strings.Replace(address, fmt.Sprintf("/files/%d/", ticket.Number), fmt.Sprintf("/files/%d/", other.Number), 1)
	has(r.t, r.get(foreign), 404, nil, []string{"<script>1"})
}

func TestLargeFilesAreRefusedInWords(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Till broken", "It prints nothing.")
	res := r.upload(at(ticket, "/draft/files"), "big.bin", "application/octet-stream", bytes.Repeat([]byte("x"), largestFile+1))
	has(t, res, 422, []string{"larger than 25 MB"}, nil)
}

func TestTicketByHand(t *testing.T) {
	r := newRig(t)
	has(t, r.get("/tickets/new"), 200, []string{`name="email"`}, nil)
	form := url.Values{"name": {"Ivan"}, "email": {"ivan"}, "subject": {"Call back"}, "body": {"He called."}, "kind": {"note"}}
	has(t, r.post("/tickets/new", form), 422, []string{"not an e-mail address", `value="Call back"`, ">He called.</textarea>", `aria-describedby="email-error"`}, nil)
	form.Set("email", "ivan@example.org")
	res := r.post("/tickets/new", form)
	if res.Code != http.StatusSeeOther {
		t.Fatalf("create: %d %s", res.Code, res.Body)
	}
	has(t, r.get(res.Header().Get("Location")), 200, []string{"Call back", "He called.", `class="msg note"`, "ivan@example.org"}, []string{"Leaves in a moment"})
}

func TestPresenceIsShown(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Till broken", "It prints nothing.")
	r.live.Look(ticket.Number, live.Seen{AgentID: 99, Name: "Timur Sadykov", Typing: true})
	has(t, r.get(at(ticket, "/presence")), 200, []string{`id="watchers"`, "Timur Sadykov is writing here too"}, nil)
	if res := r.post(at(ticket, "/presence"), url.Values{"state": {"typing"}}); res.Code != http.StatusNoContent {
		t.Errorf("presence: %d", res.Code)
	}
	if others := r.live.Others(ticket.Number, 99); len(others) != 1 || others[0].Name != "Anna Lebedeva" {
		t.Errorf("others see %+v", others)
	}
	if res := r.post(at(ticket, "/read"), nil); res.Code != http.StatusNoContent {
		t.Errorf("read: %d", res.Code)
	}
}

func TestOriginalFormattingIsInert(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Till broken", "It prints nothing.")
	m, err := r.service.Receive(t.Context(), ticket.ID, tickets.Incoming{PersonID: ticket.RequesterID, Body: "b", HTML: "<p>formatted</p>", Network: "email"})
	orFail(t, err)
	res := r.get(fmt.Sprintf("/files/%d/original/%d", ticket.Number, m.ID))
	has(t, res, 200, []string{"<p>formatted</p>"}, nil)
	policy := res.Header().Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "sandbox", "frame-ancestors 'self'", "img-src data:"} {
		if !strings.Contains(policy, want) {
			t.Errorf("policy %q lacks %s", policy, want)
		}
	}
}
