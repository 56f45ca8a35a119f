package demo

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"okno/channels"
	"okno/channels/hub"
	"okno/tickets"
)

// pageSize is how many events at least go into one transaction.
const pageSize = 4000

// page is what was written and is not stored yet: one transaction.
type page struct {
	fresh      []tickets.Ticket // opened on this page, as they are at its end
	changed    map[int64]change // opened earlier, by id
	tags       map[int64][]string
	messages   []tickets.Message
	settled    []tickets.Message // stored earlier, with another delivery now
	refs       []ref
	deliveries []hub.Delivery
	sent       []receipt
	mentions   []tickets.Mention
	read       map[mark]int64 // last event seen
	seen       map[mark]bool  // mentions seen
	statuses   map[int64]bool // used
	counts     map[string]int
	events     []tickets.Event
	places     map[int64]int // of the tickets and messages of this page, by id
}

// change is a row as it is now and the version that is stored.
type change struct {
	now tickets.Ticket
	was int64
}

type ref struct {
	network, id string
	message     int64
}

// receipt is how a delivery ended.
type receipt struct {
	delivery int64
	id       string
	why      channels.Text // of a failure
}

type mark struct{ ticket, agent int64 }

func newPage() *page {
	return &page{
		changed: map[int64]change{}, tags: map[int64][]string{}, read: map[mark]int64{}, seen: map[mark]bool{},
		statuses: map[int64]bool{}, counts: map[string]int{}, places: map[int64]int{},
	}
}

// put keeps a row: of a ticket opened on this page only its last state counts.
func (p *page) put(t tickets.Ticket, was int64) {
	if at, ok := p.places[t.ID]; ok {
		p.fresh[at] = t
		return
	}
	if before, ok := p.changed[t.ID]; ok {
		was = before.was
	}
	p.changed[t.ID] = change{t, was}
}

func (p *page) open(t tickets.Ticket) {
	p.places[t.ID] = len(p.fresh)
	p.fresh = append(p.fresh, t)
}

func (p *page) say(m tickets.Message) {
	p.places[m.ID] = len(p.messages)
	p.messages = append(p.messages, m)
}

func (p *page) settle(m tickets.Message) {
	if at, ok := p.places[m.ID]; ok {
		p.messages[at] = m
		return
	}
	p.settled = append(p.settled, m)
}

func (p *page) full() bool { return len(p.events) >= pageSize }

// store brings the page to the store in one transaction. It may run again after
// a deadlock.
func (p *page) store(ctx context.Context, to Store) error {
	return to.InTx(ctx, func(ctx context.Context) error {
		for _, part := range []func(context.Context, Store) error{
			p.storeTickets, p.storeMessages, p.storeDeliveries, p.storeMarks, p.storeLog,
		} {
			if err := part(ctx, to); err != nil {
				return err
			}
		}
		return nil
	})
}

func (p *page) storeTickets(ctx context.Context, to Store) error {
	for _, t := range p.fresh {
		number := t.Number
		if err := to.InsertTicket(ctx, &t); err != nil {
			return fmt.Errorf("insert ticket: %w", err)
		}
		if t.Number != number {
			return fmt.Errorf("ticket %d became %d: somebody else works here", number, t.Number)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(p.changed)) {
		c := p.changed[id]
		if err := to.UpdateTicket(ctx, c.now, c.was); err != nil {
			return fmt.Errorf("update ticket: %w", err)
		}
	}
	for id, tags := range p.tags {
		if err := to.PutTags(ctx, id, tags); err != nil {
			return fmt.Errorf("put tags: %w", err)
		}
	}
	return nil
}

func (p *page) storeMessages(ctx context.Context, to Store) error {
	for _, m := range p.messages {
		if err := to.InsertMessage(ctx, m); err != nil {
			return fmt.Errorf("insert message: %w", err)
		}
	}
	for _, m := range p.settled {
		if err := to.UpdateMessage(ctx, m); err != nil {
			return fmt.Errorf("update message: %w", err)
		}
	}
	for _, r := range p.refs {
		if err := to.PutRef(ctx, r.network, r.id, r.message); err != nil {
			return fmt.Errorf("put ref: %w", err)
		}
	}
	return nil
}

func (p *page) storeDeliveries(ctx context.Context, to Store) error {
	for _, d := range p.deliveries {
		if err := to.PutDelivery(ctx, d); err != nil {
			return fmt.Errorf("put delivery: %w", err)
		}
	}
	for _, r := range p.sent {
		if err := to.SettleDelivery(ctx, r.delivery, channels.Receipt{ID: r.id}, r.id == "", r.why, ""); err != nil {
			return fmt.Errorf("settle delivery: %w", err)
		}
	}
	return nil
}

func (p *page) storeMarks(ctx context.Context, to Store) error {
	for _, m := range p.mentions {
		if err := to.PutMention(ctx, m); err != nil {
			return fmt.Errorf("put mention: %w", err)
		}
	}
	for m := range p.seen {
		if _, err := to.SeeMentions(ctx, m.ticket, m.agent); err != nil {
			return fmt.Errorf("see mentions: %w", err)
		}
	}
	for m, seq := range p.read {
		if err := to.MarkRead(ctx, m.ticket, m.agent, seq); err != nil {
			return fmt.Errorf("mark read: %w", err)
		}
	}
	return nil
}

func (p *page) storeLog(ctx context.Context, to Store) error {
	for id := range p.statuses {
		if err := to.UseStatus(ctx, id); err != nil {
			return fmt.Errorf("use status: %w", err)
		}
	}
	if err := to.AddCounts(ctx, p.counts); err != nil {
		return fmt.Errorf("add counts: %w", err)
	}
	if err := to.AppendEvents(ctx, p.events); err != nil {
		return fmt.Errorf("append events: %w", err)
	}
	return nil
}
