package api_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"okno/tickets/people"
)

func TestARequestSentAgainIsCarriedOutOnce(t *testing.T) {
	d := newDesk(t)
	c := call{method: "POST", path: "/tickets", token: d.tokens[people.ScopeWrite], header: map[string]string{"Idempotency-Key": "one"},
		body: `{"subject":"Printer","body":"It hums","requester":{"email":"ira@example.org"}}`}
	var all sync.WaitGroup
	answers := make([]answer, 8)
	for i := range answers {
		all.Go(func() { answers[i] = d.do(c) })
	}
	all.Wait()
	d.stop()
	d.start()
	answers = append(answers, d.do(c))
	carriedOut := 0
	for _, a := range answers {
		if a.is(201); !bytes.Equal(a.body, answers[0].body) || a.header.Get("Location") != answers[0].header.Get("Location") {
			t.Errorf("another answer: %s", a.body)
		}
		if a.header.Get("Idempotency-Replayed") == "" {
			carriedOut++
		}
	}
	if carriedOut != 1 {
		t.Errorf("carried out %d times", carriedOut)
	}
	c.body = strings.Replace(c.body, "hums", "smokes", 1)
	if p := d.do(c).refused(422); !slices.Equal(p.at(), []string{"Idempotency-Key"}) {
		t.Errorf("another request with the key: %+v", p)
	}
	c.token = d.tokens[people.ScopeAdmin] // another owner's key is another key
	d.do(c).is(201)
	c.header["Idempotency-Key"], c.body = "two", `{"subject":"s"}`
	d.do(c).refused(422)
	c.body = `{"subject":"s","body":"b","requester":{"email":"ira@example.org"}}`
	d.do(c).is(201) // a refusal keeps no key
	if n := len(d.tickets("/tickets")); n != 3 {
		t.Errorf("there are %d tickets, want 3", n)
	}
}

// tickets reads all pages of a list.
func (d *desk) tickets(path string) (numbers []int) {
	d.t.Helper()
	mark := "?"
	if strings.Contains(path, "?") {
		mark = "&"
	}
	for cursor := ""; ; {
		var page struct {
			Items []struct{ Number int }
			Next  string
		}
		d.as(people.ScopeRead, "GET", path+mark+"limit=2&cursor="+url.QueryEscape(cursor), "").is(200).into(&page)
		for _, one := range page.Items {
			numbers = append(numbers, one.Number)
		}
		if cursor = page.Next; cursor == "" {
			return numbers
		}
	}
}

func TestAChangeNeedsTheVersionItWasDecidedOn(t *testing.T) {
	d := newDesk(t)
	c := call{method: "PATCH", path: "/tickets/" + d.ticket("Printer"), body: `{"priority":"high"}`, token: d.tokens[people.ScopeWrite]}
	d.do(c).refused(428)
	read := d.as(people.ScopeRead, "GET", c.path, "").is(200)
	c.header = map[string]string{"If-Match": read.header.Get("ETag")}
	changed := d.do(c).is(200)
	if changed.object()["priority"] != "high" || changed.header.Get("ETag") == read.header.Get("ETag") {
		t.Errorf("changed to %s", changed.body)
	}
	c.body, c.token = `{"subject":"Scanner"}`, d.tokens[people.ScopeAdmin]
	p := d.do(c).refused(412)
	if !strings.Contains(p.Detail, "by write changed the priority") || !slices.Equal(p.at(), []string{"#/priority"}) {
		t.Errorf("the conflict says %+v", p)
	}
	c.header["Accept-Language"] = "ru"
	if p := d.do(c).refused(412); !strings.Contains(p.Detail, "Приоритет изменён: by write") {
		t.Errorf("in Russian it says %q", p.Detail)
	}
	for _, version := range []string{`"x"`, "0", `"999999"`} {
		c.header["If-Match"] = version
		d.do(c).refused(412)
	}
	if now := d.as(people.ScopeRead, "GET", c.path, "").object(); now["subject"] != "Printer" {
		t.Errorf("a refused change changed %v", now)
	}
	same := call{method: "GET", path: c.path, token: c.token, header: map[string]string{"If-None-Match": changed.header.Get("ETag")}}
	if a := d.do(same).is(304); len(a.body) > 0 {
		t.Errorf("not modified, and yet %s", a.body)
	}
	c.header["If-Match"], c.body = "*", `{"team":null,"assignee":"me","tags":["b","a"],"add_tags":["c"]}`
	if now := d.do(c).is(200).object(); now["assignee"] == nil || len(now["tags"].([]any)) != 3 {
		t.Errorf("changed to %v", now)
	}
}

