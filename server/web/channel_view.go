package web

import (
	"strconv"
	"strings"

	"okno/channels"
	"okno/channels/hub"
	"okno/ui"
	"okno/ui/settings"
)

// channelView is a channel as its form shows it: fields in their groups, hidden
// ones carried along, secrets only as "is set".
func (w *Web) channelView(env ui.Env, ch hub.Channel, faults hub.Faults) settings.Channel {
	k := w.kind(ch.Kind)
	view := settings.Channel{
		ID: ch.ID, Kind: k.Name, KindName: env.T("channel." + k.Name), Name: ch.Name, Address: ch.Settings[k.Address],
		Enabled: ch.Enabled, Chat: k.Chat, Acknowledge: ch.Acknowledge, Team: strconv.FormatInt(ch.TeamID, 10),
		Teams: teamOptions(env), State: stateView(env, ch), Grants: grants(k, ch),
		Suggests: k.Suggest != nil, Suggested: ch.Settings[k.Address], Open: unfolded(k, ch, faults),
	}
	for _, f := range k.Fields {
		if !shownField(f, ch.Settings) {
			if f.Type != channels.FieldSecret {
				view.Hidden = append(view.Hidden, settings.Input{Name: fieldName(f.Key), Value: ch.Settings[f.Key]})
			}
			continue
		}
		in := inputView(env, k, f, ch, faults)
		if !f.More {
			view.First = append(view.First, in)
			continue
		}
		view.More = grouped(view.More, groupTitle(env, k, f), in)
	}
	return view
}

// grouped adds an input to the last group, or opens the next one.
func grouped(groups []settings.Group, title string, in settings.Input) []settings.Group {
	if len(groups) == 0 || groups[len(groups)-1].Title != title {
		groups = append(groups, settings.Group{Title: title})
	}
	last := &groups[len(groups)-1]
	last.Inputs = append(last.Inputs, in)
	return groups
}

func groupTitle(env ui.Env, k channels.Kind, f channels.Field) string {
	if f.Group == "" {
		return ""
	}
	return env.T("channel." + k.Name + ".group." + f.Group)
}

func inputView(env ui.Env, k channels.Kind, f channels.Field, ch hub.Channel, faults hub.Faults) settings.Input {
	key := "channel." + k.Name + "." + f.Key
	in := settings.Input{
		Name: fieldName(f.Key), Type: string(f.Type), Label: env.T(key), Hint: optional(env, key+".hint"),
		Value: ch.Settings[f.Key], Required: f.Required, Error: sentence(env, faults[f.Key]), Decides: decides(k, f),
		Suggests: k.Suggest != nil && f.Key == k.Address,
	}
	if f.Type == channels.FieldSecret {
		typed, known := ch.Secrets[f.Key]
		in.Set = known && typed == ""
		in.Value = "" // never shown again
	}
	for _, o := range f.Options {
		in.Options = append(in.Options, ui.Option{Value: o, Label: env.T(key + "." + o)})
	}
	return in
}

// optional is a text that a key may lack.
func optional(env ui.Env, key string) string {
	if text := env.T(key); text != key {
		return text
	}
	return ""
}

// decides says that other fields appear or vanish with this one.
func decides(k channels.Kind, f channels.Field) bool {
	for _, o := range k.Fields {
		if strings.HasPrefix(o.ShowIf, f.Key+"=") {
			return true
		}
	}
	return false
}

func shownField(f channels.Field, settings map[string]string) bool {
	key, value, ok := strings.Cut(f.ShowIf, "=")
	return !ok || settings[key] == value
}

// grants says that this channel signs in at a provider and not with a password.
// By convention the kinds that can do both ask in a field named auth.
func grants(k channels.Kind, ch hub.Channel) bool {
	return k.SignIn != nil && ch.ID != 0 && ch.Settings["auth"] != "" && ch.Settings["auth"] != "password"
}

func stateView(env ui.Env, ch hub.Channel) settings.State {
	s := settings.State{At: ch.StateAt, Detail: ch.State.Detail, Reason: sentence(env, ch.State.Reason)}
	switch {
	case !ch.Enabled:
		s.Kind = "off"
	case ch.StateAt.IsZero():
		s.Kind = "waiting"
	case ch.State.OK:
		s.Kind = "ok"
	default:
		s.Kind = "late"
	}
	return s
}

func teamOptions(env ui.Env) []ui.Option {
	options := []ui.Option{{Value: "0", Label: env.T("channel.team.none")}}
	for _, t := range env.Rail.Teams {
		options = append(options, ui.Option{Value: strconv.FormatInt(t.ID, 10), Label: t.Name})
	}
	return options
}

// addressOf is what people know a channel by.
func (w *Web) addressOf(ch hub.Channel) string {
	if address := ch.Settings[w.kind(ch.Kind).Address]; address != "" {
		return address
	}
	return ch.Name
}
