package hub

import (
	"context"
	"fmt"
	"maps"

	"okno/channels"
)

// opened is an adapter with the settings it was made from.
type opened struct {
	version int64
	adapter channels.Adapter
}

// adapter answers the channel and an adapter with its present settings. Opening
// does not connect, so that every process can decode and send, whichever of
// them receives.
func (h *Hub) adapter(ctx context.Context, id int64) (Channel, channels.Adapter, error) {
	c, err := h.opts.Store.Channel(ctx, id)
	if err != nil {
		return c, nil, fmt.Errorf("load channel %d: %w", id, err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if o := h.opened[id]; o != nil && o.version == c.Version {
		return c, o.adapter, nil
	}
	a, err := h.open(c)
	if err != nil {
		return c, nil, err
	}
	h.opened[id] = &opened{version: c.Version, adapter: a}
	return c, a, nil
}

func (h *Hub) open(c Channel) (channels.Adapter, error) {
	k, ok := h.kinds[c.Kind]
	if !ok {
		return nil, fmt.Errorf("open channel %d: no kind %q", c.ID, c.Kind)
	}
	a, err := k.Open(c.Connection, h.deps(c.Connection))
	if err != nil {
		return nil, fmt.Errorf("open channel %d: %w", c.ID, err)
	}
	return a, nil
}

func (h *Hub) deps(c channels.Connection) channels.Deps {
	return channels.Deps{
		Files: h.opts.Files, Signer: h.opts.Signer, Clock: h.opts.Clock,
		IsAgent:    h.isAgent,
		SaveSecret: h.saveSecret,
		Progress:   h.opts.Store.PutProgress,
		Named:      h.named,
		HookURL:    h.opts.HookURL,
		Logger:     h.opts.Logger.With("channel", c.ID, "kind", c.Kind),
	}
}

func (h *Hub) isAgent(ctx context.Context, a channels.Address) (bool, error) {
	_, ok, err := h.agentBehind(ctx, a)
	return ok, err
}

// saveSecret keeps a renewed token. The adapter that renewed it has it already,
// so the change must not restart it.
func (h *Hub) saveSecret(ctx context.Context, id int64, key, value string) error {
	var was, is int64
	err := h.opts.Store.InTx(ctx, func(ctx context.Context) error {
		c, err := h.opts.Store.Channel(ctx, id)
		if err != nil {
			return err
		}
		was = c.Version
		is, err = h.putSecrets(ctx, c, map[string]string{key: value})
		return err
	})
	if err != nil {
		return fmt.Errorf("save secret of channel %d: %w", id, err)
	}
	h.adopt(id, was, is)
	return nil
}

func (h *Hub) putSecrets(ctx context.Context, c Channel, fresh map[string]string) (version int64, err error) {
	secrets := map[string]string{}
	maps.Copy(secrets, c.Secrets)
	maps.Copy(secrets, fresh)
	c.Secrets = secrets
	if err := h.opts.Store.UpdateChannel(ctx, c); err != nil {
		return 0, err
	}
	c, err = h.opts.Store.Channel(ctx, c.ID)
	return c.Version, err
}

// adopt lets adapters that had the settings before a change count as having the
// settings after it.
func (h *Hub) adopt(id, was, is int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if o := h.opened[id]; o != nil && o.version == was {
		o.version = is
	}
	if r := h.running[id]; r != nil && r.version == was {
		r.version = is
	}
}
