package web_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/people"
)

// right is a line of the access matrix: who may call a route, and an address of
// something that is there and of things that are not or are somebody else's.
type right struct {
	who     string // "anyone", "agent" or "administrator"
	here    string
	foreign []string
}

// vault is a desk with two tickets: in each a mail with a file and an original,
// and on the first a draft of either agent with a file.
type vault struct {
	*desk
	first, second tickets.Message
	mine, theirs  string // blobs of the drafts of Anna and Boris
	sent          tickets.Message
	invite        string
	field         fields.Field
}

func newVault(t *testing.T) *vault {
	v := &vault{desk: staffed(t)}
	v.first, v.second = v.asked("one"), v.asked("two")
	v.asked("three") // to be deleted
	v.mine, v.theirs = v.draft(v.admin, "mine"), v.draft(v.agent, "theirs")
	var err error
	v.sent, err = v.cases.Note(t.Context(), tickets.AsAgent(v.admin), v.second.TicketID, tickets.NewMessage{Body: "note"})
	must(t, err)
	_, v.invite, err = v.people.Invite(t.Context(), v.admin, "New", "new@example.com", people.Answerer, nil)
	must(t, err)
	_, err = v.people.SaveTeam(t.Context(), v.admin, people.Team{Name: "Support"})
	must(t, err)
	v.field, err = v.cases.PutField(t.Context(), tickets.System(), fields.Field{Type: fields.Text, NameEN: "Room", NameRU: "Комната"})
	must(t, err)
	v.hub.channels = []hub.Channel{{Connection: channels.Connection{ID: 1, Kind: "email", Name: "help", Settings: map[string]string{}}}}
	v.hub.entries = []hub.Entry{{ID: 1, ChannelID: 1}}
	return v
}

func (v *vault) blob(text string) string {
	blob, _, err := v.files.Put(v.t.Context(), strings.NewReader(text))
	must(v.t, err)
	return blob
}

// asked is the first message of a fresh ticket.
func (v *vault) asked(text string) tickets.Message {
	v.t.Helper()
	ctx := v.t.Context()
	p, err := v.people.Known(ctx, "email", text+"@example.test", text, "en")
	must(v.t, err)
	file := tickets.File{Name: text + ".txt", Type: "text/plain", Size: int64(len(text)), Blob: v.blob(text)}
	t, _, err := v.cases.Create(ctx, tickets.AsPerson(p.ID), tickets.NewTicket{
		Subject: text, RequesterID: p.ID, Incoming: &tickets.Incoming{
			PersonID: p.ID, Network: "email", Body: text, HTML: "<p>" + text, Files: []tickets.File{file}, Original: v.blob("raw " + text), At: v.now,
		},
	})
	must(v.t, err)
	talk, err := v.cases.Conversation(ctx, tickets.AsAgent(v.admin), t.Number)
	must(v.t, err)
	return talk.Messages[0]
}

// draft keeps a draft with a file on the first ticket and answers its blob.
func (v *vault) draft(a people.Agent, text string) string {
	v.t.Helper()
	d := tickets.Draft{TicketID: v.first.TicketID, Kind: tickets.Reply, Body: text,
		Files: []tickets.File{{Name: text, Type: "text/plain", Size: int64(len(text)), Blob: v.blob(text)}}}
	must(v.t, v.cases.SaveDraft(v.t.Context(), tickets.AsAgent(a), d))
	return d.Files[0].Blob
}

