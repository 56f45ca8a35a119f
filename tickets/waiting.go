package tickets

import (
	"slices"
	"time"
)

// story tells since when the requester of a ticket waits, from the messages that
// are in it now: one that left counts as never written here.
type story struct {
	present map[int64]Message
	known   Known
	since   time.Time
}

// waitingIn answers since when the requester waits when the events of a ticket
// are told with these messages.
func waitingIn(events []Event, present []Message, k Known) (time.Time, error) {
	s := story{present: map[int64]Message{}, known: k}
	for _, m := range present {
		if m.Delivery.State != DeliveryWithdrawn {
			s.present[m.ID] = m
		}
	}
	for _, e := range events {
		if err := s.tell(e); err != nil {
			return s.since, err
		}
	}
	return s.since, nil
}

func (s *story) tell(e Event) error {
	switch e.Type {
	case TicketCreated:
		return read(e, func(d CreatedData) error { s.turn(d.StatusID); return nil })
	case StatusChanged:
		return read(e, func(d ChangeData) error { s.turn(number(d.To)); return nil })
	case TicketReopened:
		s.since = earlier(s.since, e.At)
	case MessageAdded:
		s.hear(messageOf(e))
	case ApprovalSettled:
		return read(e, func(d SettledData) error { s.approve(d, e.At); return nil })
	case TicketMerged:
		return read(e, func(d MoveData) error { s.join(d); return nil })
	case TicketSplit:
		return read(e, func(d MoveData) error { s.begin(d); return nil })
	}
	return nil
}

// turn takes a status: nobody waits for us in a solved ticket.
func (s *story) turn(status int64) {
	if !s.known.Categories[status].Active() {
		s.since = time.Time{}
	}
}

func (s *story) hear(message int64) {
	if m, ok := s.present[message]; ok {
		s.since = waitingAfter(s.since, m)
	}
}

// approve lets the wait for the team begin.
func (s *story) approve(d SettledData, at time.Time) {
	if d.approved() && !s.since.IsZero() {
		s.since = at
	}
}

// join takes over somebody who waited in a ticket that was merged, while one of
// its messages is here.
func (s *story) join(d MoveData) {
	here := func(id int64) bool { _, ok := s.present[id]; return ok }
	if !d.Left && slices.ContainsFunc(numbers(d.Messages), here) {
		s.since = earlier(s.since, d.Waiting)
	}
}

// begin hears the messages a ticket was split off with.
func (s *story) begin(d MoveData) {
	if d.Left {
		return
	}
	for _, id := range numbers(d.Messages) {
		s.hear(id)
	}
}

// earlier answers the earlier of two times; the zero time is never.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
