package hub_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"okno/assets/locale"
	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/dialog"
	"okno/channels/hub"
	"okno/server/store"
	"okno/server/store/pgtest"
	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

const kind = channeltest.KindName

// cluster is the PostgreSQL of this test binary; TestMain ends it.
var cluster pgtest.Cluster //nolint:gochecknoglobals // TestMain has no other way to hand it to tests

func TestMain(m *testing.M) {
	code := m.Run()
	cluster.Stop()
	os.Exit(code)
}

// plain seals nothing; the tests are not about secrets.
type plain struct{}

func (plain) Seal(b []byte) (string, error) { return string(b), nil }
func (plain) Open(s string) ([]byte, error) { return []byte(s), nil }

// faulty is a real store that refuses one write when it is told to.
type faulty struct {
	*store.Store
	mu    sync.Mutex
	fails map[string]error
}

func (f *faulty) fail(method string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fails[method] = err
}

func (f *faulty) failure(method string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.fails[method]
	delete(f.fails, method)
	return err
}

func (f *faulty) PutEvent(ctx context.Context, channel int64, e channels.Event) (bool, error) {
	if err := f.failure("PutEvent"); err != nil {
		return false, err
	}
	return f.Store.PutEvent(ctx, channel, e)
}

// SettleEntry fails after it has written, as the last of its transaction.
func (f *faulty) SettleEntry(ctx context.Context, e hub.Entry) error {
	return errors.Join(f.Store.SettleEntry(ctx, e), f.failure("SettleEntry"))
}

func (f *faulty) SettleDelivery(ctx context.Context, id int64, r channels.Receipt, failed bool, why channels.Text, detail string) error {
	return errors.Join(f.Store.SettleDelivery(ctx, id, r, failed, why, detail), f.failure("SettleDelivery"))
}

// house is a desk with one channel, one agent and a hub.
type house struct {
	matches []dialog.Match // what everything written may mean
	*hub.Hub
	*faulty
	use     *tickets.Service
	people  *people.Service
	net     *channeltest.Fake
	kind    channels.Kind
	more    []channels.Kind // further kinds
	burst   time.Duration
	files   channels.Files
	shift   *atomic.Int64 // milliseconds the clock is ahead
	channel int64
	agent   people.Agent
	pos     int64           // of the last event notified
	words   *locale.Catalog // nil: sentences are their keys
}

func newHouse(t *testing.T) *house {
	t.Helper()
	net := channeltest.New()
	return houseOn(t, "memory", net, net.Kind())
}

// everywhere runs a scenario on SQLite in memory and on PostgreSQL.
func everywhere(t *testing.T, test func(*testing.T, *house)) {
	t.Helper()
	t.Run("memory", func(t *testing.T) { test(t, newHouse(t)) })
	t.Run("postgres", func(t *testing.T) {
		net := channeltest.New()
		test(t, houseOn(t, cluster.Database(t), net, net.Kind()))
	})
}

func houseOn(t *testing.T, url string, net *channeltest.Fake, k channels.Kind) *house {
	t.Helper()
	x := &house{net: net, kind: k, shift: &atomic.Int64{}}
	s, err := store.Open(t.Context(), store.Options{URL: url, Now: x.clock, Sealer: plain{}})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	x.faulty = &faulty{Store: s, fails: map[string]error{}}
	x.use, x.people = tickets.NewService(s, tickets.Options{}), people.NewService(s, nil)
	x.Hub = x.hub("one")
	c, err := x.SaveChannel(t.Context(), admin(), hub.Channel{Enabled: true, Acknowledge: true, TeamID: x.team(t), Connection: connection("help@desk.org")})
	must(t, err)
	x.channel, x.agent = c.ID, x.hires(t)
	return x
}

func connection(address string) channels.Connection {
	return channels.Connection{Kind: kind, Settings: map[string]string{"address": address}, Secrets: map[string]string{"password": "x"}}
}

func admin() people.Agent { return people.Agent{Role: people.Administrator} }

func (x *house) clock() time.Time {
	return time.Now().Add(time.Duration(x.shift.Load()) * time.Millisecond)
}

func (x *house) pass(d time.Duration) { x.shift.Add(d.Milliseconds()) }

