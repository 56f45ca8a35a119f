package hub

import (
	"context"
	"fmt"
	"time"

	"okno/channels"
	"okno/tickets"
)

// acknowledge tells a requester the number of the ticket they opened, where the
// channel asks for it.
func (h *Hub) acknowledge(ctx context.Context, e tickets.Event) error {
	if e.Actor.Kind != tickets.ByPerson {
		return nil
	}
	t, err := h.opts.Records.Ticket(ctx, e.TicketID)
	if err != nil {
		return fmt.Errorf("load ticket: %w", err)
	}
	ok, err := h.acknowledges(ctx, t)
	if err != nil || !ok {
		return err
	}
	w, why, err := h.way(ctx, t, false)
	if err != nil || !why.IsZero() || w.channel.ID != t.ChannelID || noReply(w.to.ID) {
		return err
	}
	return h.putNotice(ctx, t, w)
}

// acknowledges says whether the channel tells numbers and a person is there to
// be told.
func (h *Hub) acknowledges(ctx context.Context, t tickets.Ticket) (bool, error) {
	if t.ChannelID == 0 || t.Spam {
		return false, nil
	}
	c, err := h.opts.Store.Channel(ctx, t.ChannelID)
	if err != nil || !c.Acknowledge {
		return false, err
	}
	list, err := h.opts.Records.Messages(ctx, t.ID)
	if err != nil {
		return false, fmt.Errorf("list messages: %w", err)
	}
	return len(list) > 0 && list[0].Auto == "", nil
}

// putNotice puts the acknowledgement into the outbox unless the address got a
// notice within the hour: two desks answering each other end here.
func (h *Hub) putNotice(ctx context.Context, t tickets.Ticket, w way) error {
	now := h.opts.Store.Now(ctx)
	last, err := h.opts.Store.LastNotice(ctx, w.to.Network, w.to.ID)
	if err != nil {
		return fmt.Errorf("look up last notice: %w", err)
	}
	if !last.IsZero() && now.Sub(last) < time.Hour {
		return nil
	}
	out := h.notice(ctx, t, w, now)
	if out.InReplyTo, out.References, err = h.references(ctx, w.channel.Kind, tickets.Message{TicketID: t.ID}); err != nil {
		return err
	}
	return h.opts.Store.PutDelivery(ctx, Delivery{
		ID: h.opts.Store.NewID(), Key: out.Key, ChannelID: w.channel.ID, Lane: w.lane(),
		TicketID: t.ID, Out: out, RunAt: now,
	})
}

func (h *Hub) notice(ctx context.Context, t tickets.Ticket, w way, now time.Time) channels.Outbound {
	desk := h.opts.Desk(ctx)
	text := say("hub.acknowledge.body", "ticket", number(t.Number), "subject", t.Subject, "desk", desk)
	return channels.Outbound{
		Key: "acknowledge:" + number(t.ID), Notice: true, To: w.to, Place: w.place, Ticket: t.Number,
		Subject: t.Subject, Body: h.opts.Say(w.person.Language, text),
		Author: desk, Language: w.person.Language, At: now,
	}
}
