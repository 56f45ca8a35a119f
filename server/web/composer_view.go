package web

import (
	"context"
	"crypto/rand"
	"strings"

	"okno/tickets"
	"okno/ui/desk"
)

// composer is the composer with the agent's draft in it.
func (w *Web) composer(ctx context.Context, n names, t desk.Ticket) (desk.Composer, error) {
	d, err := w.Tickets.Draft(ctx, tickets.AsAgent(n.env.Agent), t.ID)
	if err != nil {
		return desk.Composer{}, err
	}
	channel := n.channel(t.ChannelID)
	c := desk.Composer{
		Number: t.Number, View: t.View, Kind: d.Kind, Body: d.Body, Files: draftFiles(t.Number, d.Files),
		To: recipients(n, t.Side), Via: channel.Name, ViaIcon: desk.ChannelIcon(channel.Kind),
		SeenSeq: t.LastSeq, Once: rand.Text(), SavedAt: d.UpdatedAt, Agents: n.agentChoices(0),
		Waiting: n.first(tickets.Waiting), Solved: n.first(tickets.Solved), Typing: t.Typing,
	}
	c.Refused = refusedBy(n, channel.Kind, t.Side.Identities)
	return c, nil
}

// refusedBy says why replies by a network do not arrive, "" when the person has
// an address there that takes them.
func refusedBy(n names, network string, ways []desk.Way) string {
	text := ""
	for _, way := range ways {
		switch {
		case way.Network != network:
		case way.Refused == "":
			return ""
		default:
			text = n.env.T("composer.unreachable", "address", way.Address, "why", way.Refused)
		}
	}
	return text
}

// recipients names who gets a reply.
func recipients(n names, s desk.Side) string {
	var copies []string
	for _, f := range s.Followers {
		copies = append(copies, f.Name)
	}
	if len(copies) == 0 {
		return s.Person.Name
	}
	return n.env.T("composer.copy", "names", s.Person.Name, "copies", strings.Join(copies, ", "))
}
