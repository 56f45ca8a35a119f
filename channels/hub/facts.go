package hub

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"okno/channels"
	"okno/tickets"
	"okno/tickets/people"
)

// gather looks up the facts that decide needs; it writes nothing.
func (h *Hub) gather(ctx context.Context, c Channel, e Entry, in channels.Inbound) (facts, error) {
	f := facts{added: map[int64]int{}}
	steps := []func(context.Context, Channel, Entry, channels.Inbound, *facts) error{
		h.gatherSeen, h.gatherBuried, h.gatherOwn, h.gatherSender, h.gatherBounced, h.gatherThreads, h.gatherObject, h.gatherChat, h.gatherTalk,
		h.gatherMember, h.gatherFlood,
	}
	for _, step := range steps {
		if err := step(ctx, c, e, in, &f); err != nil {
			return f, err
		}
	}
	return f, nil
}

func (h *Hub) gatherSeen(ctx context.Context, c Channel, e Entry, _ channels.Inbound, f *facts) error {
	if e.Event.Object == "" {
		return nil
	}
	before, err := h.opts.Store.EntryByObject(ctx, c.Kind, e.Event.Object, e.ID)
	if ok, err := exists(err); !ok {
		return err
	}
	f.seen, f.seenAs = true, before.Ticket
	return nil
}

// gatherBuried asks whether the message, or the one something was done to, was
// deleted for good.
func (h *Hub) gatherBuried(ctx context.Context, c Channel, _ Entry, in channels.Inbound, f *facts) (err error) {
	for _, ref := range []string{in.Object, in.Doing.Of} {
		if ref == "" || f.buried {
			continue
		}
		if f.buried, err = h.opts.Records.Buried(ctx, c.Kind, ref); err != nil {
			return fmt.Errorf("look for tombstone: %w", err)
		}
	}
	return nil
}

// gatherOwn recognises what we sent ourselves by its sender and, because a
// sender can be rewritten on the way, by its network id.
func (h *Hub) gatherOwn(ctx context.Context, c Channel, _ Entry, in channels.Inbound, f *facts) error {
	own, err := h.ownAddresses(ctx, c.Kind)
	if err != nil {
		return err
	}
	f.own = own[strings.ToLower(in.From.ID)]
	if f.own || in.Object == "" || in.Doing.Act != channels.ActSay {
		return nil
	}
	o, err := h.object(ctx, c.Kind, in.Object)
	f.own = o.ticket != nil && (o.message == nil || o.message.Author.Kind != tickets.ByPerson)
	return err
}

// ownAddresses are the addresses of all channels of a kind, lower case.
func (h *Hub) ownAddresses(ctx context.Context, kind string) (map[string]bool, error) {
	list, err := h.opts.Store.Channels(ctx)
	if err != nil {
		return nil, fmt.Errorf("load channels: %w", err)
	}
	own := map[string]bool{}
	for _, c := range list {
		if a := c.Settings[h.kinds[kind].Address]; c.Kind == kind && a != "" {
			own[strings.ToLower(a)] = true
		}
	}
	return own, nil
}

func (h *Hub) gatherBounced(ctx context.Context, c Channel, _ Entry, in channels.Inbound, f *facts) error {
	if in.Bounce == nil {
		return nil
	}
	var err error
	f.bounced, err = h.ticketByRef(ctx, c.Kind, in.Bounce.Original)
	return err
}

func (h *Hub) gatherThreads(ctx context.Context, c Channel, _ Entry, in channels.Inbound, f *facts) (err error) {
	if f.thread.signed, err = h.ticketByNumber(ctx, in.Thread.Signed); err != nil {
		return err
	}
	if f.thread.subject, err = h.ticketByNumber(ctx, in.Thread.Subject); err != nil {
		return err
	}
	for _, ref := range in.Thread.Refs {
		if f.thread.refs, err = h.ticketByRef(ctx, c.Kind, ref); err != nil || f.thread.refs != nil {
			return err
		}
	}
	return nil
}

// gatherSender finds out who the sender is.
func (h *Hub) gatherSender(ctx context.Context, c Channel, _ Entry, in channels.Inbound, f *facts) (err error) {
	if in.From.ID == "" {
		return nil
	}
	from := channels.Address{Network: c.Kind, ID: in.From.ID}
	if _, f.agent, err = h.agentBehind(ctx, from); err != nil {
		return err
	}
	p, err := h.opts.Records.IdentityOwner(ctx, c.Kind, in.From.ID)
	if ok, err := exists(err); !ok {
		return err
	}
	f.sender, f.blocked = p.ID, p.Blocked
	return nil
}

