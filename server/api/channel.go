package api

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"okno/channels"
	"okno/channels/hub"
	"okno/tickets/people"
)

// Channel is a configured connection. Its secrets are never shown.
type Channel struct {
	ID          string            `json:"id" example:"7260152823510001"`
	Kind        string            `json:"kind" example:"email"`
	Name        string            `json:"name" example:"help@example.org"`
	Enabled     bool              `json:"enabled"`
	Acknowledge bool              `json:"acknowledge" doc:"Requesters are told the number of their ticket."`
	Team        string            `json:"team,omitempty" doc:"Id of the team that gets what comes in."`
	Settings    map[string]string `json:"settings" doc:"By key; GET /channel-kinds describes them."`
	SecretsSet  []string          `json:"secrets_set" nullable:"false" doc:"Keys of the secrets that are set." example:"[\"imap_password\"]"`
	State       ChannelState      `json:"state"`
	CreatedAt   time.Time         `json:"created_at"`
}

// ChannelState is how a channel is doing.
type ChannelState struct {
	OK     bool       `json:"ok"`
	Reason string     `json:"reason,omitempty" doc:"What is wrong, in words."`
	Since  *time.Time `json:"since,omitempty"`
}

// ChannelKind is a sort of channels.
type ChannelKind struct {
	Kind   string           `json:"kind" example:"email"`
	Fields []ChannelSetting `json:"fields" nullable:"false"`
}

// ChannelSetting is one setting of a sort of channels.
type ChannelSetting struct {
	Key      string   `json:"key" example:"imap_host"`
	Type     string   `json:"type" doc:"secret ones go into secrets, all others into settings." example:"text"`
	Required bool     `json:"required"`
	Options  []string `json:"options,omitempty" nullable:"false"`
	Default  string   `json:"default,omitempty"`
}

// ChannelChange is what can be set of a channel; what is missing stays.
type ChannelChange struct {
	Name        *string           `json:"name,omitempty" maxLength:"100"`
	Enabled     *bool             `json:"enabled,omitempty"`
	Acknowledge *bool             `json:"acknowledge,omitempty"`
	Team        Clearable         `json:"team" required:"false" doc:"Id or name of a team; null for none."`
	Settings    map[string]string `json:"settings,omitempty" doc:"Those that change."`
	Secrets     map[string]string `json:"secrets,omitempty" doc:"Those that change."`
}

type newChannelIn struct {
	Body struct {
		Kind string `json:"kind" minLength:"1" maxLength:"40" example:"email"`
		ChannelChange
	}
}

// OfChannel names a channel in an address.
type OfChannel struct {
	ID string `path:"id" doc:"Id of the channel." example:"7260152823510001"`
}

type channelChangeIn struct {
	OfChannel
	Body ChannelChange
}

type channelOut struct {
	Location string `header:"Location"`
	Body     Channel
}

func (a *API) addChannels() {
	p := func(method, path, id, summary string) route {
		return route{method: method, path: path, id: id, tag: "Channels", scope: people.ScopeAdmin, summary: summary}
	}
	add(a, p(http.MethodGet, "/channels", "listChannels", "List channels"), a.listChannels)
	fresh := p(http.MethodPost, "/channels", "addChannel", "Connect a channel")
	fresh.status = http.StatusCreated
	fresh.text = "It begins to receive at once unless `enabled` is false."
	add(a, fresh, a.addChannel)
	add(a, p(http.MethodGet, "/channels/{id}", "getChannel", "Read a channel"), a.getChannel)
	change := p(http.MethodPatch, "/channels/{id}", "changeChannel", "Change a channel")
	change.text = "A channel is taken out of use with `enabled`, never deleted: its tickets name it."
	add(a, change, a.changeChannel)
	add(a, p(http.MethodGet, "/channel-kinds", "listChannelKinds", "List the sorts of channels and their settings"), a.listChannelKinds)
	ledger := p(http.MethodGet, "/ledger", "listLedger", "Read the ledger")
	ledger.text = "Everything that came in by any channel and what became of it, the latest first."
	add(a, ledger, a.listLedger)
}

