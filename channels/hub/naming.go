package hub

import (
	"context"
	"fmt"
	"maps"
)

// named keeps what the network calls a channel. The adapter that found it out
// is not restarted.
func (h *Hub) named(ctx context.Context, id int64, address string) error {
	var was, is int64
	err := h.opts.Store.InTx(ctx, func(ctx context.Context) error {
		c, err := h.opts.Store.Channel(ctx, id)
		if err != nil {
			return err
		}
		was, is = c.Version, c.Version
		if c.Settings[h.kinds[c.Kind].Address] == address {
			return nil
		}
		is, err = h.rename(ctx, c, address)
		return err
	})
	if err != nil {
		return fmt.Errorf("name channel %d: %w", id, err)
	}
	h.adopt(id, was, is)
	return nil
}

// rename gives the address to the channel, and as its name too unless somebody
// chose one.
func (h *Hub) rename(ctx context.Context, c Channel, address string) (version int64, err error) {
	key := h.kinds[c.Kind].Address
	if c.Name == c.Kind || c.Name == c.Settings[key] {
		c.Name = address
	}
	c.Settings = maps.Clone(c.Settings)
	c.Settings[key] = address
	if err := h.opts.Store.UpdateChannel(ctx, c); err != nil {
		return 0, err
	}
	c, err = h.opts.Store.Channel(ctx, c.ID)
	return c.Version, err
}
