package hub

import (
	"context"
	"fmt"

	"okno/channels"
	"okno/tickets/people"
)

// answer says something back to whoever did something in a chat.
func (h *Hub) answer(ctx context.Context, a arrival, to people.Person, key string, r response) error {
	n := note{key: key, text: r.text, buttons: r.buttons}
	if r.ticket != 0 {
		t, err := h.opts.Records.Ticket(ctx, r.ticket)
		if err != nil {
			return fmt.Errorf("load ticket: %w", err)
		}
		n.ticket = t
	}
	return h.put(ctx, way{
		channel: a.channel, person: to, place: a.in.Place,
		to: channels.Address{Network: a.channel.Kind, ID: a.in.From.ID, Name: to.Name},
	}, n)
}
