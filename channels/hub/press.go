package hub

import (
	"context"
	"fmt"
	"time"

	"okno/channels"
)

// The buttons of the desk. They say what they do, not to which message they
// belong, so that one under an old message works like one under a new.
const (
	buttonAnother = "another" // the next message opens a ticket
	buttonStay    = "stay"    // it goes where it would by itself
)

// pressed answers a press and remembers what was wished for.
func (h *Hub) pressed(ctx context.Context, a arrival, d decision) error {
	sender, err := h.sender(ctx, a, a.in.From)
	if err != nil {
		return err
	}
	r := responseTo(a.in.Doing.Button, d)
	if r.remembers {
		if err := h.wish(ctx, a, r.another); err != nil {
			return err
		}
	}
	return h.answer(ctx, a, sender, "press:"+number(a.entry.ID), r)
}

// response is what the desk answers to something done in a chat.
type response struct {
	text      channels.Text
	ticket    int64    // id; 0: the answer is about none
	buttons   []string // under the answer
	remembers bool     // another is to be kept
	another   bool     // the next message opens a ticket
}

// responseTo decides what a press brings about.
func responseTo(button string, d decision) response {
	if button != buttonAnother && button != buttonStay {
		return response{text: say("hub.press.unknown")}
	}
	if d.ticket == nil {
		return response{text: say("hub.press.none"), remembers: true}
	}
	r := response{text: say("hub.press.stay", "ticket", number(d.ticket.Number)), ticket: d.ticket.ID, remembers: true}
	if button == buttonAnother {
		r.text, r.another, r.buttons = say("hub.press.another", "ticket", number(d.ticket.Number)), true, []string{buttonStay}
	}
	return r
}

// wish remembers whether the next message of a chat opens a ticket.
func (h *Hub) wish(ctx context.Context, a arrival, another bool) error {
	d, err := h.opts.Store.Dialog(ctx, a.channel.ID, a.in.Place)
	if err != nil {
		return fmt.Errorf("load dialog: %w", err)
	}
	if d.State.Another.IsZero() && !another {
		return nil
	}
	if d.State.Another = (time.Time{}); another {
		d.State.Another = h.opts.Store.Now(ctx)
	}
	return h.keepDialog(ctx, d)
}

func (h *Hub) keepDialog(ctx context.Context, d Dialog) error {
	if err := h.opts.Store.PutDialog(ctx, d); err != nil {
		return fmt.Errorf("keep dialog: %w", err)
	}
	return nil
}
