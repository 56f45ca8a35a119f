package tickets_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"okno/tickets"
	"okno/tickets/people"
)

// memory keeps what the use cases under test need in maps. InTx puts everything
// back when fn fails, as a database does. What it does not have panics.
type memory struct {
	tickets.Store
	at     time.Time
	id     int64
	rows   map[int64]tickets.Ticket
	said   map[int64]tickets.Message
	log    []tickets.Event
	counts map[string]int
	forms  map[string]int64
	refs   map[string]int64
	drafts map[[2]int64]tickets.Draft
	read   map[[2]int64]int64
	unseen map[[2]int64]int
	left   bool // outgoing rows cannot be stopped any more
	stale  int  // so many updates lose a race
	inTx   bool
}

func newMemory() *memory {
	return &memory{
		at: time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC), id: 1000,
		rows: map[int64]tickets.Ticket{}, said: map[int64]tickets.Message{}, counts: map[string]int{},
		forms: map[string]int64{}, refs: map[string]int64{}, drafts: map[[2]int64]tickets.Draft{},
		read: map[[2]int64]int64{}, unseen: map[[2]int64]int{},
	}
}

func (m *memory) InTx(ctx context.Context, fn func(context.Context) error) error {
	if m.inTx {
		return fn(ctx)
	}
	before := *m
	before.rows, before.said, before.counts = maps.Clone(m.rows), maps.Clone(m.said), maps.Clone(m.counts)
	before.forms, before.refs, before.drafts = maps.Clone(m.forms), maps.Clone(m.refs), maps.Clone(m.drafts)
	before.read, before.unseen = maps.Clone(m.read), maps.Clone(m.unseen)
	m.inTx = true
	err := fn(ctx)
	m.inTx = false
	if err != nil {
		before.stale, before.id = m.stale, m.id
		*m = before
	}
	return err
}

func (m *memory) Now(context.Context) time.Time { return m.at }
func (m *memory) NewID() int64                  { m.id++; return m.id }

func (m *memory) UseStatus(context.Context, int64) error { return nil }

func (m *memory) Statuses(context.Context) ([]tickets.Status, error) {
	return []tickets.Status{
		{ID: 1, Category: tickets.New}, {ID: 2, Category: tickets.Open}, {ID: 3, Category: tickets.Waiting},
		{ID: 4, Category: tickets.OnHold}, {ID: 5, Category: tickets.Solved}, {ID: 6, Category: tickets.Closed},
	}, nil
}

// Agents 1 to 3 exist; 3 is disabled. Persons 11 to 15 exist, team 21 and 22.
func (m *memory) Agents(context.Context) ([]people.Agent, error) {
	return []people.Agent{
		{ID: 1, Name: "Anna", Role: people.Answerer},
		{ID: 2, Name: "Boris", Role: people.Administrator},
		{ID: 3, Name: "Clara", Role: people.Answerer, Disabled: true},
	}, nil
}

func (m *memory) Agent(ctx context.Context, id int64) (people.Agent, error) {
	all, err := m.Agents(ctx)
	for _, a := range all {
		if a.ID == id {
			return a, err
		}
	}
	return people.Agent{}, people.ErrMissing
}

func (m *memory) Person(_ context.Context, id int64) (people.Person, error) {
	if id < 11 || id > 15 {
		return people.Person{}, people.ErrMissing
	}
	return people.Person{ID: id, Name: fmt.Sprintf("Person %d", id)}, nil
}

func (m *memory) Persons(ctx context.Context, ids []int64) (map[int64]people.Person, error) {
	out := map[int64]people.Person{}
	for _, id := range ids {
		if p, err := m.Person(ctx, id); err == nil {
			out[id] = p
		}
	}
	return out, nil
}

func (m *memory) Teams(context.Context) ([]people.Team, error) {
	return []people.Team{{ID: 21}, {ID: 22}}, nil
}

func (m *memory) Team(_ context.Context, id int64) (people.Team, error) {
	if id != 21 && id != 22 {
		return people.Team{}, people.ErrMissing
	}
	return people.Team{ID: id}, nil
}

func (m *memory) Ticket(_ context.Context, id int64) (tickets.Ticket, error) {
	t, ok := m.rows[id]
	if !ok {
		return t, people.ErrMissing
	}
	return t, nil
}

func (m *memory) InsertTicket(_ context.Context, t *tickets.Ticket) error {
	t.Number = int64(len(m.rows) + 1)
	m.rows[t.ID] = *t
	return nil
}

func (m *memory) UpdateTicket(_ context.Context, t tickets.Ticket, was int64) error {
	if m.stale > 0 || m.rows[t.ID].Version != was {
		m.stale--
		return tickets.ErrStale
	}
	m.rows[t.ID] = t
	return nil
}