// matrix has a row for every route.
func (v *vault) matrix() map[string]right {
	const anyone, agent, admin = "anyone", "agent", "administrator"
	file := v.first.Files[0].Blob
	one, two := id(v.first.ID), id(v.second.ID)
	ghosts := func(pattern string) []string {
		return []string{strings.Replace(pattern, "%", "77", 1), strings.Replace(pattern, "%", "-1", 1), strings.Replace(pattern, "%", "x", 1)}
	}
	rows := map[string]right{
		"GET /signin": {anyone, "/signin", nil}, "POST /signin": {anyone, "/signin", nil}, "POST /signout": {anyone, "/signout", nil},
		"POST /language":    {anyone, "/language", nil},
		"GET /join/:secret": {anyone, "/join/" + v.invite, nil}, "POST /join/:secret": {anyone, "/join/" + v.invite, nil},
		"GET /setup/:secret": {anyone, "/setup/x", nil}, "POST /setup/:secret": {anyone, "/setup/x", nil},

		"GET /": {agent, "/", nil}, "GET /live": {agent, "/live", nil}, "GET /rail": {agent, "/rail", nil}, "GET /tickets": {agent, "/tickets", nil},
		"GET /tickets/new": {agent, "/tickets/new", nil}, "POST /tickets/new": {agent, "/tickets/new", nil},
		"GET /tickets/:number":              {agent, "/tickets/1", ghosts("/tickets/%")},
		"POST /messages/:message/undo":      {agent, "/messages/" + id(v.sent.ID) + "/undo", ghosts("/messages/%/undo")},
		"POST /messages/:message/retry":     {agent, "/messages/" + id(v.sent.ID) + "/retry", ghosts("/messages/%/retry")},
		"GET /tickets/:number/presence":     {agent, "/tickets/1/presence", ghosts("/tickets/%/presence")},
		"POST /tickets/:number/presence":    {agent, "/tickets/1/presence", ghosts("/tickets/%/presence")},
		"POST /tickets/:number/draft/files": {agent, "/tickets/1/draft/files", ghosts("/tickets/%/draft/files")},
		"GET /files/:number/draft/:blob/*name": {agent, "/files/1/draft/" + v.mine + "/mine", []string{
			"/files/1/draft/" + v.theirs + "/theirs", "/files/2/draft/" + v.mine + "/mine", "/files/1/draft/" + file + "/one.txt", "/files/77/draft/" + v.mine + "/mine",
		}},
		"GET /files/:number/message/:message/:blob/*name": {agent, "/files/1/message/" + one + "/" + file + "/one.txt", []string{
			"/files/2/message/" + one + "/" + file + "/one.txt", "/files/2/message/" + two + "/" + file + "/one.txt",
			"/files/1/message/" + one + "/" + v.theirs + "/theirs", "/files/1/message/" + one + "/..%2fokno.db/x",
		}},
		"GET /files/:number/original/:message": {agent, "/files/1/original/" + one, []string{"/files/2/original/" + one, "/files/1/original/77"}},
		"GET /files/:number/raw/:message":      {agent, "/files/1/raw/" + one, []string{"/files/2/raw/" + one, "/files/1/raw/77"}},

		"GET /settings": {agent, "/settings", nil}, "GET /settings/profile": {agent, "/settings/profile", nil},
		"POST /settings/profile": {agent, "/settings/profile", nil}, "POST /settings/password": {agent, "/settings/password", nil},

		"GET /welcome/done":               {admin, "/welcome/done", nil},
		"GET /settings/channels/callback": {admin, "/settings/channels/callback", []string{"/settings/channels/callback?state=x&code=y"}},
		"GET /settings/checks/:id":        {admin, "/settings/checks/77", nil},
		"POST /settings/agents/:id/link":  {admin, "/settings/agents/" + id(v.agent.ID) + "/link", ghosts("/settings/agents/%/link")},
		"POST /settings/ledger/redo":      {admin, "/settings/ledger/redo", nil}, "GET /settings/ledger": {admin, "/settings/ledger", nil},
		"GET /settings/ledger/:id/original":  {admin, "/settings/ledger/1/original", []string{"/settings/ledger/x/original", "/settings/ledger/-1/original"}},
		"POST /settings/ledger/:id/redo":     {admin, "/settings/ledger/1/redo", []string{"/settings/ledger/x/redo"}},
		"POST /settings/ledger/:id/ticket":   {admin, "/settings/ledger/1/ticket", []string{"/settings/ledger/x/ticket"}},
		"POST /settings/channels/:id/signin": {admin, "/settings/channels/1/signin", ghosts("/settings/channels/%/signin")},
		"GET /settings/agents":               {admin, "/settings/agents", nil}, "GET /settings/teams": {admin, "/settings/teams", nil},
		"GET /settings/channels": {admin, "/settings/channels", nil},
		"GET /settings/tokens":   {admin, "/settings/tokens", nil}, "GET /settings/tokens/new": {admin, "/settings/tokens/new", nil},
		"POST /settings/tokens/new": {admin, "/settings/tokens/new", nil}, "POST /settings/tokens/:id/revoke": {admin, "/settings/tokens/77/revoke", ghosts("/settings/tokens/%/revoke")},
	}
	for _, path := range []string{"read", "fields", "messages", "draft"} {
		rows["POST /tickets/:number/"+path] = right{agent, "/tickets/1/" + path, ghosts("/tickets/%/" + path)}
	}
	for _, path := range []string{"merge", "split", "link", "delete", "unmerge", "unsplit", "unlink", "restore", "spam", "block"} {
		row := right{agent, "/tickets/3/" + path, ghosts("/tickets/%/" + path)}
		if rows["POST /tickets/:number/"+path] = row; path == "merge" || path == "split" || path == "link" || path == "delete" {
			rows["GET /tickets/:number/"+path] = row
		}
	}
	teams, err := v.store.Teams(v.t.Context())
	must(v.t, err)
	for _, method := range []string{"GET ", "POST "} {
		for _, path := range []string{"/welcome/desk", "/welcome/channel", "/welcome/colleagues", "/settings/desk", "/settings/agents/new", "/settings/statuses", "/settings/fields"} {
			rows[method+path] = right{admin, path, nil}
		}
		rows[method+"/settings/agents/:id"] = right{admin, "/settings/agents/" + id(v.agent.ID), ghosts("/settings/agents/%")}
		rows[method+"/settings/fields/:id"] = right{admin, "/settings/fields/" + id(v.field.ID), ghosts("/settings/fields/%")}
		rows[method+"/settings/teams/:id"] = right{admin, "/settings/teams/" + id(teams[0].ID), ghosts("/settings/teams/%")}
		rows[method+"/settings/channels/:id"] = right{admin, "/settings/channels/1", ghosts("/settings/channels/%")}
		rows[method+"/settings/channels/new/:kind"] = right{admin, "/settings/channels/new/email", []string{"/settings/channels/new/fax"}}
	}
	return rows
}

