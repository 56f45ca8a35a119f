package hub

import (
	"context"
	"fmt"
	"time"

	"okno/channels"
	"okno/tickets"
)

// greetsAgain is how long a greeting holds: pressing Start twice makes one.
const greetsAgain = 24 * time.Hour

// reached notes that somebody can be reached on a channel, or why they cannot.
// In a chat their open tickets tell it, so that no agent waits for an answer in
// vain.
func (h *Hub) reached(ctx context.Context, c Channel, address string, why channels.Text) error {
	news, err := h.mark(ctx, c.Kind, address, why.Key)
	if err != nil || !news || !h.kinds[c.Kind].Chat {
		return err
	}
	p, err := h.opts.Records.IdentityOwner(ctx, c.Kind, address)
	if err != nil {
		return fmt.Errorf("find person: %w", err)
	}
	list, err := h.opts.Records.OfRequester(ctx, p.ID, recentTickets)
	if err != nil {
		return fmt.Errorf("list tickets of the person: %w", err)
	}
	d := tickets.ReachData{PersonID: p.ID, Network: c.Kind, Why: sentence(why)}
	for _, t := range list {
		if t.ChannelID != c.ID || !t.Category.Active() || t.Gone() {
			continue
		}
		if err := h.opts.Tickets.Reach(ctx, t.ID, d); err != nil {
			return fmt.Errorf("tell ticket %d: %w", t.ID, err)
		}
	}
	return nil
}

// left notes that somebody takes no messages any more.
func (h *Hub) left(ctx context.Context, a arrival) error {
	return h.reached(ctx, a.channel, a.in.From.ID, say("hub.why.left"))
}

// welcome greets somebody and shows what there is to ask for.
func (h *Hub) welcome(ctx context.Context, a arrival, d decision) error {
	if err := h.returned(ctx, a); err != nil || !d.talk.Taken {
		return err
	}
	_, err := h.carryOn(ctx, a, d.talk)
	return err
}

// returned greets somebody who comes for the first time, or comes back.
func (h *Hub) returned(ctx context.Context, a arrival) error {
	sender, err := h.sender(ctx, a, a.in.From)
	if err != nil {
		return err
	}
	d, err := h.opts.Store.Dialog(ctx, a.channel.ID, a.in.Place)
	if err != nil {
		return fmt.Errorf("load dialog: %w", err)
	}
	now := h.opts.Store.Now(ctx)
	if !d.State.Greeted.IsZero() && now.Sub(d.State.Greeted) < greetsAgain {
		return nil
	}
	d.State.Greeted = now
	if err := h.keepDialog(ctx, d); err != nil {
		return err
	}
	text := say("hub.greeting", "desk", h.opts.Desk(ctx))
	return h.answer(ctx, a, sender, "greeting:"+number(a.entry.ID), response{text: text})
}
