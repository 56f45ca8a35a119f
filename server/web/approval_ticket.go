package web

import (
	"context"
	"errors"
	"fmt"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/approval"
	"okno/ui/desk"
)

// approvalOf reads who has to approve a ticket, with what the agent who looks
// can do about it.
func (w *Web) approvalOf(ctx context.Context, env ui.Env, t tickets.Ticket) (approval.Chain, error) {
	chain, err := w.chainOf(ctx, env, t)
	if err != nil || t.Gone() {
		return chain, err
	}
	if chain.Outcome == tickets.ChainRefused || chain.Outcome == tickets.ChainStopped {
		chain.Again = fmt.Sprintf("/tickets/%d/approvals", t.Number)
	}
	list, err := w.Tickets.Approvals(ctx, t.ID)
	if err != nil {
		return chain, err
	}
	for _, q := range list {
		if a := answerIn(chain, q.ID); a != nil && q.State == tickets.ApprovalWaiting {
			if err := w.offer(ctx, env, t, q, a); err != nil {
				return chain, err
			}
		}
	}
	return chain, nil
}

// offer says what the agent who looks can do about a question that waits.
func (w *Web) offer(ctx context.Context, env ui.Env, t tickets.Ticket, q tickets.Approval, a *approval.Answer) error {
	where := fmt.Sprintf("/tickets/%d/approvals/%d", t.Number, q.ID)
	err := w.Tickets.Answerable(ctx, tickets.AsAgent(env.Agent), t, q)
	switch {
	case err == nil:
		a.Answer = where
	case tickets.KindOf(err) == "":
		return err
	}
	if env.Agent.Role == people.Administrator {
		a.Pass = where + "/pass"
	}
	return nil
}

// answerIn finds a question among the stages, nil where it is none of theirs.
func answerIn(c approval.Chain, id int64) *approval.Answer {
	for _, s := range c.Stages {
		for i := range s.Answers {
			if s.Answers[i].ID == id {
				return &s.Answers[i]
			}
		}
	}
	return nil
}

// answerHere takes the answer of an agent.
func (w *Web) answerHere(c *gin.Context, env ui.Env) error {
	return w.approve(c, env, func(ctx context.Context, by tickets.Actor, id int64) error {
		return w.Tickets.AnswerApproval(ctx, by, id, c.PostForm("answer") == "agree", c.PostForm("comment"), "web")
	})
}

// passApproval has somebody else answer.
func (w *Web) passApproval(c *gin.Context, env ui.Env) error {
	return w.approve(c, env, func(ctx context.Context, by tickets.Actor, id int64) error {
		to, err := w.byAddress(ctx, c.PostForm("person"))
		if errors.Is(err, people.ErrMissing) {
			return tickets.NewError(tickets.Invalid, "person", "error.approval.person")
		}
		if err != nil {
			return err
		}
		return w.Tickets.PassApproval(ctx, by, id, to.ID)
	})
}

// approve does something about a question of a ticket. What was typed stays where
// it was refused.
func (w *Web) approve(c *gin.Context, env ui.Env, do func(ctx context.Context, by tickets.Actor, id int64) error) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	id, err := pathID(c, "approval")
	if err != nil {
		return err
	}
	err = do(c.Request.Context(), tickets.AsAgent(env.Agent), id)
	if err == nil {
		return redirect(c, desk.Address(t.Number, viewOf(c)))
	}
	refused, err := field(err)
	if err != nil {
		return err
	}
	return w.approvalRefused(c, env, t.Number, id, refused)
}

func (w *Web) approvalRefused(c *gin.Context, env ui.Env, number, id int64, refused *tickets.Error) error {
	env.Pos = w.from()
	t, err := w.ticket(c, env, number, viewOf(c))
	if err != nil {
		return err
	}
	if a := answerIn(t.Side.Approval, id); a != nil {
		a.Typed, a.Person = c.PostForm("comment"), c.PostForm("person")
		a.Refusals = map[string]string{refused.Field: env.Fault(refused)}
	}
	env.Rail.Current = t.View
	title := env.T("ticket.title", "number", t.Number, "subject", t.Subject)
	return w.page(c, env, statusOf(refused.Kind), title, desk.TicketMain(env, t))
}

// askAgain asks once more for the approval of a ticket.
func (w *Web) askAgain(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	if err := w.Tickets.AskAgain(c.Request.Context(), tickets.AsAgent(env.Agent), t.ID); err != nil {
		return err
	}
	return redirect(c, desk.Address(t.Number, viewOf(c)))
}
