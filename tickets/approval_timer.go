package tickets

import (
	"context"
	"fmt"
	"time"

	"okno/tickets/forms"
)

// The timers of approvals, one of each for a ticket.
const (
	TimerRemind = "approval:remind"
	TimerLate   = "approval:late"
)

// setApprovalTimers sets the timers of the stage that is asked, and drops those
// it does not need. The first reminder comes as long after now as any other.
func (s *Service) setApprovalTimers(ctx context.Context, c Chain, now time.Time) error {
	asked := c.State == ChainWaiting && !c.Agents
	remind := time.Duration(c.now().RemindIn) * time.Hour
	if err := s.setTimer(ctx, TimerRemind, c.TicketID, asked && remind > 0, now.Add(remind)); err != nil {
		return err
	}
	return s.setTimer(ctx, TimerLate, c.TicketID, asked && !c.DueAt.IsZero(), c.DueAt)
}

func (s *Service) setTimer(ctx context.Context, kind string, ticket int64, wanted bool, at time.Time) error {
	if !wanted {
		return wrap("drop timer", s.store.DropTimer(ctx, kind, ticket))
	}
	return wrap("set timer", s.store.PutTimer(ctx, kind, ticket, at))
}

// RemindApproval reminds those whose answer a ticket waits for, and passes on
// what waits for people who are away by now: the handler of TimerRemind. It does
// nothing when nobody is waited for any more.
func (s *Service) RemindApproval(ctx context.Context, ticket int64) error {
	return s.due(ctx, ticket, func(ctx context.Context, w *work, r *round) error {
		before := r.waiting()
		if err := s.passAway(ctx, w, r); err != nil {
			return err
		}
		var still []string
		for _, a := range before {
			if r.waits(a.ID) {
				still = append(still, textOf(a.ID))
			}
		}
		s.keepChain(w, r.chain) // sets the next reminder
		if len(still) == 0 {
			return nil
		}
		return w.follow(fact{ApprovalReminded, RemindedData{Stage: r.chain.Stage, Approvals: still}})
	})
}

// LateApproval does what a stage says is to happen at its deadline: the handler
// of TimerLate. It does nothing when the stage ended or its deadline moved.
func (s *Service) LateApproval(ctx context.Context, ticket int64) error {
	return s.due(ctx, ticket, func(ctx context.Context, w *work, r *round) error {
		if r.chain.DueAt.IsZero() || w.at.Before(r.chain.DueAt) {
			return nil
		}
		switch r.chain.now().Late {
		case forms.LateApprove:
			return s.agreed(ctx, w, r, true)
		case forms.LateRefuse:
			return s.refused(ctx, w, r, Sentence{Key: "approval.told.late"})
		}
		s.end(w, r)
		return s.askAgents(w, r.chain, "approval.why.late")
	})
}

// due does something about a ticket that waits for people. A ticket that is gone
// for good, or deleted, waits for nobody.
func (s *Service) due(ctx context.Context, ticket int64, do func(context.Context, *work, *round) error) error {
	_, err := s.edit(ctx, ticket, func(ctx context.Context, w *work) error {
		if w.was.Approval == 0 || w.was.Gone() {
			return nil
		}
		r, err := s.round(ctx, w)
		if err != nil || !r.open() || r.chain.Agents {
			return err
		}
		return do(ctx, w, r)
	})
	if KindOf(err) == Missing {
		return nil
	}
	if err != nil {
		return fmt.Errorf("approval of ticket %d: %w", ticket, err)
	}
	return nil
}
