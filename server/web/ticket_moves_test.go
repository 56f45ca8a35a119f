package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"okno/tickets"
	"okno/tickets/people"
)

// leads checks that a request was answered with the way to a page.
func (r *rig) leads(path string, form url.Values, to string) {
	r.t.Helper()
	res := r.post(path, form)
	if where := res.Header().Get("Location"); res.Code != http.StatusSeeOther || where != to {
		r.t.Fatalf("%s leads to %q with %d, want %q: %s", path, where, res.Code, to, res.Body)
	}
}

func number64(t tickets.Ticket) string { return fmt.Sprint(t.Number) }

func TestMergingIsAskedDoneAndUndone(t *testing.T) {
	r := newRig(t)
	from, into := r.asked("Till broken", "It prints nothing."), r.asked("Milk is late", "Where is the milk?")
	has(t, r.get(at(from, "/merge?from=unassigned")), 200, []string{"Latest tickets", "Milk is late", `id="q"`}, []string{`id="target-1"`})
	has(t, r.get(at(from, "/merge?q=MILK+sinitsyna")), 200, []string{"Milk is late"}, nil)
	has(t, r.get(at(from, "/merge?q=nothing+like+it")), 200, []string{"Nothing found for “nothing like it”"}, []string{"Milk is late"})
	has(t, r.get(at(from, "/merge?q=%23"+number64(into))), 200, []string{"By number", "Milk is late"}, nil)
	found := r.get(at(from, "/merge?q=milk"), "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "div#found")
	has(t, found, 200, []string{`id="found"`, "Milk is late"}, []string{`id="q"`, "<html"})
	has(t, r.get(at(from, "/merge?other="+number64(into))), 200, []string{
		"Till broken", "Milk is late", "1 message", "Everything said in #1 moves to #2", "becomes a follower of #2", "Merge into #2",
	}, nil)
	has(t, r.get(at(from, "/merge?other=99")), 200, []string{"There is no such ticket", `id="q"`}, nil)

	r.leads(at(from, "/merge"), url.Values{"other": {number64(into)}, "view": {"open"}}, at(into, "?from=open"))
	page := r.get(at(into, ""))
	has(t, page, 200, []string{
		"It prints nothing.", "Where is the milk?", "from #1", "#1 merged into this ticket, 1 message", "Merged #1 into this ticket",
		`action="/tickets/1/unmerge"`,
	}, nil)
	if text := page.Body.String(); strings.Index(text, "It prints nothing.") > strings.Index(text, "Where is the milk?") {
		t.Error("the messages do not stand by their time")
	}
	has(t, r.get(at(from, "")), 200, []string{`id="gone"`, "Anna Lebedeva merged this ticket", `href="/tickets/2"`, "Undo the merge"}, []string{`id="composer"`, `id="more"`, "It prints nothing."})
	has(t, r.post(at(from, "/merge"), url.Values{"other": {number64(into)}}), 409, []string{"merged into #2"}, nil)

	r.leads(at(from, "/unmerge"), nil, at(from, ""))
	has(t, r.get(at(from, "")), 200, []string{"It prints nothing.", "merge into #2 undone", `id="composer"`}, []string{`id="gone"`, "Merged into"})
	has(t, r.get(at(into, "")), 200, []string{"merge of #1 undone"}, []string{"It prints nothing.", "/unmerge"})
	if got, want := r.events(into), "ticket.created message.added ticket.merged ticket.unmerged"; got != want {
		t.Errorf("events %s, want %s", got, want)
	}
	has(t, r.post(at(from, "/unmerge"), nil), 409, nil, nil)
}

func TestSplittingIsAskedDoneAndUndone(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Till broken", "It prints nothing.")
	m, err := r.service.Receive(t.Context(), ticket.ID, tickets.Incoming{PersonID: ticket.RequesterID, Body: "And the fridge hums.", Network: "email", At: time.Now()})
	orFail(t, err)
	has(t, r.get(at(ticket, "/split")), 200, []string{"It prints nothing.", "And the fridge hums.", `value="Till broken"`}, []string{"checked"})
	has(t, r.post(at(ticket, "/split"), url.Values{"subject": {"Fridge"}}), 422, []string{`id="messages-error"`, `value="Fridge"`}, nil)
	chosen := url.Values{"subject": {"Fridge"}, "message": {fmt.Sprint(m.ID)}}
	r.leads(at(ticket, "/split"), chosen, "/tickets/2")
	has(t, r.get("/tickets/2"), 200, []string{"And the fridge hums.", "split off from #1, 1 message", "Split off from #1", `action="/tickets/2/unsplit"`}, []string{"It prints nothing."})
	has(t, r.get(at(ticket, "")), 200, []string{"#2 split off, 1 message", `action="/tickets/2/unsplit"`}, []string{"And the fridge hums."})
	r.leads("/tickets/2/unsplit", nil, at(ticket, ""))
	has(t, r.get(at(ticket, "")), 200, []string{"And the fridge hums.", "#2 put back into this ticket"}, []string{"/unsplit"})
	if got, want := r.events(ticket), "ticket.created message.added message.added ticket.split ticket.unsplit"; got != want {
		t.Errorf("events %s, want %s", got, want)
	}
}

func TestLinksReadRightFromBothEnds(t *testing.T) {
	r := newRig(t)
	one, two := r.asked("Till broken", "It prints nothing."), r.asked("Tills of Lesnaya", "All of them.")
	has(t, r.get(at(one, "/link?other=2")), 200, []string{"#1 is a part of #2", "#2 is a part of #1", `id="kind-related" name="kind" value="related" checked`}, nil)
	has(t, r.post(at(one, "/link"), url.Values{"other": {"2"}, "kind": {"cousin"}}), 422, []string{`id="link-form"`}, nil)
	for _, tt := range []struct{ kind, here, there string }{
		{"related", "Related", "Related"}, {"parent", "Part of", "Has the part"},
		{"child", "Has the part", "Part of"}, {"duplicate", "Duplicate of", "Has the duplicate"},
	} {
		form := url.Values{"other": {number64(two)}, "kind": {tt.kind}}
		r.leads(at(one, "/link"), form, at(one, ""))
		has(t, r.get(at(one, "")), 200, []string{`id="links"`, tt.here, "Tills of Lesnaya"}, nil)
		has(t, r.get(at(two, "")), 200, []string{`id="links"`, tt.there, "Till broken"}, nil)
		r.leads(at(one, "/unlink"), form, at(one, ""))
		has(t, r.get(at(two, "")), 200, nil, []string{`id="links"`})
	}
	if got := strings.Count(r.events(two), "ticket.linked ticket.unlinked"); got != 4 {
		t.Errorf("%d links made and removed, want 4: %s", got, r.events(two))
	}
}

func TestDeletingIsAskedDoneAndUndone(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Till broken", "It prints nothing.")
	has(t, r.get(at(ticket, "/delete")), 200, []string{"Delete #1?", "for 30 days an administrator can restore it", "btn danger"}, nil)
	gone := fmt.Sprintf("/tickets?view=open&gone=%d", ticket.ID)
	r.leads(at(ticket, "/delete"), url.Values{"view": {"open"}}, gone)
	has(t, r.get(gone), 200, []string{"Deleted #1", `action="/tickets/1/restore"`, "All sorted"}, []string{"Till broken"})
	has(t, r.get("/tickets?view=deleted"), 200, []string{"Till broken", "30 d left", `title="Restore"`, `id="to-deleted"`}, nil)
	has(t, r.get(at(ticket, "")), 200, []string{`id="gone"`, "Anna Lebedeva deleted this ticket", "Restore"}, []string{`id="composer"`})
	r.leads(at(ticket, "/restore"), url.Values{"view": {"open"}}, at(ticket, "?from=open"))
	has(t, r.get(at(ticket, "")), 200, []string{"ticket restored", `id="composer"`}, []string{`id="gone"`})
	has(t, r.get(gone), 200, []string{"Till broken"}, []string{"Deleted #1"})
	has(t, r.post(at(ticket, "/restore"), nil), 409, nil, nil)
	if got, want := r.events(ticket), "ticket.created message.added ticket.deleted ticket.restored"; got != want {
		t.Errorf("events %s, want %s", got, want)
	}
}

func TestSpamTakesItsSenderAlong(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Win a prize", "Click here.")
	r.leads(at(ticket, "/spam"), url.Values{"as": {"spam-block"}}, at(ticket, "?blocked=1"))
	has(t, r.get(at(ticket, "?blocked=1")), 200, []string{
		"Marked as spam, the sender is blocked", `name="as" value="ham-unblock"`, "Olga Sinitsyna is blocked", "Unblock", "Not spam, unblock Olga Sinitsyna",
	}, nil)
	r.blocked(ticket, true)
	r.leads(at(ticket, "/spam"), url.Values{"as": {"ham-unblock"}}, at(ticket, ""))
	has(t, r.get(at(ticket, "")), 200, []string{"Mark as spam", "Block Olga Sinitsyna"}, []string{"Marked as spam", "is blocked"})
	r.blocked(ticket, false)
	r.leads(at(ticket, "/spam"), url.Values{"as": {"spam"}, "view": {"open"}}, at(ticket, "?from=open"))
	has(t, r.get(at(ticket, "")), 200, []string{"Marked as spam", `name="as" value="ham"`}, []string{"is blocked"})
	r.blocked(ticket, false)
	has(t, r.post(at(ticket, "/spam"), url.Values{"as": {"ham?"}}), 422, nil, nil)

	r.leads(at(ticket, "/block"), url.Values{"block": {"true"}}, at(ticket, ""))
	r.blocked(ticket, true)
	r.leads(at(ticket, "/block"), url.Values{"block": {"false"}}, at(ticket, ""))
	r.blocked(ticket, false)
}

func (r *rig) blocked(t tickets.Ticket, want bool) {
	r.t.Helper()
	p, err := r.db.Person(r.t.Context(), t.RequesterID)
	orFail(r.t, err)
	if p.Blocked != want {
		r.t.Errorf("blocked is %t", p.Blocked)
	}
}

func TestUnreachablePeopleAreShownBeforeWriting(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Till broken", "It prints nothing.")
	way := people.Identity{PersonID: ticket.RequesterID, Network: "email", Address: "olga@example.org", Unreachable: "channel.email.send.gone"}
	orFail(t, r.db.PutIdentity(t.Context(), way))
	has(t, r.get(at(ticket, "")), 200, []string{`id="refused"`, "Messages to olga@example.org do not arrive."}, nil)
	way.Address, way.Unreachable = "o@example.org", ""
	orFail(t, r.db.PutIdentity(t.Context(), way))
	has(t, r.get(at(ticket, "")), 200, []string{"olga@example.org"}, []string{`id="refused"`})
}
