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
	case tickets.TicketCreated:
		return h.acknowledge(ctx, e)
	}
	return nil
}

func (h *Hub) notifyAdded(ctx context.Context, e tickets.Event) error {
	var d tickets.MessageData
	if err := json.Unmarshal(e.Data, &d); err != nil {
		return fmt.Errorf("read event: %w", err)
	}
	if e.Actor.Kind != tickets.ByAgent || d.Kind != tickets.Reply {
		return nil
	}
	return h.plan(ctx, d.MessageID)
}
