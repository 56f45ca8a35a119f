package e2e

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/hub"
	"okno/server"
	"okno/server/browsertest"
	"okno/server/config"
	"okno/tickets"
	"okno/tickets/people"
)

// office is a desk with two agents, a team and a mailbox whose network is a
// script.
type office struct {
	*desk
	net           *channeltest.Fake
	clock         *clock
	config        config.Config
	options       server.Options
	jonas, marina people.Agent
	team          people.Team
	box, bot      hub.Channel
}

const (
	marinaEmail    = "marina@example.test"
	marinaPassword = "a long enough one 7"
)

// clock is the real time moved back by as much as a story needs.
type clock struct{ back atomic.Int64 }

func (c *clock) Now() time.Time { return time.Now().Add(-time.Duration(c.back.Load())) }

func (c *clock) ago(d time.Duration) { c.back.Store(int64(d)) }

func newOffice(t *testing.T) *office {
	t.Helper()
	net := channeltest.New()
	chat := net.Kind()
	chat.Name, chat.Chat = "telegram", true
	return newOfficeWith(t, net, chat)
}

// newOfficeWith is an office with a chat beside its mailbox.
func newOfficeWith(t *testing.T, net *channeltest.Fake, chat channels.Kind) *office {
	t.Helper()
	o := &office{net: net, clock: &clock{}, config: withAdmin(t.TempDir())}
	o.clock.ago(40 * 24 * time.Hour)
	kind := net.Kind()
	kind.Name = "email"
	o.options = server.Options{Blank: true, Kinds: []channels.Kind{kind, chat}, Now: o.clock.Now, UndoWindow: 5 * time.Second}
	o.desk = start(t, o.config, o.options)
	o.staff()
	o.furnish()
	return o
}

// staff names the administrator and adds a colleague.
func (o *office) staff() {
	o.t.Helper()
	ctx, rooms := o.t.Context(), o.srv.Rooms
	admin, err := rooms.People.SignIn(ctx, adminEmail, adminPassword)
	o.ok(err)
	o.jonas, err = rooms.People.ChangeProfile(ctx, admin, people.Profile{Name: "Jonas Weber", Language: "en"})
	o.ok(err)
	_, secret, err := rooms.People.Invite(ctx, o.jonas, "Marina Kim", marinaEmail, people.Answerer, nil)
	o.ok(err)
	o.marina, err = rooms.People.Accept(ctx, secret, people.NewAccount{Name: "Marina Kim", Password: marinaPassword, Language: "en"})
	o.ok(err)
}

// furnish adds a team and the mailbox.
func (o *office) furnish() {
	o.t.Helper()
	ctx, rooms := o.t.Context(), o.srv.Rooms
	var err error
	o.team, err = rooms.People.SaveTeam(ctx, o.jonas, people.Team{Name: "IT support", Members: []int64{o.jonas.ID, o.marina.ID}})
	o.ok(err)
	o.box, err = rooms.Hub.SaveChannel(ctx, o.jonas, hub.Channel{
		Connection: channels.Connection{Kind: "email", Name: "help@mayak.coffee",
			Settings: map[string]string{"address": "help@mayak.coffee", "port": "25"}, Secrets: map[string]string{"password": "x"}},
		TeamID: o.team.ID, Enabled: true,
	})
	o.ok(err)
	o.ok(rooms.Store.PutSetting(ctx, "desk.name", "Mayak"))
}

// restart stops the desk and starts it again at the same address.
func (o *office) restart() {
	o.t.Helper()
	o.config.Listen = o.srv.Addr()
	o.ok(o.stop())
	o.desk = start(o.t, o.config, o.options)
}

// asked is a ticket somebody opened by mail.
func (o *office) asked(name, subject, body string) tickets.Ticket {
	o.t.Helper()
	p := o.person(name)
	t, _, err := o.srv.Rooms.Tickets.Create(o.t.Context(), tickets.AsPerson(p.ID), tickets.NewTicket{
		Subject: subject, RequesterID: p.ID, TeamID: o.team.ID, ChannelID: o.box.ID,
		Incoming: &tickets.Incoming{PersonID: p.ID, ChannelID: o.box.ID, Network: "email", Body: body, At: o.clock.Now()},
	})
	o.ok(err)
	return t
}

