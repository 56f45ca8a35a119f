package demo

import (
	"context"
	"fmt"

	"okno/channels"
	"okno/channels/hub"
	"okno/tickets"
)

// replies has an agent answer, and the network take the answer or refuse it.
func (s *stage) replies(ctx context.Context, t *tale, step *step) error {
	m, err := s.Tickets.Reply(ctx, s.actor(step), s.opened[t.Key].ID, tickets.NewMessage{Body: step.Reply, Then: s.status(step.Then)})
	if err != nil {
		return err
	}
	d := s.delivery(t, m)
	if err := s.Store.PutDelivery(ctx, d); err != nil {
		return fmt.Errorf("put delivery: %w", err)
	}
	receipt, why := channels.Receipt{ID: fmt.Sprintf("said-%d", m.ID)}, channels.Text{}
	fate := tickets.Delivery{State: tickets.DeliverySent}
	if step.Fails {
		receipt.ID, why = "", channels.Text{Key: "hub.why.unreachable"}
		fate = tickets.Delivery{State: tickets.DeliveryFailed, Reason: tickets.Sentence{Key: why.Key}}
	}
	if err := s.Store.SettleDelivery(ctx, d.ID, receipt, step.Fails, why, ""); err != nil {
		return fmt.Errorf("settle delivery: %w", err)
	}
	s.recall(t, Said{ID: receipt.ID, Author: m.AuthorAs, Text: m.Body, At: s.Clock.Now()})
	return s.Tickets.Settle(ctx, m.ID, "", fate)
}

// delivery is the row of the outbox by which a reply left, as the hub plans it.
func (s *stage) delivery(t *tale, m tickets.Message) hub.Delivery {
	ticket, p, c := s.opened[t.Key], s.persons[t.Who], s.networks[t.network()]
	out := channels.Outbound{
		Key: fmt.Sprintf("message:%d", m.ID), Ticket: ticket.Number, Subject: ticket.Subject, Body: m.Body,
		To:     channels.Address{Network: t.network(), ID: addressOf(t.Who, t.network()), Name: p.Name},
		Author: m.AuthorAs, Language: p.Language, At: m.Delivery.SendAt, Place: ticket.Place,
	}
	return hub.Delivery{
		ID: s.Store.NewID(), Key: out.Key, ChannelID: c.ID, Lane: fmt.Sprintf("%d:%s%s", c.ID, out.To.ID, out.Place),
		TicketID: ticket.ID, MessageID: m.ID, Out: out, RunAt: m.Delivery.SendAt,
	}
}
