package hub

import (
	"context"
	"fmt"
	"slices"

	"okno/tickets"
)

// quoted answers the message of the person that a reply in their chat shows
// above itself: their last, unless nothing stands between it and the reply. A
// chat where every message quotes another is hard to read.
func (h *Hub) quoted(ctx context.Context, m tickets.Message, t tickets.Ticket, w way) (string, error) {
	if w.channel.ID != t.ChannelID {
		return "", nil
	}
	refs, err := h.opts.Records.Refs(ctx, w.channel.Kind, t.ID)
	if err != nil {
		return "", fmt.Errorf("list references: %w", err)
	}
	refs = slices.DeleteFunc(refs, func(r tickets.Ref) bool { return r.MessageID == m.ID })
	last := lastIncoming(refs)
	if last < 0 {
		return "", nil
	}
	between := last < len(refs)-1
	if !between {
		between, err = h.interrupted(ctx, refs[last].MessageID, t, w)
	}
	if err != nil || !between {
		return "", err
	}
	return refs[last].ID, nil
}

func lastIncoming(refs []tickets.Ref) int {
	for i := range slices.Backward(refs) {
		if refs[i].Incoming {
			return i
		}
	}
	return -1
}

// interrupted says that another ticket of the chat was talked about since.
func (h *Hub) interrupted(ctx context.Context, message int64, t tickets.Ticket, w way) (bool, error) {
	m, err := h.opts.Records.Message(ctx, message)
	if err != nil {
		return false, fmt.Errorf("load message: %w", err)
	}
	list, err := h.inPlace(ctx, w.channel, w.place, t.RequesterID)
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(list, func(o tickets.Ticket) bool {
		return o.ID != t.ID && o.LastPublicAt.After(m.CreatedAt)
	}), nil
}