// TestAccessMatrix calls every route as a stranger, an agent, an administrator
// and from another site. A new route needs a row.
func TestAccessMatrix(t *testing.T) {
	v := newVault(t)
	rows := v.matrix()
	maps.Copy(rows, v.formMatrix())
	for _, r := range v.engine.Routes() {
		if strings.HasPrefix(r.Path, "/assets/") {
			continue // public, and the same for everybody
		}
		if strings.HasPrefix(r.Path, "/hooks/") {
			continue // networks call it from everywhere, see TestNetworksMayCall
		}
		if strings.HasPrefix(r.Path, "/portal") {
			continue // for those who ask, see TestPortalAccess
		}
		row, ok := rows[r.Method+" "+r.Path]
		if !ok {
			t.Errorf("no row for %s %s", r.Method, r.Path)
			continue
		}
		delete(rows, r.Method+" "+r.Path)
		v.stranger(r.Method, row)
		v.otherSite(r.Method, row)
		v.agents(r.Method, row)
	}
	for name := range rows {
		t.Errorf("row for no route: %s", name)
	}
}

// stranger is sent to the sign-in, whether the thing is there or not.
func (v *vault) stranger(method string, row right) {
	v.t.Helper()
	for _, path := range append(row.foreign, row.here) {
		a := v.browser().do(method, path, "")
		toSignIn := a.Code == http.StatusSeeOther && strings.HasPrefix(a.Header().Get("Location"), "/signin")
		if toSignIn != (row.who != "anyone") && path != "/signout" {
			v.t.Errorf("%s by a stranger: %d to %q", a.what, a.Code, a.Header().Get("Location"))
		}
	}
}

// otherSite changes nothing, even in the browser of an administrator.
func (v *vault) otherSite(method string, row right) {
	v.t.Helper()
	if method == http.MethodGet {
		return
	}
	b := v.visitor("anna@example.com")
	b.header.Set("Origin", "https://evil.example")
	b.do(method, row.here, "a=b").status(http.StatusForbidden)
}

// visitor has just signed in, long enough after the one before.
func (v *vault) visitor(address string) *browser {
	v.t.Helper()
	v.now = v.now.Add(15 * time.Second)
	return v.signedIn(address)
}

// agents get what they may have, and nothing of what is not theirs.
func (v *vault) agents(method string, row right) {
	v.t.Helper()
	for who, address := range map[string]string{"agent": "boris@example.com", "administrator": "anna@example.com"} {
		if strings.Contains(row.here, "/draft/"+v.mine) && who == "agent" {
			continue // Anna's
		}
		for _, path := range append(row.foreign, row.here) {
			if strings.Contains(path, v.theirs) && who == "agent" && strings.Contains(path, "/draft/") {
				continue // Boris's
			}
			a := v.visitor(address).do(method, path, "")
			switch {
			case row.who == "administrator" && who == "agent":
				a.status(http.StatusForbidden)
			case path != row.here && a.Code != http.StatusNotFound && a.Code != http.StatusUnprocessableEntity:
				v.t.Errorf("%s by %s: got %d for what is not there", a.what, who, a.Code)
			case path == row.here && (a.Code == http.StatusForbidden && row.who != "anyone" || a.Code >= http.StatusInternalServerError):
				v.t.Errorf("%s by %s: got %d: %.300s", a.what, who, a.Code, a.Body)
			}
		}
	}
}