func (a *API) listChannels(ctx context.Context, by caller, _ *struct{}) (*list[Channel], error) {
	all, err := a.Hub.Channels(ctx)
	t := a.Locale.T(by.lang)
	out := make([]Channel, len(all))
	for i, c := range all {
		out[i] = channel(t, c)
	}
	return listOf(out, ""), err
}

func channel(t translator, c hub.Channel) Channel {
	out := Channel{
		ID: id(c.ID), Kind: c.Kind, Name: c.Name, Enabled: c.Enabled, Acknowledge: c.Acknowledge, Settings: c.Settings,
		SecretsSet: filled(slices.Sorted(maps.Keys(c.Secrets))), CreatedAt: c.CreatedAt,
		State: ChannelState{OK: c.State.OK, Since: moment(c.StateAt)},
	}
	if c.TeamID != 0 {
		out.Team = id(c.TeamID)
	}
	if c.State.Reason.Key != "" {
		out.State.Reason = say(t, c.State.Reason.Key, c.State.Reason.Args)
	}
	if out.Settings == nil {
		out.Settings = map[string]string{}
	}
	return out
}

func (a *API) addChannel(ctx context.Context, by caller, in *newChannelIn) (*channelOut, error) {
	c := hub.Channel{Connection: channels.Connection{Kind: in.Body.Kind}, Enabled: true}
	out, err := a.saveChannel(ctx, by, c, in.Body.ChannelChange)
	if err == nil {
		out.Location = prefix + "/channels/" + out.Body.ID
	}
	return out, err
}

func (a *API) getChannel(ctx context.Context, by caller, in *OfChannel) (*channelOut, error) {
	c, err := a.channelOf(ctx, by, in.ID)
	return &channelOut{Body: channel(a.Locale.T(by.lang), c)}, err
}

func (a *API) channelOf(ctx context.Context, by caller, text string) (hub.Channel, error) {
	n, err := idOf(text)
	if err != nil {
		return hub.Channel{}, err
	}
	return a.Hub.Channel(ctx, by.agent, n)
}

func (a *API) changeChannel(ctx context.Context, by caller, in *channelChangeIn) (*channelOut, error) {
	c, err := a.channelOf(ctx, by, in.ID)
	if err != nil {
		return nil, err
	}
	return a.saveChannel(ctx, by, c, in.Body)
}

func (a *API) saveChannel(ctx context.Context, by caller, c hub.Channel, b ChannelChange) (*channelOut, error) {
	if b.Team.Given {
		var err error
		if c.TeamID, err = a.team(ctx, "team", b.Team.Text); err != nil {
			return nil, err
		}
	}
	if b.Name != nil {
		c.Name = *b.Name
	}
	if b.Enabled != nil {
		c.Enabled = *b.Enabled
	}
	if b.Acknowledge != nil {
		c.Acknowledge = *b.Acknowledge
	}
	settings := maps.Clone(c.Settings)
	if settings == nil {
		settings = map[string]string{}
	}
	maps.Copy(settings, b.Settings)
	c.Settings, c.Secrets = settings, b.Secrets // those that are missing stay
	c, err := a.Hub.SaveChannel(ctx, by.agent, c)
	if err != nil {
		return nil, err
	}
	return &channelOut{Body: channel(a.Locale.T(by.lang), c)}, nil
}

func (a *API) listChannelKinds(context.Context, caller, *struct{}) (*list[ChannelKind], error) {
	var out []ChannelKind
	for _, k := range a.Hub.Kinds() {
		kind := ChannelKind{Kind: k.Name, Fields: []ChannelSetting{}}
		for _, f := range k.Fields {
			kind.Fields = append(kind.Fields, ChannelSetting{
				Key: f.Key, Type: fmt.Sprint(f.Type), Required: f.Required, Options: f.Options, Default: f.Default,
			})
		}
		out = append(out, kind)
	}
	return listOf(out, ""), nil
}
