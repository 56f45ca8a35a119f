package hub_test

import (
	"fmt"
	"strings"
	"testing"

	"okno/assets/locale"
	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
)

// chat is a house whose channel is a chat, seen from the private chat of Anna.
type chat struct {
	*house
	language string
	events   int // pushed so far
	read     int // of what was sent
	said     strings.Builder
}

func newChat(t *testing.T, url string) *chat {
	t.Helper()
	net := channeltest.New()
	k := net.Kind()
	k.Chat, k.Buttons = true, true
	x := &chat{house: houseOn(t, url, net, k), language: "en"}
	var err error
	x.words, err = locale.New()
	must(t, err)
	x.Hub = x.hub("one")
	return x
}

// inChats runs a scenario in a chat on SQLite in memory and on PostgreSQL.
func inChats(t *testing.T, test func(*testing.T, *chat)) {
	t.Helper()
	t.Run("memory", func(t *testing.T) { test(t, newChat(t, "memory")) })
	t.Run("postgres", func(t *testing.T) { test(t, newChat(t, cluster.Database(t))) })
}

// does has Anna do something, and the desk do all that follows.
func (x *chat) does(t *testing.T, in channels.Inbound) hub.Entry {
	t.Helper()
	x.events++
	in.From, in.Place, in.Language = channels.Address{Network: kind, ID: "5", Name: "Anna"}, "5", x.language
	e := x.comes(t, fmt.Sprintf("u%d", x.events), in)
	x.rests(t)
	return e
}

// writes has Anna write a message with the id m1, m2, ...
func (x *chat) writes(t *testing.T, text string) hub.Entry {
	t.Helper()
	return x.does(t, channels.Inbound{Object: fmt.Sprintf("m%d", x.events+1), Text: text})
}

func (x *chat) presses(t *testing.T, button string) hub.Entry {
	t.Helper()
	return x.does(t, channels.Inbound{Doing: channels.Doing{Act: channels.ActPress, Of: "x", Button: button}})
}

// boris has somebody else write to the same bot.
func (x *chat) boris(t *testing.T, object, text string) hub.Entry {
	t.Helper()
	e := x.comes(t, object, channels.Inbound{Object: object, From: channels.Address{Network: kind, ID: "6", Name: "Boris"}, Place: "6", Text: text})
	x.rests(t)
	return e
}

// rests lets everything happen that is due: entries looked at again, notices
// and replies.
func (x *chat) rests(t *testing.T) {
	t.Helper()
	for _, e := range x.journal(t) {
		must(t, x.Process(t.Context(), e.ID))
	}
	x.follows(t)
	for ids := x.due(t); len(ids) > 0; ids = x.due(t) {
		for _, id := range ids {
			if err := x.Deliver(t.Context(), id); err != nil {
				must(t, x.Outbox().Retry(t.Context(), "one", id, x.clock(), true, err.Error()))
			}
		}
	}
}

// changes has Olga change a ticket.
func (x *chat) changes(t *testing.T, number int64, c tickets.Change) {
	t.Helper()
	_, err := x.use.Change(t.Context(), tickets.AsAgent(x.agent), x.numbered(t, number).ID, 0, c)
	must(t, err)
	x.rests(t)
}

func (x *chat) moves(t *testing.T, number, status int64) {
	t.Helper()
	x.changes(t, number, tickets.Change{StatusID: &status})
}

// answers has Olga reply, and set a status with it unless that is 0.
func (x *chat) answers(t *testing.T, number int64, text string, then int64) tickets.Message {
	t.Helper()
	m, err := x.use.Reply(t.Context(), tickets.AsAgent(x.agent), x.numbered(t, number).ID, tickets.NewMessage{Body: text, Then: then})
	must(t, err)
	x.rests(t)
	return m
}

func (x *chat) numbered(t *testing.T, number int64) tickets.Ticket {
	t.Helper()
	got, err := x.TicketByNumber(t.Context(), number)
	must(t, err)
	return got
}

// messages answers what was said in a ticket.
func (x *chat) messages(t *testing.T, number int64) []tickets.Message {
	t.Helper()
	list, err := x.Messages(t.Context(), x.numbered(t, number).ID)
	must(t, err)
	return list
}

// arrived answers what reached Anna since it was last asked.
func (x *chat) arrived() []channels.Outbound {
	all := x.net.Sent()
	list := all[x.read:]
	x.read = len(all)
	return list
}

// expect compares what reached Anna with the beginnings of sentences.
func (x *chat) expect(t *testing.T, beginnings ...string) []channels.Outbound {
	t.Helper()
	got := x.arrived()
	for i, out := range got {
		if i >= len(beginnings) || !strings.HasPrefix(out.Body, beginnings[i]) {
			t.Errorf("message %d reached Anna: %q", i, out.Body)
		}
	}
	if len(got) < len(beginnings) {
		t.Errorf("%d messages reached Anna; want %q", len(got), beginnings)
	}
	return got
}

// hasMail gives a person an address on a second network with a channel.
func (x *chat) hasMail(t *testing.T, person int64) {
	t.Helper()
	c := hub.Channel{Enabled: true, Connection: connection("mail@desk.org")}
	c.Kind = "mail"
	k := x.kind
	k.Name, k.Chat = "mail", false
	x.more = append(x.more, k)
	x.Hub = x.hub("one")
	_, err := x.SaveChannel(t.Context(), admin(), c)
	must(t, err)
	must(t, x.PutIdentity(t.Context(), people.Identity{PersonID: person, Network: "mail", Address: "anna@home.org"}))
}