func TestListsAreFilteredPagedAndKeepTheirCursors(t *testing.T) {
	d := newDesk(t)
	d.as(people.ScopeAdmin, "POST", "/teams", `{"name":"First line"}`).is(201)
	for i, body := range []string{
		`{"subject":"1","body":"b","requester":{"email":"ira@example.org"},"team":"First line","tags":["Printer","late"],"priority":"urgent"}`,
		`{"subject":"2","body":"b","requester":{"email":"oleg@example.org"},"assignee":"anna@example.org","status":"open"}`,
		`{"subject":"3","body":"b","requester":{"email":"ira@example.org"},"tags":["printer"]}`,
	} {
		if got := d.as(people.ScopeWrite, "POST", "/tickets", body).is(201).object()["number"]; got != float64(i+1) {
			t.Fatalf("ticket %v", got)
		}
	}
	for path, want := range map[string][]int{
		"/tickets": {3, 2, 1}, "/tickets?sort=created": {1, 2, 3}, "/tickets?sort=attention": {1, 2, 3}, "/tickets?status=new": {3, 1},
		"/tickets?status=active&sort=-updated": {3, 2, 1}, "/tickets?status=spam": nil, "/tickets?status=2": {2}, "/tickets?team=first+line": {1},
		"/tickets?team=none&sort=updated": {2, 3}, "/tickets?assignee=anna@example.org": {2}, "/tickets?assignee=none": {3, 1}, "/tickets?assignee=me": nil,
		"/tickets?requester=ira@example.org": {3, 1}, "/tickets?requester=ira@example.org&tag=late": {1}, "/tickets?tag=PRINTER": {3, 1},
		"/tickets?channel=none&tag=printer&sort=created&status=new": {1, 3},
	} {
		if got := d.tickets(path); !slices.Equal(got, want) {
			t.Errorf("%s has %v, want %v", path, got, want)
		}
	}
	next, _ := d.as(people.ScopeRead, "GET", "/tickets?limit=1", "").object()["next"].(string)
	if p := d.as(people.ScopeRead, "GET", "/tickets?limit=1&tag=late&cursor="+next, "").refused(422); !slices.Equal(p.at(), []string{"cursor"}) {
		t.Errorf("a cursor of another list: %+v", p)
	}
}

func TestFilesGoUpAndDownAndBelongToTheirToken(t *testing.T) {
	d := newDesk(t)
	ticket, content := d.ticket("Printer"), strings.Repeat("0123456789", 100)
	c := call{method: "POST", path: "/files?name=..%2Fдок.txt", body: content, token: d.tokens[people.ScopeWrite],
		header: map[string]string{"Content-Type": "text/plain", "Idempotency-Key": "file"}}
	first, again := d.do(c).is(201), d.do(c).is(201)
	if !bytes.Equal(first.body, again.body) || again.header.Get("Idempotency-Replayed") != "true" {
		t.Errorf("sent again: %s", again.body)
	}
	upload, _ := first.object()["id"].(string)
	said := `{"kind":"note","body":"","attachments":["` + upload + `"]}`
	if p := d.as(people.ScopeAdmin, "POST", "/tickets/"+ticket+"/messages", said).refused(422); !slices.Equal(p.at(), []string{"#/attachments/0"}) {
		t.Errorf("the file of another token: %+v", p)
	}
	var m struct {
		Attachments []struct {
			Name, URL string
			Size      int
		}
	}
	d.as(people.ScopeWrite, "POST", "/tickets/"+ticket+"/messages", said).is(201).into(&m)
	if len(m.Attachments) != 1 || m.Attachments[0].Name != "док.txt" || m.Attachments[0].Size != len(content) {
		t.Fatalf("attached %+v", m)
	}
	got := d.as(people.ScopeRead, "GET", m.Attachments[0].URL, "").is(200)
	if string(got.body) != content || !strings.HasPrefix(got.header.Get("Content-Disposition"), "attachment") || got.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("came down as %v, %d bytes", got.header, len(got.body))
	}
	form := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\npng\r\n--b--\r\n"
	c.body, c.header = form, map[string]string{"Content-Type": "multipart/form-data; boundary=b"}
	if f := d.do(c).is(201).object(); f["name"] != "a.png" || f["type"] != "image/png" || f["size"] != float64(3) {
		t.Errorf("of a form came %v", f)
	}
	c.header["Content-Type"] = "text/plain"
	c.body = strings.Repeat("x", 25_000_000)
	d.do(c).is(201)
	c.body += "x"
	d.do(c).refused(413)
	c.body = ""
	d.do(c).refused(422)
	d.as(people.ScopeWrite, "POST", "/tickets", `{"subject":"`+strings.Repeat("x", 1<<20)+`"}`).refused(413)
}

