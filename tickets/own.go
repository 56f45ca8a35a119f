package tickets

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"okno/tickets/people"
)

// OwnTickets answers the tickets of a person and those they follow, latest first.
func (s *Service) OwnTickets(ctx context.Context, by Actor, limit int) ([]Ticket, error) {
	if err := onlyPersons(by); err != nil {
		return nil, err
	}
	own, err := s.store.OfRequester(ctx, by.ID, limited(limit))
	if err != nil {
		return nil, wrap("list tickets of a person", err)
	}
	followed, err := s.store.OfFollower(ctx, by.ID, limited(limit))
	if err != nil {
		return nil, wrap("list followed tickets", err)
	}
	all := append(own, followed...)
	slices.SortFunc(all, func(a, b Ticket) int { return cmp.Compare(b.ID, a.ID) })
	all = slices.CompactFunc(all, func(a, b Ticket) bool { return a.ID == b.ID })
	return all[:min(len(all), limited(limit))], nil
}

// OwnTicket answers a ticket by its number to somebody whose it is or who follows
// it, with the messages they may read: public ones that have left. Of a ticket
// that was merged they get the one it went into, where they may read that, else
// what was said in their own. Anything else is Missing.
func (s *Service) OwnTicket(ctx context.Context, by Actor, number int64) (Conversation, error) {
	if err := onlyPersons(by); err != nil {
		return Conversation{}, err
	}
	t, err := s.store.TicketByNumber(ctx, number)
	if err == nil && !isTheirs(by, t) {
		err = people.ErrMissing
	}
	if err != nil {
		return Conversation{}, missing(err, "error.ticket.missing")
	}
	home, err := s.Home(ctx, t.ID)
	if err != nil {
		return Conversation{}, err
	}
	if isTheirs(by, home) {
		return s.ownTalk(ctx, home, func(Message) bool { return true })
	}
	c, err := s.ownTalk(ctx, home, func(m Message) bool { return m.SourceID == t.ID })
	c.Ticket = t
	return c, err
}

// ownTalk answers what people outside may read of a ticket.
func (s *Service) ownTalk(ctx context.Context, t Ticket, also func(Message) bool) (Conversation, error) {
	list, err := s.store.Messages(ctx, t.ID)
	if err != nil {
		return Conversation{}, wrap("load messages", err)
	}
	now := s.store.Now(ctx)
	list = slices.DeleteFunc(list, func(m Message) bool { return !m.outside(now) || !also(m) })
	return Conversation{Ticket: t, Messages: list}, nil
}

// outside says that people outside may read a message: it is public, was not
// taken back, and has left or could not.
func (m Message) outside(now time.Time) bool {
	return m.Kind == Reply && m.RemovedAt.IsZero() &&
		m.Delivery.State != DeliveryWithdrawn && !m.Delivery.SendAt.After(now)
}

// isTheirs says that a ticket is there and a person's own or one they follow.
func isTheirs(by Actor, t Ticket) bool {
	return t.DeletedAt.IsZero() && (t.RequesterID == by.ID || slices.Contains(t.Followers, by.ID))
}

// onlyPersons refuses everybody but those who ask.
func onlyPersons(by Actor) error {
	if by.Kind == ByPerson && by.ID != 0 {
		return nil
	}
	return errors.New("own tickets are a person's")
}
