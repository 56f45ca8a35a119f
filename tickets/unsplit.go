package tickets

import "context"

// Unsplit puts the messages of a ticket made by Split back where they were and
// answers the ticket they are in again. The split ticket becomes closed and
// stands for the other, as a merged one does. It is refused once more was
// written in it, which Merge can carry over.
func (s *Service) Unsplit(ctx context.Context, by Actor, ticket int64) (Ticket, error) {
	if err := onlyAgents(by); err != nil {
		return Ticket{}, err
	}
	var home *work
	err := s.insist(ctx, func(ctx context.Context) error {
		w, err := s.load(ctx, ticket)
		if err != nil {
			return err
		}
		if err := s.workable(ctx, by, w.was); err != nil {
			return err
		}
		back, err := s.splitBefore(ctx, w)
		if err != nil {
			return err
		}
		home, err = s.unsplit(ctx, by, w, back)
		return err
	})
	if err != nil {
		return Ticket{}, err
	}
	return home.now, nil
}

// splitBefore answers the split a ticket began with, while its messages are
// still those it came with.
func (s *Service) splitBefore(ctx context.Context, w *work) (MoveData, error) {
	events, err := s.store.TicketEvents(ctx, w.was.ID)
	if err != nil {
		return MoveData{}, wrap("load events", err)
	}
	if len(events) < 2 || events[1].Type != TicketSplit {
		return MoveData{}, NewError(Blocked, "", "error.unsplit.none", "number", textOf(w.was.Number))
	}
	d, err := moveOf(events[1])
	if err != nil {
		return d, err
	}
	all, err := s.knowing(ctx, w)
	if err != nil {
		return d, err
	}
	if same, more := parted(all, numbers(d.Messages)); len(same) != len(d.Messages) || len(more) > 0 {
		return d, NewError(Blocked, "", "error.unsplit.changed", "number", textOf(w.was.Number), "into", textOf(d.Number))
	}
	return d, nil
}

// unsplit moves everything in a ticket back to the one it was split off.
func (s *Service) unsplit(ctx context.Context, by Actor, a *work, d MoveData) (*work, error) {
	b, err := s.load(ctx, d.TicketID)
	if err != nil {
		return nil, err
	}
	if err := s.workable(ctx, by, b.was); err != nil {
		return nil, err
	}
	gone, err := s.knowing(ctx, a)
	if err != nil {
		return nil, err
	}
	facts, err := s.whole(ctx, a, b, gone)
	if err != nil {
		return nil, err
	}
	if err := a.record(by, fact{TicketUnsplit, emptied(a, b.was, gone)}); err != nil {
		return nil, err
	}
	if err := b.record(by, facts...); err != nil {
		return nil, err
	}
	s.carry(b, gone, a.was.ID)
	return b, s.saveAll(ctx, a, b)
}

// whole decides what happens to a ticket that gets the messages back which were
// split off.
func (s *Service) whole(ctx context.Context, a, b *work, back []Message) ([]fact, error) {
	there, err := s.knowing(ctx, b)
	if err != nil {
		return nil, err
	}
	all := b.learn(there, back)
	events, err := s.store.TicketEvents(ctx, b.was.ID)
	if err != nil {
		return nil, wrap("load events", err)
	}
	since, err := waitingIn(events, all, b.known)
	if err != nil {
		return nil, err
	}
	d := MoveData{TicketID: a.was.ID, Number: a.was.Number, Messages: idsOf(back), Shown: shownOf(all, since)}
	return append([]fact{{TicketUnsplit, d}}, reopening(b.was, b.list, since)...), nil
}
