package api_test

import (
	"slices"
	"strings"
	"testing"

	"okno/tickets/people"
)

// row is how a route is called: well, with input it refuses, and about something
// that is not there.
type row struct {
	path    string // $ticket and the like are made anew for each call
	body    string
	header  map[string]string
	status  int      // of the good call; 0: 200
	bad     []string // bodies, or paths of a GET, that are refused with 422
	missing string   // path of something that is not there
	foreign string   // of an object of somebody else: a body refused with 422
}

// rows has a row for every route, by its operationId.
func rows() map[string]row {
	match := map[string]string{"If-Match": "*"}
	return map[string]row{
		"listTickets": {path: "/tickets?status=new&sort=updated&limit=5", bad: []string{
			"/tickets?sort=size", "/tickets?limit=0", "/tickets?limit=x", "/tickets?status=lost", "/tickets?cursor=zzz",
			"/tickets?team=none-such", "/tickets?assignee=77", "/tickets?requester=no@body.example", "/tickets?channel=x", "/tickets?nonsense=1",
		}},
		"openTicket": {path: "/tickets", status: 201, body: `{"subject":"Printer","body":"It hums","requester":{"email":"ira@example.org"}}`, bad: []string{
			`{}`, `{"subject":"","body":"b","requester":{"email":"a@example.org"}}`, `{"subject":"s","body":" ","requester":{"email":"a@example.org"}}`,
			`{"subject":"s","body":"b","requester":{"email":"nobody"}}`, `{"subject":"s","body":"b","requester":{"id":"77"}}`,
			`{"subject":"s","body":"b","requester":{"email":"a@example.org"},"priority":"huge"}`, `{"subject":1,"body":"b","requester":{"email":"a@example.org"}}`,
			`{"body":"b","requester":{"email":"a@example.org"}}`, `{"request_type":"none-such","requester":{"email":"a@example.org"}}`,
			`{"subject":"s","body":"b","requester":{"email":"a@example.org"},"answers":{"a":"b"}}`,
			`{"subject":"s","body":"b","requester":{"email":"a@example.org"},"team":"none-such"}`, `{"subject":"s","body":"b","requester":{"email":"a@example.org"},"fields":{"cost":{}}}`,
		}, foreign: `{"subject":"s","body":"b","requester":{"email":"a@example.org"},"attachments":["$upload"]}`},
		"getTicket": {path: "/tickets/$ticket", missing: "/tickets/9999", bad: []string{"/tickets/0", "/tickets/x"}},
		"changeTicket": {path: "/tickets/$ticket", header: match, body: `{"priority":"high","status":"solved","add_tags":["a b"]}`, missing: "/tickets/9999", bad: []string{
			`{"status":"lost"}`, `{"priority":"x"}`, `{"team":"none-such"}`, `{"assignee":"no@body.example"}`, `{"requester":"77"}`, `{"subject":""}`, `{"number":7}`,
		}},
		"listMessages": {path: "/tickets/$ticket/messages", missing: "/tickets/9999/messages"},
		"addMessage": {path: "/tickets/$ticket/messages", status: 201, body: `{"kind":"note","body":"Look"}`, missing: "/tickets/9999/messages", bad: []string{
			`{"kind":"letter","body":"b"}`, `{"kind":"note"}`, `{"kind":"note","body":" "}`, `{"kind":"note","body":"b","mentions":["no@body.example"]}`, `{"kind":"reply","body":"b","status":"lost"}`,
		}, foreign: `{"kind":"note","body":"b","attachments":["$upload"]}`},
		"mergeTicket":      {path: "/tickets/$ticket/merge", body: `{"into":$other}`, missing: "/tickets/9999/merge", bad: []string{`{"into":9999}`, `{"into":"1"}`, `{}`}},
		"unmergeTicket":    {path: "/tickets/$merged/unmerge", missing: "/tickets/9999/unmerge"},
		"splitTicket":      {path: "/tickets/$ticket/split", status: 201, body: `{"messages":["$note"],"subject":"Other"}`, missing: "/tickets/9999/split", bad: []string{`{"messages":["x"],"subject":"s"}`, `{"messages":[],"subject":"s"}`, `{"subject":"s"}`}},
		"unsplitTicket":    {path: "/tickets/$split/unsplit", missing: "/tickets/9999/unsplit"},
		"linkTicket":       {path: "/tickets/$ticket/link", body: `{"ticket":$other,"kind":"related"}`, missing: "/tickets/9999/link", bad: []string{`{"ticket":$other,"kind":"friend"}`, `{"ticket":9999,"kind":"related"}`}},
		"unlinkTicket":     {path: "/tickets/$ticket/unlink", body: `{"ticket":$other,"kind":"related"}`, missing: "/tickets/9999/unlink", bad: []string{`{"ticket":$other}`}},
		"listLinks":        {path: "/tickets/$ticket/links", missing: "/tickets/9999/links"},
		"deleteTicket":     {path: "/tickets/$ticket", status: 204, missing: "/tickets/9999"},
		"restoreTicket":    {path: "/tickets/$deleted/restore", missing: "/tickets/9999/restore"},
		"uploadFile":       {path: "/files?name=a.txt", status: 201, body: "bytes", header: map[string]string{"Content-Type": "text/plain"}},
		"downloadFile":     {path: "/tickets/$ticket/messages/$message/files/$file", missing: "/tickets/$other/messages/$message/files/$file"},
		"listTicketEvents": {path: "/tickets/$ticket/events", missing: "/tickets/9999/events"},
		"listEvents":       {path: "/events?after=0&limit=2", bad: []string{"/events?after=-1", "/events?limit=0", "/events?after=x"}},
		"listPersons":      {path: "/persons?q=ir", bad: []string{"/persons?cursor=x", "/persons?limit=300"}},
		"addPerson":        {path: "/persons", status: 201, body: `{"name":"Oleg","email":"oleg-$any@example.org","language":"ru"}`, bad: []string{`{"name":"Oleg"}`, `{"email":"nobody"}`, `{"email":"ira@example.org"}`, `{"email":"x@example.org","language":"de"}`}},
		"getPerson":        {path: "/persons/$person", missing: "/persons/77"},
		"changePerson":     {path: "/persons/$person", body: `{"note":"Calls at night","blocked":false}`, missing: "/persons/77", bad: []string{`{"name":""}`, `{"language":"de"}`, `{"id":"7"}`}},
		"listAgents":       {path: "/agents"},
		"inviteAgent":      {path: "/agents", status: 201, body: `{"name":"Boris","email":"boris-$any@example.org","teams":["$team"]}`, bad: []string{`{"name":"B"}`, `{"name":"B","email":"anna@example.org"}`, `{"name":"B","email":"b@example.org","role":"king"}`, `{"name":"B","email":"b@example.org","teams":["none-such"]}`}},
		"getAgent":         {path: "/agents/$agent", missing: "/agents/77"},
		"changeAgent":      {path: "/agents/$invited", body: `{"role":"agent","disabled":true,"teams":[]}`, missing: "/agents/77", bad: []string{`{"role":"king"}`, `{"teams":["none-such"]}`}},
		"listTeams":        {path: "/teams"},
		"addTeam":          {path: "/teams", status: 201, body: `{"name":"Team $any","members":["anna@example.org"]}`, bad: []string{`{}`, `{"name":"T","members":["no@body.example"]}`}},
		"getTeam":          {path: "/teams/$team", missing: "/teams/77"},
		"changeTeam":       {path: "/teams/$team", body: `{"name":"Renamed $any","members":[]}`, missing: "/teams/77", bad: []string{`{"name":""}`, `{"members":["no@body.example"]}`}},
		"listChannels":     {path: "/channels"},
		"addChannel":       {path: "/channels", status: 201, body: `{"kind":"email","enabled":false,"settings":{"address":"$any@example.org"},"secrets":{"password":"x"}}`, bad: []string{`{"kind":"fax"}`, `{}`, `{"kind":"email"}`, `{"kind":"email","team":"none-such"}`}},
		"getChannel":       {path: "/channels/$channel", missing: "/channels/77"},
		"changeChannel":    {path: "/channels/$channel", body: `{"acknowledge":true}`, missing: "/channels/77", bad: []string{`{"team":"none-such"}`, `{"kind":"fax"}`}},
		"listChannelKinds": {path: "/channel-kinds"},
		"listLedger":       {path: "/ledger?outcome=kept", bad: []string{"/ledger?outcome=lost", "/ledger?cursor=x", "/ledger?channel=77"}},
		"listStatuses":     {path: "/statuses"},
		"listFields":       {path: "/fields"},
		"listRequestTypes": {path: "/request-types"},
		"getMe":            {path: "/me"},
	}
}

