package tickets

import (
	"context"
	"errors"
	"fmt"
	"time"

	"okno/tickets/people"
)

// Grace is how long a deleted ticket can be restored.
const Grace = 30 * 24 * time.Hour

// TimerPurge is the kind of the timer that removes deleted tickets for good.
const TimerPurge = "tickets:purge"

// purgedAtOnce is how many tickets are looked up together to be removed.
const purgedAtOnce = 50

// Delete hides a ticket at once from everybody but administrators, and removes it
// for good after Grace. Replies under way still leave. What people write to it
// from now on opens a new ticket.
func (s *Service) Delete(ctx context.Context, by Actor, ticket int64) error {
	if err := onlyAgents(by); err != nil {
		return err
	}
	_, err := s.edit(ctx, ticket, func(ctx context.Context, w *work) error {
		if err := s.workable(ctx, by, w.was); err != nil {
			return err
		}
		until := w.at.Add(Grace)
		w.then(func(ctx context.Context) error {
			return wrap("set timer", s.store.PutTimer(ctx, TimerPurge, ticket, until))
		})
		w.then(func(ctx context.Context) error { return s.countMentions(ctx, ticket, -1) })
		return w.record(by, fact{TicketDeleted, DeletedData{Until: until}})
	})
	return err
}

// Restore undoes Delete while the ticket is not removed for good. Administrators
// may, and whoever deleted it.
func (s *Service) Restore(ctx context.Context, by Actor, ticket int64) error {
	if err := onlyAgents(by); err != nil {
		return err
	}
	_, err := s.edit(ctx, ticket, func(ctx context.Context, w *work) error {
		if err := s.restorable(ctx, by, w.was); err != nil {
			return err
		}
		w.then(func(ctx context.Context) error {
			return wrap("drop timer", s.store.DropTimer(ctx, TimerPurge, ticket))
		})
		w.then(func(ctx context.Context) error { return s.countMentions(ctx, ticket, 1) })
		if err := s.restoreApproval(ctx, w); err != nil {
			return err
		}
		return w.record(by, fact{TicketRestored, DeletedData{Until: w.was.DeletedAt.Add(Grace)}})
	})
	return err
}

func (s *Service) restorable(ctx context.Context, by Actor, t Ticket) error {
	if t.DeletedAt.IsZero() {
		return NewError(Blocked, "", "error.restore.none", "number", textOf(t.Number))
	}
	if onlyAdministrators(by) == nil {
		return nil
	}
	events, err := s.store.TicketEvents(ctx, t.ID)
	if err != nil {
		return wrap("load events", err)
	}
	// Nothing happens to a deleted ticket but what its replies under way bring.
	for _, e := range events {
		if e.Type == TicketDeleted && e.At.Equal(t.DeletedAt) && e.Actor.Kind == by.Kind && e.Actor.ID == by.ID {
			return nil
		}
	}
	return NewError(Missing, "", "error.ticket.missing")
}

// countMentions takes the unseen mentions in a ticket off the counters of its
// agents, or puts them back.
func (s *Service) countMentions(ctx context.Context, ticket int64, sign int) error {
	unseen, err := s.store.UnseenMentions(ctx, ticket)
	if err != nil {
		return fmt.Errorf("count mentions: %w", err)
	}
	delta := map[string]int{}
	for agent, n := range unseen {
		delta[CountKey(ViewMentions, agent)] = sign * n
	}
	return wrap("count mentions", s.store.AddCounts(ctx, delta))
}

// Purge removes for good what was deleted longer than Grace ago and answers how
// many tickets that were: the tickets themselves and those merged into them, with
// everything said. The log keeps that something happened, not what; and by what
// the messages were known is remembered, so that they are not taken in again.
// Files stay: others may share them.
func (s *Service) Purge(ctx context.Context) (int, error) {
	for n := 0; ; {
		ids, err := s.store.DeletedBefore(ctx, s.store.Now(ctx).Add(-Grace), purgedAtOnce)
		if err != nil || len(ids) == 0 {
			return n, wrap("look for deleted tickets", err)
		}
		purged, err := s.purgeAll(ctx, ids)
		if n += purged; err != nil {
			return n, err
		}
	}
}

// purgeAll removes each ticket in a transaction of its own, so that one that
// cannot be removed holds up no other.
func (s *Service) purgeAll(ctx context.Context, ids []int64) (n int, failed error) {
	for _, id := range ids {
		err := s.store.InTx(ctx, func(ctx context.Context) error { return s.purge(ctx, id) })
		switch {
		case errors.Is(err, people.ErrMissing): // somebody restored or removed it meanwhile
		case err != nil:
			failed = errors.Join(failed, fmt.Errorf("purge ticket %d: %w", id, err))
		default:
			n++
		}
	}
	return n, failed
}

// purge removes one ticket; people.ErrMissing when it was restored meanwhile.
func (s *Service) purge(ctx context.Context, ticket int64) error {
	t, err := s.store.Ticket(ctx, ticket)
	if err != nil {
		return err
	}
	if t.DeletedAt.IsZero() {
		return people.ErrMissing
	}
	if err := s.store.AddCounts(ctx, countsBetween(t, Ticket{})); err != nil {
		return fmt.Errorf("add counts: %w", err)
	}
	return s.bury(ctx, ticket)
}

// bury removes a ticket and all that were merged into it.
func (s *Service) bury(ctx context.Context, ticket int64) error {
	shells, err := s.store.MergedTickets(ctx, ticket)
	if err != nil {
		return fmt.Errorf("look for merged tickets: %w", err)
	}
	for _, id := range shells {
		if err := s.bury(ctx, id); err != nil {
			return err
		}
	}
	for _, kind := range []string{TimerPurge, TimerRemind, TimerLate} {
		if err := s.store.DropTimer(ctx, kind, ticket); err != nil {
			return fmt.Errorf("drop timer: %w", err)
		}
	}
	return wrap("bury ticket", s.store.BuryTicket(ctx, ticket))
}
