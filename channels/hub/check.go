package hub

import (
	"context"
	"fmt"

	"okno/channels"
	"okno/tickets"
	"okno/tickets/people"
)

// Check tries settings, stored or not, and reports each step as it ends.
// Secrets left empty are taken from the stored channel.
func (h *Hub) Check(ctx context.Context, by people.Agent, c Channel, report func(channels.Step)) error {
	k, c, err := h.tried(ctx, by, c)
	if err != nil {
		return err
	}
	if err := h.validate(ctx, c); err != nil {
		return err
	}
	k.Check(ctx, c.Connection, h.deps(c.Connection), report)
	return nil
}

// BeginSignIn starts an OAuth 2 grant for a channel, stored or not.
func (h *Hub) BeginSignIn(ctx context.Context, by people.Agent, c Channel, redirect string) (channels.Prompt, error) {
	k, c, err := h.tried(ctx, by, c)
	if err != nil {
		return channels.Prompt{}, err
	}
	if k.SignIn == nil {
		return channels.Prompt{}, tickets.NewError(tickets.Invalid, "", "hub.fault.nosignin")
	}
	return k.SignIn.Begin(ctx, c.Connection, redirect)
}

// FinishSignIn waits for the grant and answers the secrets it brought, to be
// saved with the channel; those of a stored channel are saved here.
func (h *Hub) FinishSignIn(ctx context.Context, by people.Agent, c Channel, p channels.Prompt, code string) (map[string]string, error) {
	k, c, err := h.tried(ctx, by, c)
	if err != nil {
		return nil, err
	}
	if k.SignIn == nil {
		return nil, tickets.NewError(tickets.Invalid, "", "hub.fault.nosignin")
	}
	secrets, err := k.SignIn.Finish(ctx, c.Connection, p, code)
	if err != nil || c.ID == 0 {
		return secrets, err
	}
	return secrets, h.saveGrant(ctx, c.ID, secrets)
}

func (h *Hub) saveGrant(ctx context.Context, id int64, secrets map[string]string) error {
	defer h.poke()
	err := h.opts.Store.InTx(ctx, func(ctx context.Context) error {
		c, err := h.opts.Store.Channel(ctx, id)
		if err != nil {
			return err
		}
		_, err = h.putSecrets(ctx, c, secrets)
		return err
	})
	if err != nil {
		return fmt.Errorf("save grant of channel %d: %w", id, err)
	}
	return nil
}

func (h *Hub) tried(ctx context.Context, by people.Agent, c Channel) (channels.Kind, Channel, error) {
	if err := administrator(by); err != nil {
		return channels.Kind{}, c, err
	}
	c, err := h.merged(ctx, c)
	return h.kinds[c.Kind], c, err
}
