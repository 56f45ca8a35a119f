package hub_test

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/hub"
	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

// plain seals nothing; the test is not about secrets.
type plain struct{}

func (plain) Seal(b []byte) (string, error) { return string(b), nil }
func (plain) Open(s string) ([]byte, error) { return []byte(s), nil }

// TestOnRealStore goes there and back once over SQLite and the real use cases.
func TestOnRealStore(t *testing.T) {
	ctx, net := t.Context(), channeltest.New()
	s, err := store.Open(ctx, store.Options{URL: "memory", Now: time.Now, Sealer: plain{}})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	use := tickets.NewService(s, tickets.Options{})
	h := hub.New(hub.Options{
		Store: s, Records: s, Tickets: use, People: people.NewService(s, nil), Kinds: []channels.Kind{net.Kind()}, Owner: "one",
		Say:   func(_ string, t channels.Text) string { return t.Key },
		Desk:  func(context.Context) string { return "Desk" },
		Clock: time.Now, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	c, err := h.SaveChannel(ctx, people.Agent{Role: people.Administrator}, hub.Channel{Enabled: true, Connection: channels.Connection{
		Kind: kind, Settings: map[string]string{"address": "help@desk.org"}, Secrets: map[string]string{"password": "x"}}})
	must(t, err)

	for _, key := range []string{"k1", "k1", "k2"} { // k2: the same content again
		_, err = s.PutEvent(ctx, c.ID, channeltest.Event(key, anna("m1", "It smokes")))
		must(t, err)
	}
	page, err := s.Entries(ctx, hub.LedgerQuery{Limit: 10})
	must(t, err)
	for _, e := range page.Entries {
		must(t, h.Process(ctx, e.ID))
	}
	ticket, err := s.TicketByNumber(ctx, 1)
	must(t, err)
	if counts, err := s.LedgerCounts(ctx); err != nil || counts[hub.OutcomeOpened] != 1 || counts[hub.OutcomeSeen] != 1 {
		t.Fatalf("ledger: %v, %v", counts, err)
	}

	agent := people.Agent{ID: s.NewID(), Name: "Olga", Email: "olga@desk.org", Role: people.Answerer, CreatedAt: time.Now()}
	person := people.Person{ID: s.NewID(), Name: "Olga", CreatedAt: time.Now()}
	agent.PersonID = person.ID
	must(t, s.InsertPerson(ctx, person))
	must(t, s.InsertAgent(ctx, agent))
	m, err := use.Reply(ctx, tickets.AsAgent(agent), ticket.ID, tickets.NewMessage{Body: "Unplug it"})
	must(t, err)
	_, err = use.Note(ctx, tickets.AsAgent(agent), ticket.ID, tickets.NewMessage{Body: "secret"})
	must(t, err)
	events, err := s.EventsAfter(ctx, 0, 100)
	must(t, err)
	must(t, h.Notify(ctx, events))
	rows, err := s.Outbox().Claim(ctx, "one", time.Now().Add(time.Minute), 10)
	must(t, err)
	if len(rows) != 1 {
		t.Fatalf("%d rows in the outbox", len(rows))
	}
	must(t, h.Deliver(ctx, rows[0].ID))
	if m, err = s.Message(ctx, m.ID); err != nil || m.Delivery.State != tickets.DeliverySent || len(net.Sent()) != 1 {
		t.Errorf("message: %+v, %v", m.Delivery, err)
	}
	if got, err := s.MessageByRef(ctx, kind, "sent-"+net.Sent()[0].Key); err != nil || got.ID != m.ID {
		t.Errorf("reference: %+v, %v", got, err)
	}
}
