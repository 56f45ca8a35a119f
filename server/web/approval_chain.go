package web

import (
	"context"
	"fmt"
	"time"

	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/approval"
)

// chainOf reads who has to approve a ticket and what they answered.
func (w *Web) chainOf(ctx context.Context, env ui.Env, t tickets.Ticket) (approval.Chain, error) {
	chain, ok, err := w.Tickets.Chain(ctx, t.ID)
	if err != nil || !ok {
		return approval.Chain{}, err
	}
	list, err := w.Tickets.Approvals(ctx, t.ID)
	if err != nil {
		return approval.Chain{}, err
	}
	known, err := w.Store.Persons(ctx, concerned(list))
	if err != nil {
		return approval.Chain{}, err
	}
	out := approval.Chain{Outcome: chain.State}
	for i := range chain.Stages {
		out.Stages = append(out.Stages, stageOf(env, chain, i+1))
	}
	for _, q := range list {
		a, err := w.answerOf(ctx, env, known, q)
		if err != nil {
			return out, err
		}
		at := &out.Stages[q.Stage-1]
		at.Answers = append(at.Answers, a)
	}
	return out, nil
}

// concerned are the persons that questions name.
func concerned(list []tickets.Approval) []int64 {
	var ids []int64
	for _, q := range list {
		ids = append(ids, q.PersonID, q.DeputyFor)
	}
	return ids
}

// stageOf is one stage without its answers.
func stageOf(env ui.Env, c tickets.Chain, n int) approval.Stage {
	stage := c.Stages[n-1]
	out := approval.Stage{Title: env.T("approval.stage", "stage", n, "of", len(c.Stages))}
	if name := stage.Name.In(env.Lang); name != "" {
		out.Title = env.T("approval.stage.named", "stage", n, "of", len(c.Stages), "name", name)
	}
	if out.Current = n == c.Stage && c.State == tickets.ChainWaiting; !out.Current {
		return out
	}
	out.Due = c.DueAt
	if !c.Agents && stage.Rule != "" {
		out.Rule = env.T("approval.rule." + string(ruleOf(stage)))
	}
	return out
}

// ruleOf is the rule of a stage; one that names none wants everybody.
func ruleOf(s forms.Stage) forms.Rule {
	if s.Rule == "" {
		return forms.AllOf
	}
	return s.Rule
}

// answerOf is one question as pages show it.
func (w *Web) answerOf(ctx context.Context, env ui.Env, known map[int64]people.Person, q tickets.Approval) (approval.Answer, error) {
	a := approval.Answer{ID: q.ID, Name: known[q.PersonID].Name, Instead: known[q.DeputyFor].Name, State: q.State, Comment: q.Comment, At: answeredAt(q)}
	if q.PersonID == 0 {
		a.Name = env.T("approval.agents")
	}
	if q.AgentID == 0 {
		return a, nil
	}
	agent, err := w.Store.Agent(ctx, q.AgentID)
	if err != nil {
		return a, fmt.Errorf("load agent: %w", err)
	}
	a.By = agent.Name
	return a, nil
}

// answeredAt is when something last happened to a question.
func answeredAt(q tickets.Approval) time.Time {
	if q.AnsweredAt.IsZero() {
		return q.AskedAt
	}
	return q.AnsweredAt
}