func (m *memory) Messages(_ context.Context, ticket int64) ([]tickets.Message, error) {
	var out []tickets.Message
	for _, x := range m.said {
		if x.TicketID == ticket {
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(a, b tickets.Message) int { return int(a.Seq - b.Seq) })
	return out, nil
}

func (m *memory) Message(_ context.Context, id int64) (tickets.Message, error) {
	x, ok := m.said[id]
	if !ok {
		return x, people.ErrMissing
	}
	return x, nil
}

func (m *memory) InsertMessage(_ context.Context, x tickets.Message) error {
	m.said[x.ID] = x
	return nil
}

func (m *memory) UpdateMessage(_ context.Context, x tickets.Message) error {
	stored := m.said[x.ID]
	stored.Delivery = x.Delivery
	m.said[x.ID] = stored
	return nil
}

func (m *memory) CancelOutgoing(context.Context, int64) (bool, error) { return !m.left, nil }
func (m *memory) RequeueOutgoing(context.Context, int64) (int, error) { return 1, nil }

func (m *memory) Once(_ context.Context, key string, message int64) (int64, error) {
	if id, ok := m.forms[key]; ok {
		return id, nil
	}
	m.forms[key] = message
	return 0, nil
}

func (m *memory) PutRef(_ context.Context, network, id string, message int64) error {
	m.refs[network+":"+id] = message
	return nil
}

func (m *memory) AppendEvents(_ context.Context, events []tickets.Event) error {
	for i := range events {
		events[i].Pos = int64(len(m.log) + 1)
		m.log = append(m.log, events[i])
	}
	return nil
}

func (m *memory) TicketEvents(_ context.Context, ticket int64) ([]tickets.Event, error) {
	var out []tickets.Event
	for _, e := range m.log {
		if e.TicketID == ticket {
			out = append(out, e)
		}
	}
	return out, nil
}

func (m *memory) AddCounts(_ context.Context, delta map[string]int) error {
	for k, n := range delta {
		m.counts[k] += n
	}
	return nil
}

func (m *memory) Counts(_ context.Context, keys []string) (map[string]int, error) {
	out := map[string]int{}
	for _, k := range keys {
		out[k] = m.counts[k]
	}
	return out, nil
}

func (m *memory) Draft(_ context.Context, ticket, agent int64) (tickets.Draft, error) {
	d, ok := m.drafts[[2]int64{ticket, agent}]
	if !ok {
		return d, people.ErrMissing
	}
	return d, nil
}

func (m *memory) PutDraft(_ context.Context, d tickets.Draft) error {
	m.drafts[[2]int64{d.TicketID, d.AgentID}] = d
	return nil
}

func (m *memory) DeleteDraft(_ context.Context, ticket, agent int64) error {
	delete(m.drafts, [2]int64{ticket, agent})
	return nil
}

func (m *memory) MarkRead(_ context.Context, ticket, agent, seq int64) error {
	k := [2]int64{ticket, agent}
	m.read[k] = max(m.read[k], seq)
	return nil
}

func (m *memory) ReadSeq(_ context.Context, ticket, agent int64) (int64, error) {
	return m.read[[2]int64{ticket, agent}], nil
}

func (m *memory) PutMention(_ context.Context, x tickets.Mention) error {
	m.unseen[[2]int64{x.TicketID, x.AgentID}]++
	return nil
}

func (m *memory) SeeMentions(_ context.Context, ticket, agent int64) (int, error) {
	k := [2]int64{ticket, agent}
	n := m.unseen[k]
	delete(m.unseen, k)
	return n, nil
}

// Those who act in the tests.
func anna() tickets.Actor { return tickets.Actor{Kind: tickets.ByAgent, ID: 1, Role: people.Answerer} }
func boris() tickets.Actor {
	return tickets.Actor{Kind: tickets.ByAgent, ID: 2, Role: people.Administrator}
}

// desk is a Service over memory with one ticket of person 11.
func desk(t *testing.T) (*memory, *tickets.Service, tickets.Ticket) {
	t.Helper()
	m := newMemory()
	s := tickets.NewService(m, tickets.Options{UndoWindow: 10 * time.Second})
	made, _, err := s.Create(t.Context(), tickets.AsPerson(11), tickets.NewTicket{
		Subject: "Printer", RequesterID: 11, ChannelID: 5,
		Incoming: &tickets.Incoming{PersonID: 11, ChannelID: 5, Network: "email", Body: "It is on fire", Ref: "a@b"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return m, s, made
}