// gatherMember finds out who the sender is to the tickets concerned.
func (h *Hub) gatherMember(_ context.Context, _ Channel, _ Entry, _ channels.Inbound, f *facts) error {
	f.thread.member = map[int64]bool{}
	if f.sender == 0 {
		return nil
	}
	for _, t := range []*tickets.Ticket{f.thread.signed, f.thread.refs, f.thread.subject, f.chat.current} {
		if t != nil {
			f.thread.member[t.ID] = f.agent || t.RequesterID == f.sender || slices.Contains(t.Followers, f.sender)
		}
	}
	return nil
}

// gatherFlood counts exactly, but only when the journal says that the sender
// has written often enough for it to matter.
func (h *Hub) gatherFlood(ctx context.Context, c Channel, _ Entry, in channels.Inbound, f *facts) error {
	if f.sender == 0 {
		return nil
	}
	since := h.opts.Store.Now(ctx).Add(-time.Hour)
	n, err := h.opts.Store.CountSince(ctx, c.Kind, in.From.ID, since)
	if err != nil {
		return fmt.Errorf("count entries: %w", err)
	}
	if n >= maxOpened {
		if err := h.countOpened(ctx, since, f); err != nil {
			return err
		}
	}
	if n < mostAdded(f.chat.on) {
		return nil
	}
	return h.countAdded(ctx, since, f)
}

func (h *Hub) countOpened(ctx context.Context, since time.Time, f *facts) error {
	list, err := h.opts.Records.OfRequester(ctx, f.sender, maxOpened)
	if err != nil {
		return fmt.Errorf("list tickets of the sender: %w", err)
	}
	for i, t := range list {
		if t.CreatedAt.Before(since) {
			continue
		}
		if f.opened++; f.latest == nil || t.CreatedAt.After(f.latest.CreatedAt) {
			f.latest = &list[i]
		}
	}
	return nil
}

func (h *Hub) countAdded(ctx context.Context, since time.Time, f *facts) error {
	for id := range f.thread.member {
		list, err := h.opts.Records.Messages(ctx, id)
		if err != nil {
			return fmt.Errorf("list messages: %w", err)
		}
		for _, m := range list {
			if m.Author == tickets.AsPerson(f.sender) && m.CreatedAt.After(since) {
				f.added[id]++
			}
		}
	}
	return nil
}

func (h *Hub) ticketByNumber(ctx context.Context, n int64) (*tickets.Ticket, error) {
	if n <= 0 {
		return nil, nil
	}
	t, err := h.opts.Records.TicketByNumber(ctx, n)
	if ok, err := exists(err); !ok {
		return nil, err
	}
	return h.home(ctx, t)
}

func (h *Hub) ticketByRef(ctx context.Context, network, ref string) (*tickets.Ticket, error) {
	o, err := h.object(ctx, network, ref)
	if err != nil || o.ticket == nil {
		return nil, err
	}
	return h.home(ctx, *o.ticket)
}

// home is where what is written to a ticket goes: through merges, and nowhere
// when it was deleted, since nobody would see it there.
func (h *Hub) home(ctx context.Context, t tickets.Ticket) (*tickets.Ticket, error) {
	if t.MergedInto != 0 {
		var err error
		if t, err = h.opts.Tickets.Home(ctx, t.ID); err != nil {
			return nil, fmt.Errorf("find merged ticket: %w", err)
		}
	}
	if !t.DeletedAt.IsZero() {
		return nil, nil
	}
	return &t, nil
}

// object answers what has a network id: a message, or a notice about a ticket.
func (h *Hub) object(ctx context.Context, network, ref string) (o object, err error) {
	if ref == "" {
		return o, nil
	}
	m, err := h.opts.Records.MessageByRef(ctx, network, ref)
	if errors.Is(err, people.ErrMissing) {
		return h.noticed(ctx, network, ref)
	}
	if err != nil {
		return o, err
	}
	t, err := h.opts.Records.Ticket(ctx, m.TicketID)
	return object{message: &m, ticket: &t}, err
}

func (h *Hub) noticed(ctx context.Context, network, ref string) (object, error) {
	t, err := h.opts.Records.TicketByNotice(ctx, network, ref)
	if ok, err := exists(err); !ok {
		return object{}, err
	}
	return object{ticket: &t}, nil
}

func (h *Hub) agentBehind(ctx context.Context, a channels.Address) (people.Agent, bool, error) {
	agent, err := h.opts.People.AgentBehind(ctx, a.Network, a.ID)
	ok, err := exists(err)
	return agent, ok && !agent.Disabled, err
}

// exists tells "there is none" from "could not look".
func exists(err error) (bool, error) {
	if errors.Is(err, people.ErrMissing) {
		return false, nil
	}
	return err == nil, err
}
