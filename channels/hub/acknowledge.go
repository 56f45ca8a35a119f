package hub

import (
	"context"
	"fmt"

	"okno/tickets"
)

// acknowledge tells a requester by mail the number of the ticket they opened,
// where the channel asks for it. Mail hears of nothing else.
func (h *Hub) acknowledge(ctx context.Context, c Channel, t tickets.Ticket, e tickets.Event) error {
	if e.Actor.Kind != tickets.ByPerson || !c.Acknowledge || t.Spam {
		return nil
	}
	list, err := h.opts.Records.Messages(ctx, t.ID)
	if err != nil {
		return fmt.Errorf("list messages: %w", err)
	}
	if len(list) == 0 || list[0].Auto != "" {
		return nil // no person is there to be told
	}
	w, why, err := h.way(ctx, t, false)
	if err != nil || !why.IsZero() || w.channel.ID != t.ChannelID || noReply(w.to.ID) {
		return err
	}
	form, err := h.suggest(ctx, t, list[0], e, h.opts.Language(ctx, w.person.Language))
	if err != nil {
		return err
	}
	return h.putAcknowledgement(ctx, w, t, form)
}

// putAcknowledgement puts it into the outbox, with the form it offers.
func (h *Hub) putAcknowledgement(ctx context.Context, w way, t tickets.Ticket, form suggestion) error {
	key := "hub.acknowledge.body"
	if form.link != "" {
		key = "hub.acknowledge.form"
	}
	n := note{
		key: "acknowledge:" + number(t.ID), ticket: t,
		text: say(key, "ticket", number(t.Number), "subject", t.Subject, "desk", h.opts.Desk(ctx), "form", form.name, "link", form.link),
	}
	var err error
	if n.inReplyTo, n.references, err = h.references(ctx, w.channel.Kind, tickets.Message{TicketID: t.ID}); err != nil {
		return err
	}
	return h.put(ctx, w, n)
}
