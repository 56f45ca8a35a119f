package tickets

import (
	"context"
	"slices"
)

// Split moves messages of a ticket to a new one and answers that. Who wrote the
// first of them that came in is its requester, else that of the ticket; team,
// channel, place, priority and assignee are those of the ticket, and so is an
// empty subject. At least one message has to stay.
func (s *Service) Split(ctx context.Context, by Actor, ticket int64, messages []int64, subject string) (Ticket, error) {
	if err := onlyAgents(by); err != nil {
		return Ticket{}, err
	}
	var fresh *work
	err := s.insist(ctx, func(ctx context.Context) error {
		w, err := s.load(ctx, ticket)
		if err != nil {
			return err
		}
		if err := s.workable(ctx, by, w.was); err != nil {
			return err
		}
		if fresh, err = s.begin(ctx, Ticket{}); err != nil {
			return err
		}
		return s.split(ctx, by, w, fresh, messages, subject)
	})
	if err != nil {
		return Ticket{}, err
	}
	return fresh.now, nil
}

func (s *Service) split(ctx context.Context, by Actor, w, fresh *work, messages []int64, subject string) error {
	chosen, left, err := s.choose(ctx, w, messages)
	if err != nil {
		return err
	}
	if subject, err = splitSubject(subject, w.was); err != nil {
		return err
	}
	fresh.now.ID = s.store.NewID()
	fresh.learn(chosen)
	if err := fresh.record(by, splitOff(w.was, fresh.list, subject, chosen)...); err != nil {
		return err
	}
	if err := s.save(ctx, fresh); err != nil { // gives the ticket its number
		return err
	}
	if err := s.splitFrom(ctx, by, w, fresh.now, chosen, left); err != nil {
		return err
	}
	return s.save(ctx, w)
}

// choose checks which messages are to leave and answers both halves.
func (s *Service) choose(ctx context.Context, w *work, ids []int64) (chosen, left []Message, err error) {
	ids = edited(nil, ids, nil)
	if len(ids) == 0 {
		return nil, nil, NewError(Invalid, "messages", "error.split.none")
	}
	all, err := s.knowing(ctx, w)
	if err != nil {
		return nil, nil, err
	}
	chosen, left = parted(all, ids)
	if len(chosen) != len(ids) {
		return nil, nil, NewError(Invalid, "messages", "error.split.unknown", "number", textOf(w.was.Number))
	}
	if !slices.ContainsFunc(left, func(m Message) bool { return m.Delivery.State != DeliveryWithdrawn }) {
		return nil, nil, NewError(Invalid, "messages", "error.split.all")
	}
	return chosen, left, nil
}

func splitSubject(typed string, t Ticket) (string, error) {
	if oneLine(typed) == "" {
		return t.Subject, nil
	}
	return typedSubject(typed)
}

// splitOff decides how a ticket begins that was split off another.
func splitOff(from Ticket, list statuses, subject string, chosen []Message) []fact {
	d := MoveData{TicketID: from.ID, Number: from.Number, Messages: idsOf(chosen)}
	d.Shown = shownOf(chosen, d.Waiting)
	for _, m := range chosen {
		if m.Delivery.State == DeliveryWithdrawn {
			continue
		}
		d.Shown.WaitingSince = waitingAfter(d.Shown.WaitingSince, m)
	}
	return []fact{
		{TicketCreated, CreatedData{
			Subject: subject, StatusID: list.first(Open), Priority: from.Priority, TeamID: from.TeamID,
			AssigneeID: from.AssigneeID, RequesterID: asking(from, chosen), ChannelID: from.ChannelID, Place: from.Place,
		}},
		{TicketSplit, d},
	}
}

// asking answers who asks in messages of a ticket.
func asking(t Ticket, list []Message) int64 {
	for _, m := range list {
		if m.Author.Kind == ByPerson {
			return m.Author.ID
		}
	}
	return t.RequesterID
}

// splitFrom records that messages left for a new ticket.
func (s *Service) splitFrom(ctx context.Context, by Actor, w *work, fresh Ticket, chosen, left []Message) error {
	events, err := s.store.TicketEvents(ctx, w.was.ID)
	if err != nil {
		return wrap("load events", err)
	}
	since, err := waitingIn(events, left, w.known)
	if err != nil {
		return err
	}
	s.move(w, chosen, w.was.ID, fresh.ID)
	return w.record(by, fact{TicketSplit, MoveData{
		TicketID: fresh.ID, Number: fresh.Number, Left: true, Messages: idsOf(chosen), Shown: shownOf(left, since),
	}})
}
