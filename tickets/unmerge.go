package tickets

import (
	"context"
	"fmt"
	"slices"
)

// Unmerge gives a merged ticket back what Merge took, and answers it: its
// messages as they are by now, its status, and from the other ticket the tags
// and followers it had brought. What was written since stays in the other
// ticket. It is refused while the other is merged itself or deleted, and when
// messages of this one were split off there.
func (s *Service) Unmerge(ctx context.Context, by Actor, from int64) (Ticket, error) {
	if err := onlyAgents(by); err != nil {
		return Ticket{}, err
	}
	var answer *work
	err := s.insist(ctx, func(ctx context.Context) error {
		u, err := s.unmerging(ctx, by, from)
		if err != nil {
			return err
		}
		answer = u.a
		return s.unmerge(ctx, by, u)
	})
	if err != nil {
		return Ticket{}, err
	}
	return answer.now, nil
}

// undo is a merge that is being undone: both tickets, what was moved, and what
// the logs say about it.
type undo struct {
	a, b       *work     // a gets its messages back from b
	was        MoveData  // the move as a tells it
	back, left []Message // those in b that go back and those that stay
	aLog, bLog []Event
}

// unmerging finds out what Merge did, and whether it can be undone.
func (s *Service) unmerging(ctx context.Context, by Actor, from int64) (u undo, err error) {
	if u.a, err = s.load(ctx, from); err != nil {
		return u, err
	}
	if err := visible(by, u.a.was); err != nil {
		return u, err
	}
	if u.aLog, err = s.store.TicketEvents(ctx, from); err != nil {
		return u, wrap("load events", err)
	}
	e, ok := lastMove(u.aLog, u.a.was.MergedInto)
	if !ok || e.Type != TicketMerged {
		return u, NewError(Blocked, "", "error.unmerge.none", "number", textOf(u.a.was.Number))
	}
	return s.meet(ctx, by, u, e)
}

// meet loads the other ticket of a move and sorts its messages into those that
// moved and those that stay.
func (s *Service) meet(ctx context.Context, by Actor, u undo, e Event) (undo, error) {
	var err error
	if u.was, err = moveOf(e); err != nil {
		return u, err
	}
	if u.b, err = s.load(ctx, u.was.TicketID); err != nil {
		return u, err
	}
	if u.b.was.MergedInto != 0 {
		return u, s.mergedFurther(ctx, u.b.was)
	}
	if err := s.workable(ctx, by, u.b.was); err != nil {
		return u, err
	}
	if u.bLog, err = s.store.TicketEvents(ctx, u.b.was.ID); err != nil {
		return u, wrap("load events", err)
	}
	all, err := s.knowing(ctx, u.b)
	if err != nil {
		return u, err
	}
	u.back, u.left = parted(all, numbers(u.was.Messages))
	if len(u.back) != len(u.was.Messages) {
		return u, NewError(Blocked, "", "error.unmerge.moved", "number", textOf(u.b.was.Number))
	}
	return u, nil
}

func (s *Service) mergedFurther(ctx context.Context, t Ticket) error {
	home, err := s.Home(ctx, t.ID)
	if err != nil {
		return err
	}
	return NewError(Blocked, "", "error.unmerge.further", "number", textOf(t.Number), "into", textOf(home.Number))
}

// parted sorts messages into those named and the others.
func parted(all []Message, ids []int64) (named, others []Message) {
	for _, m := range all {
		if slices.Contains(ids, m.ID) {
			named = append(named, m)
			continue
		}
		others = append(others, m)
	}
	return named, others
}

// lastMove answers the last event by which messages left for a ticket.
func lastMove(events []Event, to int64) (Event, bool) {
	for _, e := range slices.Backward(events) {
		switch e.Type {
		case TicketMerged, TicketUnsplit:
			d, err := moveOf(e)
			return e, err == nil && d.Left && d.TicketID == to
		}
	}
	return Event{}, false
}

func moveOf(e Event) (MoveData, error) {
	var d MoveData
	err := read(e, func(m MoveData) error { d = m; return nil })
	if err != nil {
		return d, fmt.Errorf("read %s: %w", e.Type, err)
	}
	return d, nil
}

func (s *Service) unmerge(ctx context.Context, by Actor, u undo) error {
	u.a.learn(u.back)
	came, err := returned(u)
	if err != nil {
		return err
	}
	gave, err := given(u)
	if err != nil {
		return err
	}
	if err := u.a.record(by, fact{TicketUnmerged, came}); err != nil {
		return err
	}
	if err := u.b.record(by, gave...); err != nil {
		return err
	}
	s.move(u.b, u.back, u.b.was.ID, u.a.was.ID)
	return s.saveAll(ctx, u.a, u.b)
}

// returned is what happens to the ticket that gets its messages back.
func returned(u undo) (MoveData, error) {
	since, err := waitingIn(u.aLog, u.back, u.a.known)
	return MoveData{
		TicketID: u.b.was.ID, Number: u.b.was.Number, Messages: idsOf(u.back),
		StatusID: u.was.StatusWas, StatusWas: u.a.was.StatusID, Shown: shownOf(u.back, since),
	}, err
}

// given is what happens to the ticket that gives messages back.
func given(u undo) ([]fact, error) {
	at := arrival(u.bLog, u.a.was.ID)
	if at < 0 {
		return nil, fmt.Errorf("ticket %d does not know of the merge", u.b.was.ID)
	}
	brought, err := moveOf(u.bLog[at])
	if err != nil {
		return nil, err
	}
	since, err := waitingIn(u.bLog, u.left, u.b.known)
	d := MoveData{
		TicketID: u.a.was.ID, Number: u.a.was.Number, Left: true, Messages: idsOf(u.back), Shown: shownOf(u.left, since),
		Tags:      ListData{Removed: common(u.b.was.Tags, brought.Tags.Added)},
		Followers: ListData{Removed: common(texts(u.b.was.Followers), brought.Followers.Added)},
	}
	facts := []fact{{TicketUnmerged, d}}
	if status := reopenedBy(u.bLog[at:]); status != 0 && status != u.b.was.StatusID {
		facts = append(facts, moved(StatusChanged, u.b.was.StatusID, status))
	}
	return facts, err
}

// arrival answers the last event by which a ticket was merged into this one, -1
// when there is none.
func arrival(events []Event, from int64) int {
	for i, e := range slices.Backward(events) {
		if e.Type != TicketMerged {
			continue
		}
		if d, err := moveOf(e); err == nil && !d.Left && d.TicketID == from {
			return i
		}
	}
	return -1
}

// reopenedBy answers the status a merge changed, when nothing was said or
// decided since; 0 otherwise. The merge is the first of events.
func reopenedBy(events []Event) (status int64) {
	for i, e := range events[1:] {
		switch e.Type {
		case MessageAdded, TicketMerged:
			return 0
		case StatusChanged:
			if i > 0 || !brought(events[0], e) {
				return 0
			}
			status = fromOf(e)
		}
	}
	return status
}
