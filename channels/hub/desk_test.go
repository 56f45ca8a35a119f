package hub_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
)

// desk keeps in memory everything a hub needs: a simple double of the store and
// of the use cases.
type desk struct {
	mu         sync.Mutex
	now        time.Time
	ids        int64
	channels   map[int64]hub.Channel
	entries    []hub.Entry
	cursors    map[string]string
	deliveries []*row
	leases     map[string]lease
	persons    map[int64]people.Person
	identities []people.Identity
	agents     map[int64]people.Agent
	tickets    map[int64]*tickets.Ticket
	messages   []*tickets.Message
	refs       []ref
	bounces    []tickets.DeliveryData
	failSettle error // answered once by SettleDelivery
	failPut    error // answered once by PutEvent
}

type row struct {
	hub.Delivery
	state string // queued, sent, failed
}

type lease struct {
	owner string
	until time.Time
}

type ref struct {
	network, id string
	message     int64
}

func newDesk() *desk {
	return &desk{
		now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), channels: map[int64]hub.Channel{}, cursors: map[string]string{},
		leases: map[string]lease{}, persons: map[int64]people.Person{}, agents: map[int64]people.Agent{}, tickets: map[int64]*tickets.Ticket{},
	}
}

// hub makes a hub over the desk as a process of this name would.
func (d *desk) hub(t *testing.T, owner string, net *channeltest.Fake) *hub.Hub {
	t.Helper()
	return hub.New(hub.Options{
		Store: d, Records: d, Tickets: d, People: d, Kinds: []channels.Kind{net.Kind()}, Owner: owner,
		Say:   func(_ string, t channels.Text) string { return t.Key + " " + t.Args["ticket"] },
		Desk:  func(context.Context) string { return "Desk" },
		Clock: d.clock, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
}

func (d *desk) clock() time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.now
}

func (d *desk) InTx(ctx context.Context, fn func(context.Context) error) error { return fn(ctx) }
func (d *desk) Now(context.Context) time.Time                                  { return d.clock() }

func (d *desk) NewID() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ids++
	return d.ids
}

func (d *desk) Lease(_ context.Context, name, owner string, until time.Time) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if l := d.leases[name]; l.owner != owner && l.until.After(d.now) {
		return false, nil
	}
	d.leases[name] = lease{owner, until}
	return true, nil
}

func (d *desk) Channels(context.Context) ([]hub.Channel, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []hub.Channel
	for _, c := range d.channels {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b hub.Channel) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

func (d *desk) Channel(_ context.Context, id int64) (hub.Channel, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return one(d.channels, id)
}

func (d *desk) stored(id int64) hub.Channel {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.channels[id]
}

func (d *desk) InsertChannel(ctx context.Context, c hub.Channel) error {
	return d.UpdateChannel(ctx, c)
}

func (d *desk) UpdateChannel(_ context.Context, c hub.Channel) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	c.Version = d.channels[c.ID].Version + 1
	d.channels[c.ID] = c
	return nil
}

func (d *desk) SetChannelState(_ context.Context, id int64, s channels.State) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.channels[id]
	c.State, c.StateAt = s, d.now
	d.channels[id] = c
	return nil
}

func (d *desk) PutEvent(_ context.Context, channel int64, e channels.Event) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.failPut; err != nil {
		d.failPut = nil
		return false, err
	}
	d.cursors[fmt.Sprint(channel, e.Cursor.Name)] = e.Cursor.Value
	for _, old := range d.entries {
		if old.ChannelID == channel && old.Event.Key == e.Key {
			return false, nil
		}
	}
	d.ids++
	d.entries = append(d.entries, hub.Entry{ID: d.ids, ChannelID: channel, Event: e, Outcome: hub.OutcomePending, StoredAt: d.now})
	return true, nil
}

func (d *desk) Cursor(_ context.Context, channel int64, name string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.cursors[fmt.Sprint(channel, name)], nil
}

func (d *desk) Entry(_ context.Context, id int64) (hub.Entry, error) {
	return find(d.journal(), func(e hub.Entry) bool { return e.ID == id })
}

func (d *desk) SettleEntry(_ context.Context, e hub.Entry) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := slices.IndexFunc(d.entries, func(o hub.Entry) bool { return o.ID == e.ID })
	if d.entries[i].Outcome != hub.OutcomePending {
		return tickets.ErrStale
	}
	e.SettledAt = d.now
	d.entries[i] = e
	return nil
}

func (d *desk) EntryByObject(_ context.Context, _, object string, except int64) (hub.Entry, error) {
	return find(d.journal(), func(e hub.Entry) bool {
		return e.Event.Object == object && e.ID != except && e.Outcome != hub.OutcomePending && e.Outcome != hub.OutcomeAside
	})
}

func (d *desk) Entries(_ context.Context, q hub.LedgerQuery) (hub.LedgerPage, error) {
	var page hub.LedgerPage
	for _, e := range d.journal() {
		if len(q.Outcomes) == 0 || slices.Contains(q.Outcomes, e.Outcome) {
			page.Entries = append(page.Entries, e)
		}
	}
	return page, nil
}

func (d *desk) LedgerCounts(context.Context) (map[hub.Outcome]int, error) {
	counts := map[hub.Outcome]int{}
	for _, e := range d.journal() {
		counts[e.Outcome]++
	}
	return counts, nil
}

func (d *desk) Redo(_ context.Context, id int64) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	i := slices.IndexFunc(d.entries, func(o hub.Entry) bool { return o.ID == id })
	if d.entries[i].MessageID != 0 {
		return hub.ErrDone
	}
	d.entries[i].Outcome = hub.OutcomePending
	return nil
}

func (d *desk) PutDelivery(_ context.Context, v hub.Delivery) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !slices.ContainsFunc(d.deliveries, func(r *row) bool { return r.Key == v.Key }) {
		d.deliveries = append(d.deliveries, &row{Delivery: v, state: "queued"})
	}
	return nil
}

func (d *desk) Delivery(_ context.Context, id int64) (hub.Delivery, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.deliveries {
		if r.ID == id {
			return r.Delivery, nil
		}
	}
	return hub.Delivery{}, people.ErrMissing
}

func (d *desk) SettleDelivery(_ context.Context, id int64, _ channels.Receipt, failed bool, _ channels.Text, _ string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.failSettle; err != nil {
		d.failSettle = nil
		return err
	}
	for _, r := range d.deliveries {
		if r.ID == id {
			r.state = map[bool]string{true: "failed", false: "sent"}[failed]
		}
	}
	return nil
}

func (d *desk) LastNotice(_ context.Context, _, address string) (last time.Time, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.deliveries {
		if r.Out.Notice && r.Out.To.ID == address {
			last = r.RunAt
		}
	}
	return last, nil
}

func (d *desk) CountSince(_ context.Context, _, address string, since time.Time) (n int, err error) {
	for _, e := range d.journal() {
		if e.From == address && e.StoredAt.After(since) {
			n++
		}
	}
	return n, nil
}

func (d *desk) journal() []hub.Entry {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.entries)
}

func find[T any](list []T, ok func(T) bool) (T, error) {
	if i := slices.IndexFunc(list, ok); i >= 0 {
		return list[i], nil
	}
	var none T
	return none, people.ErrMissing
}

func one[T any](m map[int64]T, id int64) (T, error) {
	v, ok := m[id]
	if !ok {
		return v, people.ErrMissing
	}
	return v, nil
}

func data(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}
