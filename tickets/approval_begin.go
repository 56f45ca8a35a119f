package tickets

import (
	"context"
	"fmt"
	"strings"
	"time"

	"okno/tickets/fields"
	"okno/tickets/forms"
)

// byPerson is the kind of an approver who was found when the ticket was opened:
// the value is the person's id.
const byPerson forms.ApproverKind = "id"

// beginApproval asks the first of those stages of a request type whose condition
// holds. It does nothing where none does.
func (s *Service) beginApproval(ctx context.Context, w *work, t forms.RequestType, a forms.Answers) error {
	stages := stagesFor(t, a)
	if len(stages) == 0 {
		return nil
	}
	return s.enter(ctx, w, Chain{TicketID: w.now.ID, Stages: stages, Stage: 1})
}

// stagesFor are the stages whose condition holds, without what they need the
// answers for.
func stagesFor(t forms.RequestType, a forms.Answers) []forms.Stage {
	var out []forms.Stage
	for _, stage := range t.Stages {
		if stage.When != nil && !stage.When.Holds(t, a) {
			continue
		}
		approvers := make([]forms.Approver, 0, len(stage.Approvers))
		for _, x := range stage.Approvers {
			if x.Kind == forms.ByStep {
				id, _, _ := fields.PersonOf(a[x.Value]) // nobody where the step was skipped
				x = forms.Approver{Kind: byPerson, Value: textOf(id)}
			}
			approvers = append(approvers, x)
		}
		stage.When, stage.Approvers = nil, approvers
		out = append(out, stage)
	}
	return out
}

// enter begins a stage: it asks those the stage names, or the agents where there
// is nobody to ask.
func (s *Service) enter(ctx context.Context, w *work, c Chain) error {
	who, err := s.approvers(ctx, w.now, c.now())
	if err != nil {
		return fmt.Errorf("find approvers: %w", err)
	}
	if len(who) == 0 {
		return s.askAgents(w, c, "approval.why.nobody")
	}
	c = c.begun(w.at)
	if hours := c.now().Deadline; hours > 0 {
		c.DueAt = w.at.Add(time.Duration(hours) * time.Hour)
	}
	list, err := s.questions(ctx, w, c, who)
	if err != nil {
		return err
	}
	s.keepChain(w, c)
	s.keepApprovals(w, list...)
	if err := w.follow(asks(c, list, Sentence{})); err != nil {
		return err
	}
	return w.hold(OnHold)
}

// begun is a chain that asks its stage, anew or for the first time.
func (c Chain) begun(at time.Time) Chain {
	c.Round++
	c.State, c.Agents, c.BegunAt, c.DueAt = ChainWaiting, false, at, time.Time{}
	return c
}

// askAgents puts the question of a stage to the agents. They have no deadline
// and see the ticket among the new ones.
func (s *Service) askAgents(w *work, c Chain, why string) error {
	c = c.begun(w.at)
	c.Agents = true
	a := c.question(s.store.NewID(), 0, w.at)
	s.keepChain(w, c)
	s.keepApprovals(w, a)
	if err := w.follow(asks(c, []Approval{a}, Sentence{Key: why})); err != nil {
		return err
	}
	return w.hold(New)
}

// questions are the rows of a stage: one for each who answers, and one for each
// who is away and has a deputy.
func (s *Service) questions(ctx context.Context, w *work, c Chain, who []int64) ([]Approval, error) {
	var out []Approval
	asked := map[int64]bool{}
	for _, person := range who {
		asked[person] = true
	}
	for _, person := range who {
		deputy, err := s.standIn(ctx, w.now, person, w.at)
		if err != nil {
			return nil, err
		}
		a := c.question(s.store.NewID(), person, w.at)
		if deputy == 0 {
			out = append(out, a)
			continue
		}
		a.State = ApprovalPassed
		out = append(out, a)
		if !asked[deputy] {
			asked[deputy] = true
			a.ID, a.PersonID, a.DeputyFor, a.State = s.store.NewID(), deputy, person, ApprovalWaiting
			out = append(out, a)
		}
	}
	return out, nil
}

// asks is the event that questions were put.
func asks(c Chain, list []Approval, why Sentence) fact {
	d := AskedData{Stage: c.Stage, Of: len(c.Stages), Name: c.now().Name, Rule: c.now().Rule, DueAt: c.DueAt, Why: why}
	for _, a := range list {
		if a.State == ApprovalWaiting {
			d.Asked = append(d.Asked, Asked{ApprovalID: a.ID, PersonID: a.PersonID, DeputyFor: a.DeputyFor})
		}
	}
	return fact{ApprovalAsked, d}
}

// follow records what the desk itself does about what somebody did.
func (w *work) follow(facts ...fact) error {
	by := w.by
	err := w.record(System(), facts...)
	w.by = by
	return err
}

// hold moves a ticket to the first status of a category, unless it is in that.
func (w *work) hold(c Category) error {
	to := w.list.first(c)
	if w.now.Category == c || to == 0 {
		return nil
	}
	return w.follow(moved(StatusChanged, w.now.StatusID, to))
}

// keepChain has a chain written with its ticket, and its timers with it.
func (s *Service) keepChain(w *work, c Chain) {
	w.then(func(ctx context.Context) error {
		if err := s.store.PutApprovalChain(ctx, c); err != nil {
			return fmt.Errorf("keep stages of approval: %w", err)
		}
		return s.setApprovalTimers(ctx, c, w.at)
	})
}

func (s *Service) keepApprovals(w *work, list ...Approval) {
	w.then(func(ctx context.Context) error {
		for _, a := range list {
			if err := s.store.PutApproval(ctx, a); err != nil {
				return fmt.Errorf("keep approval: %w", err)
			}
		}
		return nil
	})
}

// sameName compares names of teams as people type them.
func sameName(a, b string) bool { return strings.EqualFold(oneLine(a), oneLine(b)) }
