package tickets

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"okno/tickets/forms"
	"okno/tickets/people"
)

// longestComment is what an approver can say, in characters.
const longestComment = 2000

// AnswerApproval takes the answer of whoever was asked: the person, an agent who
// is that person, or for want of others any agent. A refusal needs a reason. via
// is the network of the answer: "telegram", "email", "web". What was answered,
// passed on, or ended meanwhile is Blocked; somebody else's question Denied.
func (s *Service) AnswerApproval(ctx context.Context, by Actor, id int64, agree bool, comment, via string) error {
	comment, err := typedComment(agree, comment)
	if err != nil {
		return err
	}
	return s.editApproval(ctx, id, func(ctx context.Context, w *work, r *round, a Approval) error {
		if err := s.answerable(ctx, by, w.was, a); err != nil {
			return err
		}
		a.State, a.Comment, a.Via, a.AnsweredAt = ApprovalRefused, comment, via, w.at
		if agree {
			a.State = ApprovalAgreed
		}
		if a.PersonID == 0 {
			a.AgentID = by.ID
		}
		return s.answer(ctx, by, w, r, a)
	})
}

func typedComment(agree bool, comment string) (string, error) {
	comment = strings.TrimSpace(comment)
	switch {
	case utf8.RuneCountInString(comment) > longestComment:
		return "", NewError(Invalid, "comment", "error.approval.comment.long", "most", textOf(longestComment))
	case !agree && comment == "":
		return "", NewError(Invalid, "comment", "error.approval.reason")
	}
	return comment, nil
}

// editApproval is edit for the ticket of a question.
func (s *Service) editApproval(ctx context.Context, id int64, decide func(context.Context, *work, *round, Approval) error) error {
	return s.insist(ctx, func(ctx context.Context) error {
		a, err := s.store.Approval(ctx, id)
		if err != nil {
			return missing(err, "error.approval.missing")
		}
		w, err := s.load(ctx, a.TicketID)
		if err != nil {
			return err
		}
		r, err := s.round(ctx, w)
		if err != nil {
			return err
		}
		if i := slices.IndexFunc(r.list, func(o Approval) bool { return o.ID == id }); i >= 0 {
			a = r.list[i] // as it is now that its ticket is held
		}
		if err := decide(ctx, w, r, a); err != nil {
			return err
		}
		return s.save(ctx, w)
	})
}

// answerable refuses an answer nobody waits for, and says why nobody does.
func (s *Service) answerable(ctx context.Context, by Actor, t Ticket, a Approval) error {
	if err := s.mayAnswer(ctx, by, t, a); err != nil {
		return err
	}
	number := textOf(t.Number)
	switch {
	case !t.DeletedAt.IsZero():
		return NewError(Blocked, "", "error.approval.deleted", "number", number)
	case a.State == ApprovalWaiting:
		return nil
	case a.State == ApprovalPassed:
		return NewError(Blocked, "", "error.approval.passed", "number", number)
	case a.State == ApprovalMoot && !t.Category.Active():
		return NewError(Blocked, "", "error.approval.closed", "number", number)
	case a.State == ApprovalMoot:
		return NewError(Blocked, "", "error.approval.ended", "number", number)
	}
	return NewError(Blocked, "", "error.approval.answered", "number", number)
}

// mayAnswer refuses everybody who was not asked. Where the agents answer, one
// does not decide about what they ask for themselves.
func (s *Service) mayAnswer(ctx context.Context, by Actor, t Ticket, a Approval) error {
	own, err := s.personOf(ctx, by)
	switch {
	case err != nil:
		return err
	case a.PersonID != 0 && own == a.PersonID:
		return s.notBlocked(ctx, own)
	case a.PersonID != 0 || by.Kind != ByAgent:
		return NewError(Denied, "", "error.approval.foreign")
	case own != t.RequesterID:
		return nil
	}
	others, err := s.agentsWho(ctx, func(people.Agent) bool { return true })
	if err == nil && slices.ContainsFunc(others, func(id int64) bool { return id != own }) {
		return NewError(Denied, "", "error.approval.own")
	}
	return err
}

// notBlocked refuses somebody who was cut off after they were asked.
func (s *Service) notBlocked(ctx context.Context, person int64) error {
	able, err := s.ableToAnswer(ctx, []int64{person})
	if err == nil && len(able) == 0 {
		return NewError(Denied, "", "error.approval.foreign")
	}
	return err
}

// answer records an answer and what it brings about.
func (s *Service) answer(ctx context.Context, by Actor, w *work, r *round, a Approval) error {
	r.put(a)
	s.keepApprovals(w, a)
	err := w.record(by, fact{ApprovalAnswered, AnsweredData{
		ApprovalID: a.ID, Stage: a.Stage, PersonID: a.PersonID, DeputyFor: a.DeputyFor,
		Agree: a.State == ApprovalAgreed, Comment: a.Comment, Via: a.Via,
	}})
	if err != nil {
		return err
	}
	switch r.verdict() {
	case forms.Agreed:
		return s.agreed(ctx, w, r, false)
	case forms.Refused:
		who, err := s.answeredBy(ctx, a)
		if err != nil {
			return err
		}
		return s.refused(ctx, w, r, Sentence{Key: "approval.told.refused", Args: map[string]string{"name": who, "reason": a.Comment}})
	}
	return nil
}

// answeredBy is the name of whoever gave an answer.
func (s *Service) answeredBy(ctx context.Context, a Approval) (string, error) {
	if a.AgentID != 0 {
		x, err := s.store.Agent(ctx, a.AgentID)
		return x.Name, wrap("load agent", err)
	}
	p, err := s.store.Person(ctx, a.PersonID)
	if err != nil {
		return "", fmt.Errorf("load approver: %w", err)
	}
	return p.Name, nil
}
