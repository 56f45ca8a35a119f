package web

import (
	"context"
	"errors"

	"okno/tickets"
	"okno/tickets/people"
	"okno/ui/desk"
)

// others is how many other tickets of the person the panel shows.
const others = 6

// side reads the panel: the person, the fields, other tickets.
func (w *Web) side(ctx context.Context, n names, talk tickets.Conversation) (desk.Side, error) {
	t := talk.Ticket
	s := desk.Side{
		Statuses: n.statusChoices(), Agents: n.agentChoices(t.AssigneeID),
		Teams: n.teamChoices(), Priorities: n.priorityChoices(), Links: links(n, talk.Links),
	}
	channel := n.channel(t.ChannelID)
	s.Via, s.ViaIcon = channel.Name, desk.ChannelIcon(channel.Kind)
	var err error
	if s.Person, err = w.person(ctx, n, t.RequesterID); err != nil {
		return s, err
	}
	if s.Identities, err = w.ways(ctx, n, t.RequesterID); err != nil {
		return s, err
	}
	if s.Followers, err = w.followers(ctx, t.Followers); err != nil {
		return s, err
	}
	if s.Answers, err = w.answers(ctx, n.env, t); err != nil {
		return s, err
	}
	if s.Request, err = w.request(ctx, n.env, t); err != nil {
		return s, err
	}
	if s.Rating, _, err = w.Tickets.Rating(ctx, t.ID); err != nil {
		return s, err
	}
	if s.Approval, err = w.approvalOf(ctx, n.env, t); err != nil {
		return s, err
	}
	s.Others, err = w.others(ctx, n, t)
	return s, err
}

// person answers who asks; a page does not fail for want of a name.
func (w *Web) person(ctx context.Context, n names, id int64) (people.Person, error) {
	p, err := w.Store.Person(ctx, id)
	if errors.Is(err, people.ErrMissing) {
		return people.Person{ID: id, Name: n.env.T("side.unknown")}, nil
	}
	if p.Name == "" {
		p.Name = n.env.T("side.unknown")
	}
	return p, err
}

// ways are the addresses of a person.
func (w *Web) ways(ctx context.Context, n names, person int64) ([]desk.Way, error) {
	list, err := w.Store.Identities(ctx, person)
	if err != nil {
		return nil, err
	}
	out := make([]desk.Way, 0, len(list))
	for _, i := range list {
		way := desk.Way{Identity: i}
		if i.Unreachable != "" {
			way.Refused = n.env.T(i.Unreachable)
		}
		out = append(out, way)
	}
	return out, nil
}

func (w *Web) followers(ctx context.Context, ids []int64) ([]desk.Choice, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	known, err := w.Store.Persons(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]desk.Choice, 0, len(ids))
	for _, id := range ids {
		out = append(out, desk.Choice{ID: id, Name: known[id].Name})
	}
	return out, nil
}

func (w *Web) others(ctx context.Context, n names, t tickets.Ticket) ([]desk.Other, error) {
	list, err := w.Tickets.OfRequester(ctx, tickets.AsAgent(n.env.Agent), t.RequesterID, others+1)
	if err != nil {
		return nil, err
	}
	var out []desk.Other
	for _, o := range list {
		if o.ID != t.ID && len(out) < others {
			out = append(out, desk.Other{Ticket: o, Status: n.status(o.StatusID)})
		}
	}
	return out, nil
}
