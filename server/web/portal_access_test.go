package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"okno/tickets"
)

// slip is a line of the portal's access matrix: who may call a route, and an
// address of something of requester A's.
type slip struct {
	who  string // "anyone" or "asker"
	here string // of A; B and strangers are told nothing about it
	own  bool   // it is A's alone
}

func slips(message, blob string) map[string]slip {
	const anyone, asker = "anyone", "asker"
	return map[string]slip{
		"GET /portal": {anyone, "/portal", false}, "POST /portal/language": {anyone, "/portal/language", false},
		"GET /portal/signin": {anyone, "/portal/signin", false}, "POST /portal/signin": {anyone, "/portal/signin", false},
		"GET /portal/signin/sent": {anyone, "/portal/signin/sent", false}, "POST /portal/signout": {anyone, "/portal/signout", false},
		"GET /portal/enter/:secret": {anyone, "/portal/enter/x", false}, "POST /portal/enter/:secret": {anyone, "/portal/enter/x", false},
		"GET /portal/r/:key":            {anyone, "/portal/r/pass", false},
		"GET /portal/r/:key/step/:step": {anyone, "/portal/r/pass/step/guest", false}, "POST /portal/r/:key/step/:step": {anyone, "/portal/r/pass/step/guest", false},
		"GET /portal/r/:key/all": {anyone, "/portal/r/pass/all", false}, "POST /portal/r/:key/all": {anyone, "/portal/r/pass/all", false},
		"POST /portal/r/:key/files/:step": {anyone, "/portal/r/pass/files/papers", false},
		"GET /portal/r/:key/check":        {anyone, "/portal/r/pass/check", false}, "POST /portal/r/:key/send": {anyone, "/portal/r/pass/send", false},
		"GET /portal/mine":                                {asker, "/portal/mine", false},
		"POST /portal/approvals/:id":                      {asker, "/portal/approvals/77", true},
		"GET /portal/approvals/:id/file/:blob/*name":      {asker, "/portal/approvals/77/file/" + blob + "/x", true},
		"GET /portal/t/:number":                           {asker, "/portal/t/1", true},
		"POST /portal/t/:number/reply":                    {asker, "/portal/t/1/reply", true},
		"POST /portal/t/:number/rating":                   {asker, "/portal/t/1/rating", true},
		"POST /portal/t/:number/reopen":                   {asker, "/portal/t/1/reopen", true},
		"GET /portal/t/:number/file/:message/:blob/*name": {asker, "/portal/t/1/file/" + message + "/" + blob + "/one.txt", true},
	}
}

// TestPortalAccess calls every route of the portal as a stranger, as requester A,
// as requester B, as an agent and from another site. A new route needs a row.
func TestPortalAccess(t *testing.T) {
	v := newVault(t)
	k := counterOf(t, v.desk)
	rows := slips(id(v.first.ID), v.first.Files[0].Blob)
	a, b, agent := k.entered("one@example.test"), k.entered("b@example.test"), k.signedIn("boris@example.com")
	for _, r := range v.engine.Routes() {
		if !strings.HasPrefix(r.Path, "/portal") {
			continue
		}
		row, ok := rows[r.Method+" "+r.Path]
		if !ok {
			t.Errorf("no row for %s %s", r.Method, r.Path)
			continue
		}
		delete(rows, r.Method+" "+r.Path)
		k.strange(r.Method, row)
		k.abroad(a, r.Method, row)
		for _, other := range []*browser{b, agent} {
			if row.own {
				other.do(r.Method, row.here, "").status(http.StatusNotFound)
			}
		}
		if row.own && !strings.Contains(row.here, "/approvals/") {
			if got := a.do(r.Method, row.here, ""); got.Code == http.StatusNotFound || got.Code >= 500 {
				t.Errorf("%s by its owner: %d", got.what, got.Code)
			}
		}
	}
	for name := range rows {
		t.Errorf("row for no route: %s", name)
	}
}

// strange is sent to the sign-in of the portal, whether the thing is there or not.
func (k *counter) strange(method string, row slip) {
	k.t.Helper()
	got := k.browser().do(method, row.here, "")
	toSignIn := got.Code == http.StatusSeeOther && strings.HasPrefix(got.Header().Get("Location"), "/portal/signin?next") ||
		got.Code == http.StatusSeeOther && method == http.MethodPost && got.Header().Get("Location") == "/portal/signin"
	if toSignIn != (row.who == "asker") || got.Code >= 500 {
		k.t.Errorf("%s by a stranger: %d to %q", got.what, got.Code, got.Header().Get("Location"))
	}
}

