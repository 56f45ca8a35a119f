package cli

import (
	"context"
	"fmt"
	"maps"

	"okno/channels"
	"okno/channels/hub"
	"okno/tickets/people"
)

// channel makes a channel or brings a known one, found by kind and name, to
// what the file says. Settings the file leaves out stay as they are.
func (p *plan) channel(ctx context.Context, w wantedChannel) error {
	old, err := p.storedChannel(ctx, w)
	if err != nil {
		return err
	}
	fresh, err := p.merged(old, w)
	if err != nil {
		return err
	}
	if old.ID != 0 && same(old, fresh) {
		p.say("channel", w.Name.value, unchanged)
		return nil
	}
	desk := people.Agent{Role: people.Administrator}
	if _, err := p.rooms.Hub.SaveChannel(ctx, desk, fresh); err != nil {
		return err
	}
	became := changed
	if old.ID == 0 {
		became = made
	}
	p.say("channel", w.Name.value, became)
	return nil
}

// storedChannel answers the channel with its secrets, a fresh one when there is
// none yet.
func (p *plan) storedChannel(ctx context.Context, w wantedChannel) (hub.Channel, error) {
	kind := w.Kind.value
	if kind == "" {
		kind = "email"
	}
	list, err := p.rooms.Store.Channels(ctx)
	if err != nil {
		return hub.Channel{}, fmt.Errorf("load channels: %w", err)
	}
	for _, c := range list {
		if c.Kind == kind && c.Name == w.Name.value {
			return c, nil
		}
	}
	return hub.Channel{Connection: channels.Connection{Kind: kind, Name: w.Name.value}}, nil
}

// merged is the stored channel with what the file says on top.
func (p *plan) merged(c hub.Channel, w wantedChannel) (hub.Channel, error) {
	err := p.known(c.Kind, w)
	if err != nil {
		return c, err
	}
	if c.TeamID, err = p.teamID(w.Team); err != nil {
		return c, err
	}
	c.Enabled, c.Acknowledge = w.Enabled == nil || *w.Enabled, w.Acknowledge
	c.Settings = overlaid(c.Settings, w.Settings)
	c.Secrets = overlaid(c.Secrets, w.Secrets)
	return c, nil
}

func overlaid(old map[string]string, fresh map[string]text) map[string]string {
	out := maps.Clone(old)
	if out == nil {
		out = map[string]string{}
	}
	for key, t := range fresh {
		out[key] = t.value
	}
	return out
}

func same(a, b hub.Channel) bool {
	return a.TeamID == b.TeamID && a.Enabled == b.Enabled && a.Acknowledge == b.Acknowledge &&
		maps.Equal(a.Settings, b.Settings) && maps.Equal(a.Secrets, b.Secrets)
}

// known refuses settings the kind does not have.
func (p *plan) known(kind string, w wantedChannel) error {
	types := map[string]channels.FieldType{}
	for _, k := range p.rooms.Hub.Kinds() {
		if k.Name == kind {
			for _, f := range k.Fields {
				types[f.Key] = f.Type
			}
		}
	}
	for key, t := range w.Settings {
		if kind, ok := types[key]; !ok || kind == channels.FieldSecret {
			return fmt.Errorf("line %d: there is no setting %q", t.line, key)
		}
	}
	for key, t := range w.Secrets {
		if types[key] != channels.FieldSecret {
			return fmt.Errorf("line %d: there is no secret %q", t.line, key)
		}
	}
	return nil
}
