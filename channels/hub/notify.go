package hub

import (
	"context"
	"encoding/json"
	"fmt"

	"okno/tickets"
)

// Notify tells people what happened: the follower "notify" of the event log.
// Rows it puts into the outbox belong to the transaction in ctx, which moves
// the follower's cursor too.
func (h *Hub) Notify(ctx context.Context, events []tickets.Event) error {
	for _, e := range events {
		if err := h.notify(ctx, e); err != nil {
			return fmt.Errorf("notify of event %d: %w", e.Pos, err)
		}
	}
	return nil
}

func (h *Hub) notify(ctx context.Context, e tickets.Event) error {
	switch e.Type {
	case tickets.MessageAdded:
		return h.notifyAdded(ctx, e)
	case tickets.TicketCreated, tickets.StatusChanged, tickets.AssigneeChanged,
		tickets.TicketMerged, tickets.TicketUnmerged, tickets.TicketSplit, tickets.TicketUnsplit:
		return h.notifyChanged(ctx, e)
	case tickets.ApprovalAsked, tickets.ApprovalReminded:
		return h.notifyApproval(ctx, e)
	}
	return nil
}

// notifyChanged tells the requester by the channel the ticket came in by.
func (h *Hub) notifyChanged(ctx context.Context, e tickets.Event) error {
	t, err := h.opts.Records.Ticket(ctx, e.TicketID)
	if ok, err := exists(err); !ok || t.ChannelID == 0 {
		return err // a ticket that was removed for good has nobody to tell
	}
	c, err := h.opts.Store.Channel(ctx, t.ChannelID)
	if err != nil {
		return fmt.Errorf("load channel: %w", err)
	}
	switch {
	case h.kinds[c.Kind].Chat:
		return h.tell(ctx, t, e)
	case e.Type == tickets.TicketCreated:
		return h.acknowledge(ctx, c, t, e)
	}
	return nil
}

func (h *Hub) notifyAdded(ctx context.Context, e tickets.Event) error {
	var d tickets.MessageData
	if err := json.Unmarshal(e.Data, &d); err != nil {
		return fmt.Errorf("read event: %w", err)
	}
	if e.Actor.Kind == tickets.ByPerson || d.Kind != tickets.Reply {
		return nil
	}
	return h.plan(ctx, d.MessageID)
}