// abroad changes nothing, even in the browser of whom it belongs to.
func (k *counter) abroad(b *browser, method string, row slip) {
	k.t.Helper()
	if method != http.MethodPost {
		return
	}
	b.header.Set("Sec-Fetch-Site", "cross-site")
	b.do(method, row.here, "").status(http.StatusForbidden)
	b.header.Del("Sec-Fetch-Site")
}

// TestPortalShowsPublicMessagesOnly looks for a note and for originals.
func TestPortalShowsPublicMessagesOnly(t *testing.T) {
	k := &counter{newVault(t).desk}
	asker := k.entered("two@example.test")
	_, err := k.cases.Reply(t.Context(), tickets.AsAgent(k.admin), k.ticket(2).ID, tickets.NewMessage{Body: "a **public** answer"})
	must(t, err)
	k.now = k.now.Add(time.Minute)
	asker.get("/portal/t/2").status(http.StatusOK).has("a <strong>public</strong> answer", "Anna Gray works on it").lacks("note", "raw two")
	asker.get("/portal/mine").has("two").lacks("one.txt")
}

func (k *counter) ticket(number int64) tickets.Ticket {
	k.t.Helper()
	found, err := k.store.TicketByNumber(k.t.Context(), number)
	must(k.t, err)
	return found
}

func TestPersonAnswersRatesAndReopens(t *testing.T) {
	k := &counter{newVault(t).desk}
	b, by := k.entered("two@example.test"), tickets.AsAgent(k.admin)
	b.post("/portal/t/2/reply", "body", " ", "once", "k1").status(http.StatusUnprocessableEntity).has("Write something")
	b.post("/portal/t/2/reply", "body", "still broken", "once", "k1").leadsTo("/portal/t/2#reply")
	b.post("/portal/t/2/reply", "body", "still broken", "once", "k1").leadsTo("/portal/t/2#reply")
	if n := strings.Count(b.get("/portal/t/2").Body.String(), "still broken"); n != 1 {
		t.Errorf("sent twice, it stands there %d times", n)
	}
	b.upload("/portal/t/2/reply", "files", "photo.png", "x", "body", "see", "once", "k2").leadsTo("/portal/t/2#reply")
	b.get("/portal/t/2").has("photo.png").lacks(`id="rating"`)
	b.post("/portal/t/2/rating", "stars", "5").status(http.StatusConflict)
	closed := int64(6)
	_, err := k.cases.Change(t.Context(), by, k.ticket(2).ID, 0, tickets.Change{StatusID: &closed})
	must(t, err)
	b.get("/portal/t/2").has(`id="rating"`, `id="reopen"`)
	b.post("/portal/t/2/rating", "comment", "quick").status(http.StatusUnprocessableEntity).has("quick", "Choose a mark")
	b.post("/portal/t/2/rating", "stars", "4", "comment", "quick").leadsTo("/portal/t/2")
	b.get("/portal/t/2").has("your rating is kept", "Change the rating")
	b.post("/portal/t/2/rating", "stars", "2", "comment", "slow").leadsTo("/portal/t/2")
	k.now = k.now.Add(25 * time.Hour)
	b.get("/portal/t/2").lacks(`id="rating"`)
	b.post("/portal/t/2/reopen").leadsTo("/portal/t/2")
	if now := k.ticket(2); now.Category != tickets.Open {
		t.Errorf("after reopening: %s", now.Category)
	}
}

// TestFollowersReadAndWriteWhatTheyFollow shows a request to a second person.
func TestFollowersReadAndWriteWhatTheyFollow(t *testing.T) {
	k := &counter{newVault(t).desk}
	friend := k.entered("friend@example.test")
	friend.get("/portal/t/2").status(http.StatusNotFound)
	_, err := k.cases.Change(t.Context(), tickets.AsAgent(k.admin), k.ticket(2).ID, 0,
		tickets.Change{AddFollowers: []int64{k.person("friend@example.test").ID}})
	must(t, err)
	friend.get("/portal/mine").has("/portal/t/2")
	friend.get("/portal/t/2").status(http.StatusOK)
	friend.post("/portal/t/2/reply", "body", "me too").status(http.StatusSeeOther)
	friend.post("/portal/t/2/reopen").status(http.StatusNotFound)
}
