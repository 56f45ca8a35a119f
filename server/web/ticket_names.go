package web

import (
	"context"
	"slices"
	"strconv"

	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/desk"
)

// names are the words behind the ids a page shows.
type names struct {
	env      ui.Env
	statuses []tickets.Status
	agents   []people.Agent
	teams    []people.Team
	channels []hub.Channel
	chats    []string // kinds of channels where people chat
}

func (w *Web) names(ctx context.Context, env ui.Env) (names, error) {
	n := names{env: env, teams: env.Rail.Teams}
	var err error
	if n.statuses, err = w.Tickets.Statuses(ctx); err != nil {
		return n, err
	}
	if n.agents, err = w.Store.Agents(ctx); err != nil {
		return n, err
	}
	for _, k := range w.Hub.Kinds() {
		if k.Chat {
			n.chats = append(n.chats, k.Name)
		}
	}
	n.channels, err = w.Hub.Channels(ctx)
	return n, err
}

// chat says that people write many short messages by a channel.
func (n names) chat(channel int64) bool { return slices.Contains(n.chats, n.channel(channel).Kind) }

// status is a status as a choice of the agent's language.
func (n names) status(id int64) desk.Choice {
	for _, s := range n.statuses {
		if s.ID == id {
			return n.choice(s)
		}
	}
	return desk.Choice{ID: id}
}

func (n names) choice(s tickets.Status) desk.Choice {
	name := s.NameEN
	if n.env.Lang == "ru" {
		name = s.NameRU
	}
	return desk.Choice{ID: s.ID, Name: name, Category: s.Category, Color: s.Color, Emoji: s.Emoji}
}

// first is the first status of a category, 0 when there is none.
func (n names) first(c tickets.Category) int64 {
	for _, s := range n.statuses {
		if s.Category == c {
			return s.ID
		}
	}
	return 0
}

// solved is the status the button "solve" sets, 0 for tickets that are done.
func (n names) solved(t tickets.Ticket) int64 {
	if !t.Category.Active() {
		return 0
	}
	return n.first(tickets.Solved)
}

func (n names) agent(id int64) string {
	for _, a := range n.agents {
		if a.ID == id {
			return a.Name
		}
	}
	return ""
}

func (n names) team(id int64) string {
	for _, t := range n.teams {
		if t.ID == id {
			return t.Name
		}
	}
	return ""
}

// channel is the configured connection, zero for tickets made by hand.
func (n names) channel(id int64) hub.Channel {
	for _, c := range n.channels {
		if c.ID == id {
			return c
		}
	}
	return hub.Channel{}
}

func (n names) statusChoices() []desk.Choice {
	out := make([]desk.Choice, 0, len(n.statuses))
	for _, s := range n.statuses {
		out = append(out, n.choice(s))
	}
	return out
}

// agentChoices leaves out those who left, except the one the ticket still has.
func (n names) agentChoices(kept int64) []desk.Choice {
	var out []desk.Choice
	for _, a := range n.agents {
		if !a.Disabled && !a.Program || a.ID == kept {
			out = append(out, desk.Choice{ID: a.ID, Name: a.Name})
		}
	}
	return out
}

func (n names) teamChoices() []desk.Choice {
	out := make([]desk.Choice, 0, len(n.teams))
	for _, t := range n.teams {
		out = append(out, desk.Choice{ID: t.ID, Name: t.Name})
	}
	return out
}

func (n names) priorityChoices() []desk.Choice {
	out := make([]desk.Choice, 0, 4)
	for p := tickets.Low; p <= tickets.Urgent; p++ {
		out = append(out, desk.Choice{ID: int64(p), Name: n.priority(p)})
	}
	return out
}

func (n names) priority(p tickets.Priority) string {
	return n.env.T("priority." + strconv.Itoa(int(p)))
}