// TestEveryRoute calls every route of the OpenAPI document with good, bad,
// foreign and missing input, with every scope, with none and from another site.
func TestEveryRoute(t *testing.T) {
	d := newDesk(t)
	left := rows()
	for _, op := range d.documented() {
		r, ok := left[op.OperationID]
		if !ok {
			t.Errorf("no row for %s %s (%s)", op.method, op.path, op.OperationID)
			continue
		}
		delete(left, op.OperationID)
		t.Run(op.OperationID, func(t *testing.T) {
			d.t = t
			d.strangers(op, r)
			d.wrong(op, r)
			d.right(op, r)
		})
	}
	for name := range left {
		t.Errorf("row for no route: %s", name)
	}
}

// operation is a route as the document has it.
type operation struct {
	method, path string
	OperationID  string `json:"operationId"`
	Summary      string
	Scope        people.Scope `json:"x-okno-scope"`
}

func (d *desk) documented() (all []operation) {
	d.t.Helper()
	var doc struct {
		Paths map[string]map[string]operation
	}
	d.do(call{method: "GET", path: "/openapi.json"}).is(200).into(&doc)
	for path, methods := range doc.Paths {
		for method, op := range methods {
			op.method, op.path = strings.ToUpper(method), path
			all = append(all, op)
		}
	}
	slices.SortFunc(all, func(a, b operation) int { return strings.Compare(a.OperationID, b.OperationID) })
	return all
}

