package hub

import (
	"context"
	"errors"
	"fmt"

	"okno/channels"
)

// ErrNoMailbox says that no mailbox is connected, so that no letter can leave.
var ErrNoMailbox = errors.New("no mailbox to write from")

// Letter is a mail of the desk about no ticket, to an address that need not be
// anybody's yet.
type Letter struct {
	Key      string // unique: the same key never makes two letters
	Address  string // lower case
	Language string // "" for the desk's own
	Subject  channels.Text
	Body     channels.Text // Markdown
}

// Write puts a letter into the outbox of the first mailbox. It belongs to the
// transaction in ctx. Errors are ErrNoMailbox and those of the store.
func (h *Hub) Write(ctx context.Context, l Letter) error {
	list, err := h.opts.Store.Channels(ctx)
	if err != nil {
		return fmt.Errorf("load channels: %w", err)
	}
	box := Mailbox(list, 0)
	if box == 0 {
		return ErrNoMailbox
	}
	language, now := h.opts.Language(ctx, l.Language), h.opts.Store.Now(ctx)
	to := channels.Address{Network: "email", ID: l.Address}
	err = h.opts.Store.PutDelivery(ctx, Delivery{
		ID: h.opts.Store.NewID(), Key: l.Key, ChannelID: box, Lane: number(box) + ":" + l.Address, RunAt: now,
		Out: channels.Outbound{
			Key: l.Key, Notice: true, To: to, Language: language, Author: h.opts.Desk(ctx), At: now,
			Subject: h.opts.Say(language, l.Subject), Body: h.opts.Say(language, l.Body),
		},
	})
	if err != nil {
		return fmt.Errorf("put letter: %w", err)
	}
	return nil
}
