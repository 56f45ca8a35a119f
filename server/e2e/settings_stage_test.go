package e2e

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/email"
	"okno/channels/hub"
	"okno/channels/telegram"
	"okno/server"
	"okno/server/browsertest"
	"okno/server/config"
	"okno/tickets/people"
)

// stage is a desk whose mail channels have their real forms and a network that
// is a script.
type stage struct {
	*desk
	net   *channeltest.Fake
	admin people.Agent
	team  people.Team
}

func newStage(t *testing.T, c config.Config) *stage {
	t.Helper()
	return stageWith(t, c, server.Options{})
}

func stageWith(t *testing.T, c config.Config, o server.Options) *stage {
	t.Helper()
	s := &stage{net: channeltest.New()}
	kind := email.Kind()
	kind.Open = s.net.Kind().Open
	o.Kinds = []channels.Kind{kind, telegram.Kind()}
	s.desk = start(t, c, o)
	return s
}

// staffed is a stage with an administrator, a team and three more agents: one at
// work, one invited, one disabled.
func staffed(t *testing.T) *stage {
	t.Helper()
	s := newStage(t, withAdmin(t.TempDir()))
	ctx, rooms := t.Context(), s.srv.Rooms
	admin, err := rooms.People.SignIn(ctx, adminEmail, adminPassword)
	s.ok(err)
	s.admin = admin
	s.speak("en")
	s.ok(rooms.Store.PutSetting(ctx, "desk.name", "Mayak"))
	s.ok(rooms.Store.PutSetting(ctx, "desk.language", "en"))
	s.team, err = rooms.People.SaveTeam(ctx, s.admin, people.Team{Name: "IT support", Members: []int64{s.admin.ID}})
	s.ok(err)
	s.hire("Marina Kim", marinaEmail)
	gone := s.hire("Pavel Orlov", "pavel@example.test")
	s.ok(rooms.People.ChangeAgent(ctx, s.admin, gone.ID, people.Answerer, true, nil))
	_, _, err = rooms.People.Invite(ctx, s.admin, "Olga Invited", "olga@example.test", people.Answerer, []int64{s.team.ID})
	s.ok(err)
	return s
}

// hire makes an agent who has joined.
func (s *stage) hire(name, address string) people.Agent {
	s.t.Helper()
	ctx, service := s.t.Context(), s.srv.People
	_, secret, err := service.Invite(ctx, s.admin, name, address, people.Answerer, []int64{s.team.ID})
	s.ok(err)
	a, err := service.Accept(ctx, secret, people.NewAccount{Name: name, Password: marinaPassword, Language: "en"})
	s.ok(err)
	return a
}

// invite answers the path of a fresh one-time link.
func (s *stage) invite(address string) string {
	s.t.Helper()
	_, secret, err := s.srv.People.Invite(s.t.Context(), s.admin, "New Colleague", address, people.Answerer, nil)
	s.ok(err)
	return "/join/" + secret
}

// speak changes the administrator's language.
func (s *stage) speak(language string) {
	s.t.Helper()
	var err error
	s.admin, err = s.srv.People.ChangeProfile(s.t.Context(), s.admin, people.Profile{Name: "Jonas Weber", Language: language})
	s.ok(err)
}

// mailbox stores a channel; change may be nil.
func (s *stage) mailbox(address string, change func(c *hub.Channel)) hub.Channel {
	s.t.Helper()
	c := hub.Channel{TeamID: s.team.ID, Enabled: true}
	c.Kind, c.Name = "email", address
	c.Settings = map[string]string{"address": address, "imap_host": "imap.example.test", "smtp_host": "smtp.example.test"}
	c.Secrets = map[string]string{"imap_password": "canary-mailbox"}
	if change != nil {
		change(&c)
	}
	kept, err := s.srv.Hub.SaveChannel(s.t.Context(), s.admin, c)
	s.ok(err)
	return kept
}

// arrives lets a mail in and waits for what becomes of it.
func (s *stage) arrives(key, from, subject string, change func(in *channels.Inbound)) hub.Entry {
	s.t.Helper()
	in := channels.Inbound{
		Object: key, At: time.Now(), Subject: subject, Text: "Hello, " + subject,
		From: channels.Address{Network: "email", ID: strings.ToLower(strings.Fields(from)[0]) + "@example.test", Name: from},
	}
	if change != nil {
		change(&in)
	}
	s.net.Push(key, in)
	var found hub.Entry
	s.eventually("an event is settled: "+key, func() bool {
		page, err := s.srv.Hub.Ledger(s.t.Context(), s.admin, hub.LedgerQuery{Limit: 100})
		s.ok(err)
		for _, e := range page.Entries {
			if e.Event.Key == key && e.Outcome != hub.OutcomePending {
				found = e
				return true
			}
		}
		return false
	})
	return found
}

func (s *stage) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// signIn signs somebody in and opens a page.
func (s *stage) signIn(tab *browsertest.Tab, address, password, path string) {
	s.t.Helper()
	tab.Open(s.url + "/signin")
	tab.Fill("[name=email]", address)
	tab.Fill("[name=password]", password)
	tab.Click("form button[type=submit].primary")
	tab.See("#list")
	tab.Open(s.url + path)
}

// eye looks at pages in every size and theme.
type eye struct {
	tab      *browsertest.Tab
	t        *testing.T
	language string
}

// look checks the page as it stands: no violation, nothing wider than the
// window, and with OKNO_SHOTS a picture of each.
func (e eye) look(name string) {
	e.t.Helper()
	e.tab.Until("document.fonts.status === 'loaded' && !document.querySelector('.htmx-request')")
	for _, l := range []browsertest.Look{
		{Width: 1280, Height: 900}, {Width: 1280, Height: 900, Dark: true}, {Width: 390, Height: 1100}, {Width: 390, Height: 1100, Dark: true},
	} {
		l.Language = e.language
		e.tab.Wear(l)
		e.tab.Until("document.getAnimations().length === 0") // colours glide from theme to theme
		whole := fmt.Sprintf("%s-%s-%d-%s", name, e.language, l.Width, map[bool]string{false: "light", true: "dark"}[l.Dark])
		if e.language == "en" || l.Dark == (l.Width == 390) { // the other pictures differ from English in words alone
			e.tab.Axe(whole)
		}
		e.tab.Shot(whole)
	}
	e.tab.Wear(browsertest.Look{Width: 320, Height: 800, Language: e.language})
	if wide := browsertest.Eval[int](e.tab, "document.documentElement.scrollWidth"); wide != 320 {
		e.t.Errorf("%s in %s is %d pixels wide in a window of 320", name, e.language, wide)
	}
	e.tab.Wear(browsertest.Look{Language: e.language})
	e.calm(name)
}

// calm fails for trouble other than the browser's remark that a page came with
// the status of a refusal.
func (e eye) calm(name string) {
	e.t.Helper()
	for _, line := range e.tab.Trouble() {
		if !strings.Contains(line, "responded with a status of 4") {
			e.t.Errorf("trouble on %s: %s", name, line)
		}
	}
}

// channelPath is the page of a channel.
func channelPath(c hub.Channel) string { return "/settings/channels/" + strconv.FormatInt(c.ID, 10) }

// agentPath is the page of an agent.
func (s *stage) agentPath(address string) string {
	s.t.Helper()
	all, err := s.srv.Store.Agents(context.Background())
	s.ok(err)
	for _, a := range all {
		if a.Email == address {
			return "/settings/agents/" + strconv.FormatInt(a.ID, 10)
		}
	}
	s.t.Fatalf("no agent %s", address)
	return ""
}