// strangers get nothing: without a token, with a mistyped one, with a smaller
// scope, and from another site in a browser.
func (d *desk) strangers(op operation, r row) {
	d.t.Helper()
	c := call{method: op.method, path: d.filled(r.path), body: d.filled(r.body), header: r.header}
	for _, token := range []string{"", "okno_mistyped", d.tokens[op.Scope] + "x"} {
		c.token = token
		if d.do(c).refused(401); d.do(c).header.Get("WWW-Authenticate") == "" {
			d.t.Errorf("%s: a stranger is not told how to come in", op.OperationID)
		}
	}
	for _, s := range people.Scopes() {
		if c.token = d.tokens[s]; !s.Allows(op.Scope) {
			d.do(c).refused(403)
		}
	}
	if op.method != "GET" {
		site := call{method: c.method, path: c.path, body: c.body, header: map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}}
		d.do(site).refused(403)
	}
}

// wrong input is refused with the place it stands at.
func (d *desk) wrong(op operation, r row) {
	d.t.Helper()
	c := call{method: op.method, token: d.tokens[op.Scope], header: r.header}
	if r.missing != "" {
		c.path, c.body = d.filled(r.missing), d.filled(r.body)
		d.do(c).refused(404)
	}
	for _, bad := range r.bad {
		if c.path, c.body = d.filled(r.path), d.filled(bad); op.method == "GET" {
			c.path, c.body = bad, ""
		}
		if p := d.do(c).refused(422); len(p.Errors) == 0 {
			d.t.Errorf("%s %s %s: the problem names no place", op.method, c.path, c.body)
		}
	}
	if r.foreign != "" {
		c.path, c.body = d.filled(r.path), d.filled(r.foreign)
		d.do(c).refused(422)
	}
	if r.body != "" && op.OperationID != "uploadFile" {
		c.path, c.body = d.filled(r.path), "{\n \"a\": }"
		if p := d.do(c).refused(400); !strings.Contains(p.Detail, "line 2, column 7") {
			d.t.Errorf("%s: malformed JSON is answered with %q", op.OperationID, p.Detail)
		}
		if c.body = ""; op.method != "PATCH" {
			d.do(c).refused(400)
		}
	}
	c.path, c.body = d.filled(r.path), d.filled(r.body)
	mark := "?"
	if strings.Contains(c.path, "?") {
		mark = "&"
	}
	c.path += mark + "nonsense=1"
	d.do(c).refused(422)
}

func (d *desk) right(op operation, r row) {
	d.t.Helper()
	if r.status == 0 {
		r.status = 200
	}
	c := call{method: op.method, path: d.filled(r.path), body: d.filled(r.body), header: r.header, token: d.tokens[op.Scope]}
	a := d.do(c).is(r.status)
	if r.status == 201 && op.OperationID != "uploadFile" && a.header.Get("Location") == "" {
		d.t.Errorf("%s does not say where the new thing is", op.OperationID)
	}
}
