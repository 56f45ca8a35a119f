package hub

import (
	"context"
	"fmt"

	"okno/channels"
	"okno/tickets"
)

// recentTickets is how many tickets of a person are looked through for the one
// their chat is about.
const recentTickets = 50

// gatherObject finds what was done to what, and the message that has the first
// files of an album.
func (h *Hub) gatherObject(ctx context.Context, c Channel, _ Entry, in channels.Inbound, f *facts) (err error) {
	if in.Doing.Act == channels.ActSay && in.Album != "" {
		f.of, err = h.object(ctx, albums(c.Kind), albumRef(in))
		f.chat.album = f.of.message != nil && f.of.message.Author == tickets.AsPerson(f.sender)
		return err
	}
	f.of, err = h.object(ctx, c.Kind, in.Doing.Of)
	return err
}

// albums is the network under whose name the albums of a network are kept among
// the ids of messages.
func albums(network string) string { return network + ".album" }

func albumRef(in channels.Inbound) string { return in.Place + ":" + in.Album }

func (h *Hub) gatherChat(ctx context.Context, c Channel, _ Entry, in channels.Inbound, f *facts) error {
	if f.chat.on = h.kinds[c.Kind].Chat; !f.chat.on || f.sender == 0 {
		return nil
	}
	d, err := h.opts.Store.Dialog(ctx, c.ID, in.Place)
	if err != nil {
		return fmt.Errorf("load dialog: %w", err)
	}
	list, err := h.inPlace(ctx, c, in.Place, f.sender)
	if err != nil {
		return err
	}
	now := h.opts.Store.Now(ctx)
	f.chat.another, f.chat.current = d.State.another(now), currentOf(list, now)
	return nil
}

// inPlace answers a person's tickets of one chat, the latest first. Those that
// were merged show where they went.
func (h *Hub) inPlace(ctx context.Context, c Channel, place string, person int64) ([]tickets.Ticket, error) {
	all, err := h.opts.Store.ChatTickets(ctx, person, c.ID, place, recentTickets)
	if err != nil {
		return nil, fmt.Errorf("list tickets of the chat: %w", err)
	}
	var here []tickets.Ticket
	for _, t := range all {
		home, err := h.home(ctx, t)
		if err != nil {
			return nil, err
		}
		if home != nil {
			here = append(here, *home)
		}
	}
	return here, nil
}