func TestTokensEndAndAreNamedInTheLog(t *testing.T) {
	d := newDesk(t)
	mine := d.token(people.NewToken{Name: "my script", Scope: people.ScopeWrite, As: d.admin.ID})
	var me struct{ Agent, Token struct{ Name string } }
	if d.do(call{method: "GET", path: "/me", token: mine}).is(200).into(&me); me.Agent.Name != d.admin.Name || me.Token.Name != "my script" {
		t.Errorf("the token is %+v", me)
	}
	d.do(call{method: "GET", path: "/channels", token: mine}).refused(403) // although Anna is an administrator
	n := d.ticket("Printer")
	d.do(call{method: "PATCH", path: "/tickets/" + n, token: mine, body: `{"priority":"low"}`, header: map[string]string{"If-Match": "*"}}).is(200)
	if events := string(d.as(people.ScopeRead, "GET", "/tickets/"+n+"/events", "").body); !strings.Contains(events, `"via":"my script"`) {
		t.Errorf("the log does not name the token: %s", events)
	}
	all, err := d.srv.People.Tokens(t.Context(), d.admin)
	d.ok(err)
	if all[0].LastUsedAt.IsZero() {
		t.Error("the use of the token is not noted")
	}
	d.ok(d.srv.People.RevokeToken(t.Context(), d.admin, all[0].ID))
	d.do(call{method: "GET", path: "/me", token: mine}).refused(401)
	brief := d.token(people.NewToken{Name: "brief", Scope: people.ScopeRead, Lasts: time.Nanosecond})
	d.do(call{method: "GET", path: "/me", token: brief}).refused(401)
}

func TestWhoSignedInMayUseTheAPI(t *testing.T) {
	d := newDesk(t)
	cookie := map[string]string{"Cookie": d.signIn()}
	if me := d.do(call{method: "GET", path: "/me", header: cookie}).is(200).object(); me["scope"] != "admin" || me["token"] != nil {
		t.Errorf("signed in as %v", me)
	}
	cookie["Sec-Fetch-Site"] = "cross-site"
	d.do(call{method: "POST", path: "/teams", body: `{"name":"T"}`, header: cookie}).refused(403)
	cookie["Sec-Fetch-Site"] = "same-origin"
	d.do(call{method: "POST", path: "/teams", body: `{"name":"T"}`, header: cookie}).is(201)
}

func TestLongAnswersAreCompressed(t *testing.T) {
	d := newDesk(t)
	for range 5 {
		d.ticket("Printer")
	}
	c := call{method: "GET", path: "/tickets", token: d.tokens[people.ScopeRead], header: map[string]string{"Accept-Encoding": "gzip"}}
	a := d.do(c).is(200)
	if a.header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("came as %v", a.header)
	}
	r, err := gzip.NewReader(bytes.NewReader(a.body))
	d.ok(err)
	plain, err := io.ReadAll(r)
	d.ok(err)
	if want := d.as(people.ScopeRead, "GET", "/tickets", "").body; !bytes.Equal(plain, want) {
		t.Errorf("unpacked to %.200s", plain)
	}
}

func TestWhatIsNoRouteIsAProblemToo(t *testing.T) {
	d := newDesk(t)
	d.as(people.ScopeRead, "GET", "/nowhere", "").refused(404)
	if a := d.as(people.ScopeRead, "PUT", "/tickets", "{}"); a.header.Get("Allow") == "" {
		t.Errorf("what is allowed is not said: %v", a.header)
	} else {
		a.refused(405)
	}
	d.do(call{method: "POST", path: "/tickets", body: "a=b", token: d.tokens[people.ScopeWrite], header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}}).refused(415)
}