// hub makes a hub as a process of this name would.
func (x *house) hub(owner string) *hub.Hub {
	return hub.New(hub.Options{
		Store: x.faulty, Records: x.faulty, Tickets: x.use, People: x.people, Files: x.files, Kinds: append([]channels.Kind{x.kind}, x.more...), Owner: owner,
		Say: x.say, Desk: func(context.Context) string { return "Desk" },
		Language:    func(_ context.Context, known string) string { return cmp.Or(known, "en") },
		HookURL:     func(channel int64) string { return fmt.Sprintf("https://desk.example/hooks/%d", channel) },
		ApprovalURL: func(approval int64) string { return fmt.Sprintf("https://desk.example/approve/%d", approval) },
		FormURL: func(key string, a forms.Answers, ticket int64) string {
			return fmt.Sprintf("https://desk.example/%s?%v&about=%d", key, a, ticket)
		},
		Burst: x.burst, Requests: x.use, Find: x.finds, Zone: time.UTC,
		Clock: x.clock, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
}

// finds answers what the house was told that words mean.
func (x *house) finds(context.Context, forms.Catalog, string) ([]dialog.Match, error) {
	return x.matches, nil
}

// say answers the key of a sentence and its ticket, or in a house of words the
// sentence itself.
func (x *house) say(language string, t channels.Text) string {
	if x.words == nil {
		return t.Key + " " + t.Args["ticket"]
	}
	var args []any
	for name, value := range t.Args {
		args = append(args, name, value)
	}
	return x.words.T(cmp.Or(language, "en"))(t.Key, args...)
}

func (x *house) team(t *testing.T) int64 {
	t.Helper()
	team := people.Team{ID: 7, Name: "First line"}
	must(t, x.InsertTeam(t.Context(), team))
	return team.ID
}

// hires makes the agent Olga, whose address is known on the fake's network.
func (x *house) hires(t *testing.T) people.Agent {
	t.Helper()
	p, err := x.people.Known(t.Context(), kind, "olga@desk.org", "Olga", "ru")
	must(t, err)
	a := people.Agent{ID: x.NewID(), PersonID: p.ID, Email: "olga@desk.org", Name: "Olga", Signature: "Olga, Desk"}
	must(t, x.InsertAgent(t.Context(), a))
	return a
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func address(id string) channels.Address { return channels.Address{Network: kind, ID: id} }

func anna(object, text string) channels.Inbound {
	return channels.Inbound{Object: object, From: address("anna@home.org"), Subject: "Printer", Text: text,
		To: []channels.Address{address("help+t1.x@desk.org")}}
}

// receives stores an event as the network delivers it.
func (x *house) receives(t *testing.T, key string, in channels.Inbound) {
	t.Helper()
	_, err := x.PutEvent(t.Context(), x.channel, channeltest.Event(key, in))
	must(t, err)
}

// journal answers every entry, the oldest first.
func (x *house) journal(t *testing.T) []hub.Entry {
	t.Helper()
	page, err := x.Entries(context.WithoutCancel(t.Context()), hub.LedgerQuery{Limit: 200})
	must(t, err)
	slices.Reverse(page.Entries)
	return page.Entries
}

// comes has a message received and processed, and answers its ledger entry.
func (x *house) comes(t *testing.T, key string, in channels.Inbound) hub.Entry {
	t.Helper()
	x.receives(t, key, in)
	list := x.journal(t)
	must(t, x.Process(t.Context(), list[len(list)-1].ID))
	e, err := x.Entry(t.Context(), list[len(list)-1].ID)
	must(t, err)
	return e
}

// opened is a ticket of Anna, of which nobody was told.
func (x *house) opened(t *testing.T) tickets.Ticket {
	t.Helper()
	e := x.comes(t, "k1", anna("m1", "It smokes"))
	pos, err := x.LastPos(t.Context())
	must(t, err)
	x.pos = pos
	got, err := x.TicketByNumber(t.Context(), e.Ticket)
	must(t, err)
	return got
}

// replies has Olga answer a ticket and the hub hear of it.
func (x *house) replies(t *testing.T, ticket int64, body string) tickets.Message {
	t.Helper()
	m, err := x.use.Reply(t.Context(), tickets.AsAgent(x.agent), ticket, tickets.NewMessage{Body: body})
	must(t, err)
	x.follows(t)
	return m
}

// follows has the hub hear of what is new in the log.
func (x *house) follows(t *testing.T) []tickets.Event {
	t.Helper()
	events, err := x.EventsAfter(t.Context(), x.pos, 1000)
	must(t, err)
	must(t, x.Notify(t.Context(), events))
	if len(events) > 0 {
		x.pos = events[len(events)-1].Pos
	}
	return events
}

// due claims what is to be sent now.
func (x *house) due(t *testing.T) []int64 {
	t.Helper()
	rows, err := x.Outbox().Claim(t.Context(), "one", x.clock().Add(time.Minute), 100)
	must(t, err)
	ids := make([]int64, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	return ids
}

// only is the one row that is due.
func (x *house) only(t *testing.T) int64 {
	t.Helper()
	ids := x.due(t)
	if len(ids) != 1 {
		t.Fatalf("%d rows are due", len(ids))
	}
	return ids[0]
}

// counted answers how many tickets there are and how many messages in them.
func (x *house) counted(t *testing.T) (made, said int) {
	t.Helper()
	for n := int64(1); ; n++ {
		ticket, err := x.TicketByNumber(t.Context(), n)
		if errors.Is(err, people.ErrMissing) {
			return made, said
		}
		must(t, err)
		list, err := x.Messages(t.Context(), ticket.ID)
		must(t, err)
		made, said = made+1, said+len(list)
	}
}

// unreachable answers why a person's only address is not written to.
func (x *house) unreachable(t *testing.T, person int64) string {
	t.Helper()
	ids, err := x.Identities(t.Context(), person)
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	return ids[0].Unreachable
}
