package hub

import (
	"context"
	"fmt"
	"strings"

	"okno/channels"
	"okno/tickets"
)

// copyPrefix begins the keys of rows that carry a reply to a follower.
const copyPrefix = "copy:"

// isCopy says that the row carries a reply to a follower, so that the message
// has left even when the copy has not.
func (d Delivery) isCopy() bool { return strings.HasPrefix(d.Key, copyPrefix) }

// copy puts a row into the outbox for every follower whom a reply does not reach
// as one of the addressees of the mail: a chat has one reader, and some follow
// by another network than the requester's.
func (h *Hub) copy(ctx context.Context, d Delivery, m tickets.Message) error {
	t, err := h.origin(ctx, m)
	if err != nil {
		return fmt.Errorf("load ticket: %w", err)
	}
	for _, follower := range t.Followers {
		w, why, err := h.wayTo(ctx, follower, t, false)
		if err != nil {
			return err
		}
		if !why.IsZero() || h.addressee(w, d.Out.To) {
			continue
		}
		if err := h.putCopy(ctx, d, m, t, w); err != nil {
			return err
		}
	}
	return nil
}

// addressee says that whoever is reached this way gets the mail itself.
func (h *Hub) addressee(w way, to channels.Address) bool {
	return w.channel.Kind == to.Network && (!h.kinds[w.channel.Kind].Chat || w.to.ID == to.ID)
}

func (h *Hub) putCopy(ctx context.Context, d Delivery, m tickets.Message, t tickets.Ticket, w way) error {
	out, err := h.outbound(ctx, m, t, w)
	if err != nil {
		return err
	}
	out.Key, out.CC = copyPrefix+number(m.ID)+":"+number(w.person.ID), nil
	if h.kinds[w.channel.Kind].Chat {
		out.InReplyTo = "" // it stands in the requester's chat
	}
	d.ID, d.Key, d.ChannelID, d.Lane, d.Out = h.opts.Store.NewID(), out.Key, w.channel.ID, w.lane(), out
	if err := h.opts.Store.PutDelivery(ctx, d); err != nil {
		return fmt.Errorf("put copy: %w", err)
	}
	return nil
}
