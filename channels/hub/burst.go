package hub

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"okno/channels"
	"okno/tickets/people"
)

// noticePrefix begins the keys of rows that tell what became of a ticket.
const noticePrefix = "notice:"

// WaitingStore changes what has not begun to leave.
type WaitingStore interface {
	// WaitingDelivery answers the last row of a lane, or ErrMissing when there is
	// none or somebody tries to send it.
	WaitingDelivery(ctx context.Context, lane string) (Delivery, error)
	// Reword changes what a row says; false when it is on its way.
	Reword(ctx context.Context, id int64, out channels.Outbound) (bool, error)
}

// join adds news of a ticket to those that wait to be told, so that a burst of
// changes rings a phone once; false when nothing waits that it could join.
func (h *Hub) join(ctx context.Context, w way, n note, out channels.Outbound) (bool, error) {
	d, err := h.opts.Store.WaitingDelivery(ctx, w.lane())
	if errors.Is(err, people.ErrMissing) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("load waiting notice: %w", err)
	}
	if d.TicketID != n.ticket.ID || d.MessageID != 0 || d.Attempts > 0 || !strings.HasPrefix(d.Key, noticePrefix) {
		return false, nil
	}
	d.Out.Body += "\n\n" + out.Body
	d.Out.Buttons = append(d.Out.Buttons, out.Buttons...)
	joined, err := h.opts.Store.Reword(ctx, d.ID, d.Out)
	if err != nil {
		return false, fmt.Errorf("join notice: %w", err)
	}
	return joined, nil
}
