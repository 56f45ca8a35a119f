package hub

import (
	"context"
	"fmt"

	"okno/channels"
	"okno/channels/dialog"
)

// talkPlace is where the dialog with one person is kept: in a private chat the
// place itself, among others in a group each has one of their own.
func talkPlace(in channels.Inbound) string {
	if in.Place == in.From.ID {
		return in.Place
	}
	return in.Place + "#" + in.From.ID
}

// gatherTalk asks the dialog what it makes of what somebody did in a chat. It
// writes nothing: what the dialog answers is carried out once it was decided
// that the dialog is to answer.
func (h *Hub) gatherTalk(ctx context.Context, c Channel, _ Entry, in channels.Inbound, f *facts) error {
	if !f.chat.on || !forDialog(in, *f) {
		return nil
	}
	d, err := h.opts.Store.Dialog(ctx, c.ID, talkPlace(in))
	if err != nil {
		return fmt.Errorf("load dialog: %w", err)
	}
	w, err := h.world(ctx, c, in, f.sender, d.State.Talk)
	if err != nil {
		return err
	}
	if idle(d.State.Talk, w) {
		return nil
	}
	f.talk = dialog.Step(d.State.Talk, h.turn(ctx, c, in), w, h.opts.Say)
	return nil
}

// idle says that there is nothing to offer and nothing was begun: whatever they
// write is for people.
func idle(s dialog.State, w dialog.World) bool {
	return s.Filling == nil && s.Offer == nil && len(w.Catalog.Types) == 0 && len(w.Asking) == 0 && len(w.Tickets) == 0
}

// forDialog says whether the dialog may take something: not what was seen, kept
// or answers a message of a ticket.
func forDialog(in channels.Inbound, f facts) bool {
	switch {
	case f.seen, f.buried, f.blocked, !in.Ignored.IsZero(), !in.Unreadable.IsZero():
		return false
	case in.Doing.Act == channels.ActSay:
		return !f.chat.album && f.thread.refs == nil && !f.chat.another
	}
	return in.Doing.Act == channels.ActPress || in.Doing.Act == channels.ActReturn
}

// turn is what somebody did, as the dialog knows it.
func (h *Hub) turn(ctx context.Context, c Channel, in channels.Inbound) dialog.Turn {
	t := dialog.Turn{
		Text: in.Text, Files: in.Files, Missing: in.Missing, Album: in.Album, Button: in.Doing.Button,
		Language: h.opts.Language(ctx, in.Language), Now: h.opts.Store.Now(ctx).In(h.opts.Zone),
		Buttons: h.kinds[c.Kind].Buttons,
	}
	if in.Doing.Act == channels.ActReturn {
		t.Text, t.Start = "/menu", in.Doing.Start
	}
	return t
}

// DialogDue is the kind of the timers that wake dialogs in which nobody did
// anything, see dialog.State.Due.
const DialogDue = "dialog:due"

// Wake goes on with a dialog whose time has come; the handler of the timers of
// kind DialogDue. key is that of DialogTimers.
func (h *Hub) Wake(ctx context.Context, key string) error {
	channel, place, from, ok := splitTimerKey(key)
	if !ok {
		return fmt.Errorf("wake dialog: unreadable key %q", key)
	}
	return h.opts.Store.InTx(ctx, func(ctx context.Context) error {
		c, err := h.opts.Store.Channel(ctx, channel)
		if err != nil {
			return fmt.Errorf("load channel: %w", err)
		}
		return h.resume(ctx, c, place, from)
	})
}

func (h *Hub) resume(ctx context.Context, c Channel, place, from string) error {
	in := channels.Inbound{Place: place, From: channels.Address{Network: c.Kind, ID: from}}
	d, err := h.opts.Store.Dialog(ctx, c.ID, talkPlace(in))
	if err != nil {
		return fmt.Errorf("load dialog: %w", err)
	}
	sender, err := h.opts.Records.IdentityOwner(ctx, c.Kind, from)
	if err != nil {
		return fmt.Errorf("find person: %w", err)
	}
	w, err := h.world(ctx, c, in, sender.ID, d.State.Talk)
	if err != nil {
		return err
	}
	turn := h.turn(ctx, c, in)
	turn.Timer = true
	a := arrival{channel: c, in: in, entry: Entry{ID: h.opts.Store.NewID()}}
	_, err = h.carryOn(ctx, a, dialog.Step(d.State.Talk, turn, w, h.opts.Say))
	return err
}
