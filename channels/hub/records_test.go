package hub_test

import (
	"context"
	"slices"

	"okno/tickets"
	"okno/tickets/people"
)

func (d *desk) Known(_ context.Context, network, address, name, language string) (people.Person, error) {
	if p, err := d.IdentityOwner(context.Background(), network, address); err == nil {
		return p, nil
	}
	p := people.Person{ID: d.NewID(), Name: name, Language: language}
	d.persons[p.ID] = p
	d.identities = append(d.identities, people.Identity{PersonID: p.ID, Network: network, Address: address})
	return p, nil
}

func (d *desk) AgentBehind(_ context.Context, network, address string) (people.Agent, error) {
	p, err := d.IdentityOwner(context.Background(), network, address)
	for _, a := range d.agents {
		if err == nil && a.PersonID == p.ID {
			return a, nil
		}
	}
	return people.Agent{}, people.ErrMissing
}

func (d *desk) IdentityOwner(_ context.Context, network, address string) (people.Person, error) {
	for _, i := range d.identities {
		if i.Network == network && i.Address == address {
			return d.persons[i.PersonID], nil
		}
	}
	return people.Person{}, people.ErrMissing
}

func (d *desk) Identities(_ context.Context, person int64) (out []people.Identity, err error) {
	for _, i := range d.identities {
		if i.PersonID == person {
			out = append(out, i)
		}
	}
	return out, nil
}

func (d *desk) PutIdentity(_ context.Context, i people.Identity) error {
	for n, old := range d.identities {
		if old.Network == i.Network && old.Address == i.Address {
			d.identities[n] = i
		}
	}
	return nil
}

func (d *desk) InsertKnown(ctx context.Context, p people.Person, i people.Identity) error {
	if _, err := d.IdentityOwner(ctx, i.Network, i.Address); err == nil {
		return people.ErrTaken
	}
	d.persons[p.ID] = p
	d.identities = append(d.identities, i)
	return nil
}

func (d *desk) Person(_ context.Context, id int64) (people.Person, error) { return one(d.persons, id) }
func (d *desk) Agent(_ context.Context, id int64) (people.Agent, error)   { return one(d.agents, id) }

func (d *desk) Ticket(_ context.Context, id int64) (tickets.Ticket, error) {
	t, err := one(d.tickets, id)
	if err != nil {
		return tickets.Ticket{}, err
	}
	return *t, nil
}

func (d *desk) TicketByNumber(_ context.Context, n int64) (tickets.Ticket, error) {
	for _, t := range d.tickets {
		if t.Number == n {
			return *t, nil
		}
	}
	return tickets.Ticket{}, people.ErrMissing
}

func (d *desk) Message(_ context.Context, id int64) (tickets.Message, error) {
	for _, m := range d.messages {
		if m.ID == id {
			return *m, nil
		}
	}
	return tickets.Message{}, people.ErrMissing
}

func (d *desk) Messages(_ context.Context, ticket int64) (out []tickets.Message, err error) {
	for _, m := range d.messages {
		if m.TicketID == ticket {
			out = append(out, *m)
		}
	}
	return out, nil
}

func (d *desk) OfRequester(_ context.Context, person int64, limit int) (out []tickets.Ticket, err error) {
	for _, t := range d.tickets {
		if t.RequesterID == person && len(out) < limit {
			out = append(out, *t)
		}
	}
	return out, nil
}

func (d *desk) MessageByRef(ctx context.Context, network, id string) (tickets.Message, error) {
	for _, r := range d.refs {
		if r.network == network && r.id == id {
			return d.Message(ctx, r.message)
		}
	}
	return tickets.Message{}, people.ErrMissing
}

func (d *desk) PutRef(_ context.Context, network, id string, message int64) error {
	d.refs = append(d.refs, ref{network, id, message})
	return nil
}

func (d *desk) Refs(ctx context.Context, network string, ticket int64) (out []tickets.Ref, err error) {
	for _, r := range d.refs {
		m, err := d.Message(ctx, r.message)
		if err == nil && r.network == network && m.TicketID == ticket {
			out = append(out, tickets.Ref{ID: r.id, MessageID: m.ID, Incoming: m.Author.Kind == tickets.ByPerson})
		}
	}
	return out, nil
}

func (d *desk) Create(ctx context.Context, by tickets.Actor, n tickets.NewTicket) (tickets.Ticket, tickets.Message, error) {
	t := &tickets.Ticket{ID: d.NewID(), Number: int64(len(d.tickets) + 1), Subject: n.Subject, RequesterID: n.RequesterID,
		TeamID: n.TeamID, ChannelID: n.ChannelID, Followers: n.Followers, LooksLike: n.LooksLike, CreatedAt: d.clock()}
	d.tickets[t.ID] = t
	m, err := d.Receive(ctx, t.ID, *n.Incoming)
	return *t, m, err
}

func (d *desk) Receive(ctx context.Context, ticket int64, in tickets.Incoming) (tickets.Message, error) {
	t := d.tickets[ticket]
	for _, id := range in.Followers {
		if !slices.Contains(t.Followers, id) && id != t.RequesterID {
			t.Followers = append(t.Followers, id)
		}
	}
	m := &tickets.Message{ID: d.NewID(), TicketID: ticket, Kind: tickets.Reply, Author: tickets.AsPerson(in.PersonID),
		Body: in.Body, Files: in.Files, Auto: in.Auto, Warnings: in.Warnings, CreatedAt: d.clock()}
	d.messages = append(d.messages, m)
	if in.Ref != "" {
		return *m, d.PutRef(ctx, in.Network, in.Ref, m.ID)
	}
	return *m, nil
}

func (d *desk) Settle(_ context.Context, message int64, recipient string, s tickets.Delivery) error {
	for _, m := range d.messages {
		if m.ID == message {
			m.Delivery.State, m.Delivery.Reason, m.Delivery.Detail = s.State, s.Reason, s.Detail
		}
	}
	return nil
}

func (d *desk) Bounced(_ context.Context, message int64, b tickets.DeliveryData) error {
	b.MessageID = message
	d.bounces = append(d.bounces, b)
	return nil
}

// says adds what an agent writes and answers the event it makes.
func (d *desk) says(kind tickets.MessageKind, ticket int64, agent people.Agent, body string) (tickets.Message, tickets.Event) {
	m := &tickets.Message{ID: d.NewID(), TicketID: ticket, Kind: kind, Author: tickets.AsAgent(agent), AuthorAs: agent.Name, Body: body}
	if kind == tickets.Reply {
		m.Delivery = tickets.Delivery{State: tickets.DeliveryQueued, SendAt: d.clock().Add(10)}
	}
	d.messages = append(d.messages, m)
	return *m, tickets.Event{Type: tickets.MessageAdded, TicketID: ticket, Actor: m.Author,
		Data: data(tickets.MessageData{MessageID: m.ID, Kind: kind})}
}
