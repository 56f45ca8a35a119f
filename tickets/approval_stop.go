package tickets

import "context"

// stopApproval ends the questions of a ticket that was closed, merged or called
// spam: an answer could change nothing.
func (s *Service) stopApproval(ctx context.Context, w *work) error {
	if w.now.Approval == 0 || w.now.Category.Active() && w.now.MergedInto == 0 && !w.now.Spam {
		return nil
	}
	r, err := s.round(ctx, w)
	if err != nil {
		return err
	}
	s.end(w, r)
	s.finish(w, r.chain, ChainStopped)
	return w.record(w.by, settledAs(r.chain, ChainStopped, false))
}

// AskAgain asks once more for the approval of a ticket that was refused or
// closed before: the stage it ended in, whoever is named there by now. Blocked
// when there is nothing to ask again.
func (s *Service) AskAgain(ctx context.Context, by Actor, ticket int64) error {
	if err := onlyAgents(by); err != nil {
		return err
	}
	_, err := s.edit(ctx, ticket, func(ctx context.Context, w *work) error {
		if err := s.workable(ctx, by, w.was); err != nil {
			return err
		}
		r, err := s.round(ctx, w)
		if err != nil {
			return err
		}
		if r.chain.State != ChainRefused && r.chain.State != ChainStopped || w.was.Spam {
			return NewError(Blocked, "", "error.approval.again", "number", textOf(w.was.Number))
		}
		w.by = by
		return s.enter(ctx, w, r.chain)
	})
	return err
}

// PassApproval has somebody else answer a question: administrators may.
func (s *Service) PassApproval(ctx context.Context, by Actor, id, to int64) error {
	if err := onlyAdministrators(by); err != nil {
		return err
	}
	return s.editApproval(ctx, id, func(ctx context.Context, w *work, r *round, a Approval) error {
		if err := s.workable(ctx, by, w.was); err != nil {
			return err
		}
		if a.State != ApprovalWaiting {
			return NewError(Blocked, "", "error.approval.ended", "number", textOf(w.was.Number))
		}
		if err := s.passable(ctx, r, to); err != nil {
			return err
		}
		w.by = by
		if a.PersonID == 0 {
			return s.askInstead(w, r, a, to)
		}
		return s.passOn(w, r, a, to)
	})
}

func (s *Service) passable(ctx context.Context, r *round, to int64) error {
	able, err := s.ableToAnswer(ctx, []int64{to})
	switch {
	case err != nil:
		return err
	case len(able) == 0:
		return NewError(Invalid, "person", "error.approval.person")
	case r.asked(to):
		return NewError(Invalid, "person", "error.approval.twice")
	}
	return nil
}

// askInstead asks a person what the agents were asked.
func (s *Service) askInstead(w *work, r *round, a Approval, to int64) error {
	r.chain.Agents = false
	s.keepChain(w, r.chain)
	if err := s.passOn(w, r, a, to); err != nil {
		return err
	}
	return w.hold(OnHold)
}

// restoreApproval sets the timers of a ticket that was deleted and is back.
func (s *Service) restoreApproval(ctx context.Context, w *work) error {
	if w.was.Approval == 0 {
		return nil
	}
	r, err := s.round(ctx, w)
	if err == nil {
		s.keepChain(w, r.chain)
	}
	return err
}
