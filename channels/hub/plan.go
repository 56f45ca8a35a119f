package hub

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"okno/channels"
	"okno/tickets"
	"okno/tickets/people"
)

const maxReferences = 20 // longer lists are cut in the middle, as mail programs do

// plan puts the row for one reply into the outbox.
func (h *Hub) plan(ctx context.Context, message int64) error {
	m, err := h.opts.Records.Message(ctx, message)
	if err != nil {
		return fmt.Errorf("load message: %w", err)
	}
	// A note never leaves, whatever the event said.
	if m.Kind != tickets.Reply || m.Author.Kind == tickets.ByPerson || m.Delivery.State != tickets.DeliveryQueued {
		return nil
	}
	d := Delivery{
		ID: h.opts.Store.NewID(), Key: "message:" + number(m.ID),
		TicketID: m.TicketID, MessageID: m.ID, RunAt: m.Delivery.SendAt,
	}
	d, why, err := h.addressed(ctx, d, m, false)
	if err != nil {
		return err
	}
	if err := h.opts.Store.PutDelivery(ctx, d); err != nil {
		return fmt.Errorf("put delivery: %w", err)
	}
	if err := h.copy(ctx, d, m); err != nil {
		return err
	}
	if why.IsZero() {
		return nil
	}
	return h.failed(ctx, d, &channels.SendError{Verdict: channels.Never, Reason: why})
}

// addressed completes a row with channel, lane and message. why says that there
// is no way to the person; the row then stays without a channel and finds its
// way when an agent sends it again.
func (h *Hub) addressed(ctx context.Context, d Delivery, m tickets.Message, insist bool) (Delivery, channels.Text, error) {
	d.Lane, d.Out.Key = d.Key, d.Key
	t, err := h.origin(ctx, m)
	if err != nil {
		return d, channels.Text{}, fmt.Errorf("load ticket: %w", err)
	}
	w, why, err := h.way(ctx, t, insist)
	if err != nil || !why.IsZero() {
		return d, why, err
	}
	d.ChannelID, d.Lane = w.channel.ID, w.lane()
	d.Out, err = h.outbound(ctx, m, t, w)
	return d, channels.Text{}, err
}

// origin is the ticket a reply was written in: it goes to the people there, even
// when it was moved to the ticket of somebody else before it left.
func (h *Hub) origin(ctx context.Context, m tickets.Message) (tickets.Ticket, error) {
	if m.SourceID == 0 {
		return h.opts.Records.Ticket(ctx, m.TicketID)
	}
	t, err := h.opts.Records.Ticket(ctx, m.SourceID)
	if errors.Is(err, people.ErrMissing) { // deleted for good
		return h.opts.Records.Ticket(ctx, m.TicketID)
	}
	return t, err
}

func (h *Hub) outbound(ctx context.Context, m tickets.Message, t tickets.Ticket, w way) (channels.Outbound, error) {
	out := channels.Outbound{
		Key: "message:" + number(m.ID), To: w.to, Place: w.place, Ticket: t.Number,
		Subject: t.Subject, Body: m.Body, Files: filesOut(m.Files), Author: cmp.Or(m.AuthorAs, h.opts.Desk(ctx)),
		Language: w.person.Language, At: m.Delivery.SendAt,
	}
	var err error
	if h.kinds[w.channel.Kind].Chat {
		out.InReplyTo, err = h.quoted(ctx, m, t, w)
		return out, err
	}
	if out.Body, err = h.signed(ctx, m); err != nil {
		return out, err
	}
	if out.CC, err = h.followers(ctx, t, w); err != nil {
		return out, err
	}
	out.InReplyTo, out.References, err = h.references(ctx, w.channel.Kind, m)
	return out, err
}

// signed is the text with the agent's signature under the line that mail
// programs know as its beginning.
func (h *Hub) signed(ctx context.Context, m tickets.Message) (string, error) {
	a, err := h.opts.Records.Agent(ctx, m.Author.ID)
	if ok, err := exists(err); !ok {
		return m.Body, err
	}
	if a.Signature == "" {
		return m.Body, nil
	}
	return m.Body + "\n\n-- \n" + a.Signature, nil
}

// references names the messages before m: the last of the person to answer, and
// all of them, oldest first.
func (h *Hub) references(ctx context.Context, network string, m tickets.Message) (last string, all []string, err error) {
	refs, err := h.opts.Records.Refs(ctx, network, m.TicketID)
	if err != nil {
		return "", nil, fmt.Errorf("list references: %w", err)
	}
	for _, r := range refs {
		if r.MessageID == m.ID {
			continue
		}
		if all = append(all, r.ID); r.Incoming {
			last = r.ID
		}
	}
	if len(all) > maxReferences {
		all = slices.Concat(all[:1], all[len(all)-maxReferences+1:])
	}
	return last, all, nil
}

// followers are the addresses of those who get a copy on the same network.
func (h *Hub) followers(ctx context.Context, t tickets.Ticket, w way) ([]channels.Address, error) {
	var out []channels.Address
	for _, id := range t.Followers {
		p, err := h.opts.Records.Person(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("load follower: %w", err)
		}
		known, err := h.opts.Records.Identities(ctx, p.ID)
		if err != nil {
			return nil, fmt.Errorf("list identities: %w", err)
		}
		if i, ok := identityOn(w.channel.Kind, known); ok && i.Unreachable == "" && i.Address != w.to.ID {
			out = append(out, channels.Address{Network: i.Network, ID: i.Address, Name: p.Name})
		}
	}
	return out, nil
}

func filesOut(list []tickets.File) []channels.File {
	var out []channels.File
	for _, f := range list {
		out = append(out, channels.File(f))
	}
	return out
}
