package hub

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"strconv"
	"strings"

	"okno/channels"
	"okno/tickets/people"
)

// Channels answers every channel by name. Secrets are blanked: a key with an
// empty value is one that is set.
func (h *Hub) Channels(ctx context.Context) ([]Channel, error) {
	list, err := h.opts.Store.Channels(ctx)
	for i := range list {
		list[i] = blanked(list[i])
	}
	return list, err
}

// Channel answers one channel for an administrator, secrets blanked.
func (h *Hub) Channel(ctx context.Context, by people.Agent, id int64) (Channel, error) {
	if err := administrator(by); err != nil {
		return Channel{}, err
	}
	c, err := h.opts.Store.Channel(ctx, id)
	return blanked(c), found(err)
}

// SaveChannel makes (ID 0) or changes a channel and answers it as stored.
// Secrets left empty keep their value. Faulty settings are answered as Faults,
// all at once. A channel is taken out of use with Enabled, never deleted: its
// tickets name it.
func (h *Hub) SaveChannel(ctx context.Context, by people.Agent, c Channel) (Channel, error) {
	if err := administrator(by); err != nil {
		return c, err
	}
	err := h.opts.Store.InTx(ctx, func(ctx context.Context) (err error) {
		c, err = h.saved(ctx, c)
		return err
	})
	if err == nil {
		h.poke()
	}
	return blanked(c), err
}

func (h *Hub) saved(ctx context.Context, c Channel) (Channel, error) {
	c, err := h.merged(ctx, c)
	if err != nil {
		return c, err
	}
	if err := h.validate(ctx, c); err != nil {
		return c, err
	}
	if c.ID != 0 {
		err = h.opts.Store.UpdateChannel(ctx, c)
	} else {
		c.ID, c.CreatedAt = h.opts.Store.NewID(), h.opts.Store.Now(ctx)
		err = h.opts.Store.InsertChannel(ctx, c)
	}
	if err != nil {
		return c, fmt.Errorf("save channel: %w", err)
	}
	return h.opts.Store.Channel(ctx, c.ID)
}

// merged completes what a form sent with what is stored and with the defaults
// of the kind, and forgets settings the kind does not know.
func (h *Hub) merged(ctx context.Context, c Channel) (Channel, error) {
	var old Channel
	if c.ID != 0 {
		var err error
		if old, err = h.opts.Store.Channel(ctx, c.ID); err != nil {
			return c, found(err)
		}
		c.Kind, c.CreatedAt = old.Kind, old.CreatedAt
	}
	k, ok := h.kinds[c.Kind]
	if !ok {
		return c, Faults{"kind": say("hub.fault.kind")}
	}
	c.Settings, c.Secrets = settled(k, c.Connection), secretsOf(old, c)
	c.Name = cmp.Or(strings.TrimSpace(c.Name), c.Settings[k.Address], k.Name)
	return c, nil
}

func settled(k channels.Kind, c channels.Connection) map[string]string {
	out := map[string]string{}
	for _, f := range k.Fields {
		v := strings.TrimSpace(c.Settings[f.Key])
		if f.Type == channels.FieldSecret {
			continue
		}
		if _, given := c.Settings[f.Key]; !given {
			v = f.Default
		}
		out[f.Key] = v
	}
	return out
}

// secretsOf keeps every stored secret that the form left empty, also those that
// are no field, such as tokens a sign-in brought.
func secretsOf(old, c Channel) map[string]string {
	out := map[string]string{}
	maps.Copy(out, old.Secrets)
	for key, value := range c.Secrets {
		if value != "" {
			out[key] = value
		}
	}
	return out
}

// validate answers Faults, or nil.
func (h *Hub) validate(ctx context.Context, c Channel) error {
	k := h.kinds[c.Kind]
	faults := Faults{}
	for _, f := range k.Fields {
		if t := fieldFault(f, c.Connection); !t.IsZero() && shown(f, c.Settings) {
			faults[f.Key] = t
		}
	}
	if k.Validate != nil {
		maps.Copy(faults, k.Validate(c.Connection))
	}
	if err := h.addressFault(ctx, k, c, faults); err != nil {
		return err
	}
	if len(faults) > 0 {
		return faults
	}
	return nil
}

func fieldFault(f channels.Field, c channels.Connection) channels.Text {
	v := c.Settings[f.Key]
	if f.Type == channels.FieldSecret {
		v = c.Secrets[f.Key]
	}
	if v == "" && f.Required {
		return say("hub.fault.required")
	}
	if _, err := strconv.Atoi(v); v != "" && f.Type == channels.FieldNumber && err != nil {
		return say("hub.fault.number")
	}
	return channels.Text{}
}

func shown(f channels.Field, settings map[string]string) bool {
	key, value, ok := strings.Cut(f.ShowIf, "=")
	return !ok || settings[key] == value
}

// addressFault refuses a second channel with the same address: both would read
// the same messages.
func (h *Hub) addressFault(ctx context.Context, k channels.Kind, c Channel, faults Faults) error {
	list, err := h.opts.Store.Channels(ctx)
	if err != nil {
		return fmt.Errorf("load channels: %w", err)
	}
	own := c.Settings[k.Address]
	for _, o := range list {
		if own != "" && o.ID != c.ID && o.Kind == c.Kind && strings.EqualFold(o.Settings[k.Address], own) {
			faults[k.Address] = say("hub.fault.taken", "name", o.Name)
		}
	}
	return nil
}

func blanked(c Channel) Channel {
	secrets := map[string]string{}
	for key, value := range c.Secrets {
		if value != "" {
			secrets[key] = ""
		}
	}
	c.Secrets = secrets
	return c
}