// person is somebody with an address made of the first name.
func (o *office) person(name string) people.Person {
	o.t.Helper()
	p, err := o.srv.Rooms.People.Known(o.t.Context(), "email", mailOf(name), name, "en")
	o.ok(err)
	return p
}

// writes adds a message of the person who asked.
func (o *office) writes(t tickets.Ticket, in tickets.Incoming) {
	o.t.Helper()
	in.PersonID, in.ChannelID, in.Network, in.At = t.RequesterID, o.box.ID, "email", o.clock.Now()
	_, err := o.srv.Rooms.Tickets.Receive(o.t.Context(), t.ID, in)
	o.ok(err)
}

// delivered waits until a reply has left or has failed.
func (o *office) delivered(m tickets.Message, as tickets.DeliveryState) {
	o.t.Helper()
	o.eventually("a reply is "+string(as), func() bool {
		got, err := o.srv.Rooms.Store.Message(o.t.Context(), m.ID)
		return err == nil && got.Delivery.State == as
	})
}

// kept waits until the administrator's draft has this text.
func (o *office) kept(t tickets.Ticket, body string) {
	o.t.Helper()
	o.eventually("the draft is kept", func() bool {
		d, err := o.srv.Rooms.Tickets.Draft(o.t.Context(), tickets.AsAgent(o.jonas), t.ID)
		return err == nil && d.Body == body
	})
}

func (o *office) ok(err error) {
	o.t.Helper()
	if err == nil {
		return
	}
	var e *tickets.Error
	var f *people.Fault
	if errors.As(err, &e) || errors.As(err, &f) {
		o.t.Fatalf("refused: %v", err)
	}
	o.t.Fatal(err)
}

// signIn opens a page as the administrator, enter as anybody.
func (o *office) signIn(tab *browsertest.Tab, path string) {
	o.t.Helper()
	o.enter(tab, adminEmail, adminPassword, path)
}

func (o *office) enter(tab *browsertest.Tab, email, password, path string) {
	o.t.Helper()
	tab.Open(o.url + "/signin")
	tab.Fill("[name=email]", email)
	tab.Fill("[name=password]", password)
	tab.Click("form button[type=submit].primary")
	tab.See("#list")
	tab.Open(o.url + path)
}

func mailOf(name string) string {
	first, _, _ := strings.Cut(name, " ")
	return strings.ToLower(first) + "@example.test"
}

func at(t tickets.Ticket) string { return "/tickets/" + strconv.FormatInt(t.Number, 10) }

// refused is a network that says the address is gone.
func refused() channeltest.Failure {
	return channeltest.Failure{Err: &channels.SendError{
		Verdict: channels.Never, Reason: channels.Text{Key: "channel.email.send.gone"}, Err: errors.New("550 5.1.1 no such user"),
	}}
}

func reader(text string) io.Reader { return strings.NewReader(text) }

// run evaluates JavaScript for what it does.
func run(tab *browsertest.Tab, script string) {
	browsertest.Eval[any](tab, "Promise.resolve("+script+").then(() => 1)")
}

// choose takes an entry of a list as a person does.
func choose(tab *browsertest.Tab, sel, value string) {
	tab.See(sel)
	run(tab, fmt.Sprintf(`(() => {
		const list = document.querySelector(%q)
		list.focus()
		list.value = %q
		for (const event of ["input", "change"]) list.dispatchEvent(new Event(event, {bubbles: true}))
	})()`, sel, value))
}

// named is a DataTransfer with a file of that name, in JavaScript.
func named(name string) string { return strings.ReplaceAll(file, "%NAME%", strconv.Quote(name)) }

// erase empties the composer as a person does.
func erase(tab *browsertest.Tab) {
	tab.Click("#body")
	tab.Press("a", chromedp.KeyModifiers(chromedp.ModifierCtrl), func(p *input.DispatchKeyEventParams) { p.Commands = []string{"selectAll"} })
	tab.Press("\b")
	tab.Until("document.querySelector('#body').value === ''")
}

// focused checks that the keyboard is somewhere: never lost on the body.
func focused(tab *browsertest.Tab) {
	tab.Until("document.activeElement && document.activeElement !== document.body")
}

// blocked says that a line tells of something the browser refused to do.
func blocked(line string) bool {
	return strings.Contains(line, "Content Security Policy") || strings.Contains(line, "sandboxed")
}

// conflict says that a line is the browser's note of a refusal (409).
func conflict(line string) bool { return strings.Contains(line, "409 (Conflict)") }
