package tickets

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"okno/tickets/forms"
	"okno/tickets/people"
)

// round is the stage that is asked now with its questions.
type round struct {
	chain Chain
	list  []Approval // of this round, oldest first
}

// round loads the stage a ticket waits in; the zero round where it has none.
func (s *Service) round(ctx context.Context, w *work) (*round, error) {
	c, err := s.store.ApprovalChain(ctx, w.now.ID)
	if errors.Is(err, people.ErrMissing) {
		return &round{}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("load stages of approval: %w", err)
	}
	all, err := s.store.Approvals(ctx, w.now.ID)
	if err != nil {
		return nil, fmt.Errorf("load approvals: %w", err)
	}
	return &round{c, slices.DeleteFunc(all, func(a Approval) bool { return a.Round != c.Round })}, nil
}

// open says that the stage waits for answers.
func (r *round) open() bool { return r.chain.State == ChainWaiting }

// waiting are the questions nobody has answered.
func (r *round) waiting() []Approval {
	return slices.DeleteFunc(slices.Clone(r.list), func(a Approval) bool { return a.State != ApprovalWaiting })
}

// put replaces a question by what became of it, or adds it.
func (r *round) put(a Approval) {
	i := slices.IndexFunc(r.list, func(o Approval) bool { return o.ID == a.ID })
	if i < 0 {
		r.list = append(r.list, a)
		return
	}
	r.list[i] = a
}

// asked says that a person was asked in this round, themselves or as a deputy,
// and is to answer or did.
func (r *round) asked(person int64) bool {
	return slices.ContainsFunc(r.list, func(a Approval) bool {
		return a.PersonID == person && a.State != ApprovalPassed && a.State != ApprovalMoot
	})
}

// waits says that nobody has answered a question.
func (r *round) waits(id int64) bool {
	return slices.ContainsFunc(r.waiting(), func(a Approval) bool { return a.ID == id })
}

// verdict is where the stage stands. Questions that were passed on count by
// their deputies.
func (r *round) verdict() forms.Verdict {
	var votes []forms.Vote
	for _, a := range r.list {
		if a.State != ApprovalPassed {
			votes = append(votes, forms.Vote(a.State))
		}
	}
	return forms.Tally(r.chain.now(), votes)
}

// end makes the questions moot that nobody has answered.
func (s *Service) end(w *work, r *round) {
	for _, a := range r.waiting() {
		a.State = ApprovalMoot
		r.put(a)
		s.keepApprovals(w, a)
	}
}

// passOn gives a question to somebody else. One who was asked already keeps their
// own question only.
func (s *Service) passOn(w *work, r *round, a Approval, to int64) error {
	a.State = ApprovalPassed
	r.put(a)
	s.keepApprovals(w, a)
	if r.asked(to) {
		return nil
	}
	next := r.chain.question(s.store.NewID(), to, w.at)
	next.DeputyFor = a.PersonID
	r.put(next)
	s.keepApprovals(w, next)
	f := asks(r.chain, []Approval{next}, Sentence{})
	d, _ := f.data.(AskedData) // it always is
	d.Passed = true
	return w.follow(fact{ApprovalAsked, d})
}
