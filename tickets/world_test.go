package tickets_test

import (
	"context"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/hub"
	"okno/server/store"
	"okno/server/store/pgtest"
	"okno/tickets"
	"okno/tickets/people"
)

// cluster is the PostgreSQL of this test binary; TestMain ends it.
var cluster pgtest.Cluster //nolint:gochecknoglobals // TestMain has no other way to hand it to tests

func TestMain(m *testing.M) {
	code := m.Run()
	cluster.Stop()
	os.Exit(code)
}

// world is a real store with a clock and ids that the test foresees. It can
// lose races on request.
type world struct {
	*store.Store
	ms    *atomic.Int64
	ids   int64
	stale int // so many updates lose a race
	// meanwhile happens once, between reading the row of a ticket and its messages
	meanwhile func()
}

func (w *world) NewID() int64         { w.ids++; return w.ids }
func (w *world) pass(d time.Duration) { w.ms.Add(d.Milliseconds()) }
func (w *world) at() time.Time        { return time.UnixMilli(w.ms.Load()).UTC() }

func (w *world) Messages(ctx context.Context, ticket int64) ([]tickets.Message, error) {
	if do := w.meanwhile; do != nil {
		w.meanwhile = nil
		do()
	}
	return w.Store.Messages(ctx, ticket)
}

func (w *world) UpdateTicket(ctx context.Context, t tickets.Ticket, was int64) error {
	if w.stale > 0 {
		w.stale--
		return tickets.ErrStale
	}
	return w.Store.UpdateTicket(ctx, t, was)
}

// newWorld has agents 1 to 3, of whom 3 is disabled, the persons 11 to 15 and
// the teams 21 and 22.
func newWorld(t *testing.T, url string) *world {
	t.Helper()
	w := &world{ms: &atomic.Int64{}, ids: 1000}
	w.ms.Store(time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC).UnixMilli())
	s, err := store.Open(t.Context(), store.Options{URL: url, Now: w.at})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	w.Store = s
	for id := int64(11); id <= 15; id++ {
		must(t, s.InsertPerson(t.Context(), people.Person{ID: id, Name: "Person"}))
	}
	for id, name := range []string{"", "Anna", "Boris", "Clara"} {
		if name != "" {
			must(t, s.InsertAgent(t.Context(), people.Agent{ID: int64(id), PersonID: 11, Name: name, Email: name, Disabled: id == 3}))
		}
	}
	must(t, s.InsertTeam(t.Context(), people.Team{ID: 21, Name: "First line"}))
	must(t, s.InsertTeam(t.Context(), people.Team{ID: 22, Name: "Second line"}))
	return w
}

// row answers a ticket as it is stored.
func (w *world) row(t *testing.T, id int64) tickets.Ticket {
	t.Helper()
	row, err := w.Ticket(t.Context(), id)
	must(t, err)
	return row
}

// said answers the messages of a ticket.
func (w *world) said(t *testing.T, ticket int64) []tickets.Message {
	t.Helper()
	list, err := w.Messages(t.Context(), ticket)
	must(t, err)
	return list
}

// log answers all events.
func (w *world) log(t *testing.T) []tickets.Event {
	t.Helper()
	events, err := w.EventsAfter(t.Context(), 0, 1_000_000)
	must(t, err)
	return events
}

// plan puts a reply into the outbox, as the follower of the log does.
func (w *world) plan(t *testing.T, m tickets.Message) {
	t.Helper()
	must(t, w.PutDelivery(t.Context(), hub.Delivery{ID: m.ID, Key: time.Duration(m.ID).String(), Lane: "l", MessageID: m.ID}))
}

// send has the outbox row of a message leave, or fail.
func (w *world) send(t *testing.T, message int64, failed bool) error {
	t.Helper()
	return w.SettleDelivery(t.Context(), message, channels.Receipt{ID: "r"}, failed, channels.Text{}, "")
}

// Those who act in the tests.
func anna() tickets.Actor { return tickets.Actor{Kind: tickets.ByAgent, ID: 1, Role: people.Answerer} }
func boris() tickets.Actor {
	return tickets.Actor{Kind: tickets.ByAgent, ID: 2, Role: people.Administrator}
}

// everywhere runs a test on SQLite in memory and on PostgreSQL, at a desk with
// one ticket of person 11.
func everywhere(t *testing.T, test func(*testing.T, *world, *tickets.Service, tickets.Ticket)) {
	t.Helper()
	t.Run("memory", func(t *testing.T) {
		w, s, made := desk(t, "memory")
		test(t, w, s, made)
	})
	t.Run("postgres", func(t *testing.T) {
		w, s, made := desk(t, cluster.Database(t))
		test(t, w, s, made)
	})
}

func desk(t *testing.T, url string) (*world, *tickets.Service, tickets.Ticket) {
	t.Helper()
	w := newWorld(t, url)
	s := tickets.NewService(w, tickets.Options{UndoWindow: 10 * time.Second})
	return w, s, asked(t, s)
}

// asked is a ticket of person 11.
func asked(t *testing.T, s *tickets.Service) tickets.Ticket {
	t.Helper()
	made, _, err := s.Create(t.Context(), tickets.AsPerson(11), tickets.NewTicket{
		Subject: "Printer", RequesterID: 11, ChannelID: 5,
		Incoming: &tickets.Incoming{PersonID: 11, ChannelID: 5, Network: "email", Body: "It is on fire", Ref: "a@b"},
	})
	must(t, err)
	return made
}
