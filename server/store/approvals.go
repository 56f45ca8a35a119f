package store

import (
	"context"

	"okno/tickets"
	"okno/tickets/forms"
)

type chainRow struct {
	TicketID int64 `db:"ticket_id"`
	Stages   document[[]forms.Stage]
	Stage    int
	Round    int
	Agents   bool
	State    string
	BegunAt  int64 `db:"begun_at"`
	DueAt    int64 `db:"due_at"`
}

func (r chainRow) chain() tickets.Chain {
	return tickets.Chain{TicketID: r.TicketID, Stages: r.Stages.V, Stage: r.Stage, Round: r.Round, Agents: r.Agents,
		State: tickets.ChainState(r.State), BegunAt: at(r.BegunAt), DueAt: at(r.DueAt)}
}

// ApprovalChain implements tickets.ApprovalStore.
func (s *Store) ApprovalChain(ctx context.Context, ticket int64) (tickets.Chain, error) {
	var r chainRow
	err := s.get(ctx, &r, `SELECT ticket_id, stages, stage, round, agents, state, begun_at, due_at
		FROM approval_chains WHERE ticket_id = $1`, ticket)
	return r.chain(), err
}

// PutApprovalChain implements tickets.ApprovalStore.
func (s *Store) PutApprovalChain(ctx context.Context, c tickets.Chain) error {
	_, err := s.exec(ctx, `INSERT INTO approval_chains (ticket_id, stages, stage, round, agents, state, begun_at, due_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (ticket_id) DO UPDATE SET stages = excluded.stages,
		stage = excluded.stage, round = excluded.round, agents = excluded.agents, state = excluded.state,
		begun_at = excluded.begun_at, due_at = excluded.due_at`,
		c.TicketID, asJSON(c.Stages), c.Stage, c.Round, c.Agents, string(c.State), ms(c.BegunAt), ms(c.DueAt))
	return err
}

type approvalRow struct {
	ID         int64
	TicketID   int64 `db:"ticket_id"`
	Stage      int
	Round      int
	PersonID   int64 `db:"person_id"`
	DeputyFor  int64 `db:"deputy_for"`
	AgentID    int64 `db:"agent_id"`
	State      string
	Comment    string
	Via        string
	AskedAt    int64 `db:"asked_at"`
	AnsweredAt int64 `db:"answered_at"`
}

func (r approvalRow) approval() tickets.Approval {
	return tickets.Approval{ID: r.ID, TicketID: r.TicketID, Stage: r.Stage, Round: r.Round, PersonID: r.PersonID,
		DeputyFor: r.DeputyFor, AgentID: r.AgentID, State: tickets.ApprovalState(r.State), Comment: r.Comment, Via: r.Via,
		AskedAt: at(r.AskedAt), AnsweredAt: at(r.AnsweredAt)}
}

// The questions of a ticket, and those that wait for a person.
const (
	approvalColumns = `SELECT a.id, a.ticket_id, a.stage, a.round, a.person_id, a.deputy_for, a.agent_id, a.state, a.comment,
		a.via, a.asked_at, a.answered_at FROM approvals a`
	approvalsOfTicket = approvalColumns + ` WHERE a.ticket_id = $1 ORDER BY a.id`
	approvalsOfPerson = approvalColumns + ` JOIN tickets t ON t.id = a.ticket_id
		WHERE a.person_id = $1 AND a.state = 'waiting' AND NOT t.gone ORDER BY a.id`
)

// Approval implements tickets.ApprovalStore.
func (s *Store) Approval(ctx context.Context, id int64) (tickets.Approval, error) {
	var r approvalRow
	err := s.get(ctx, &r, approvalColumns+` WHERE a.id = $1`, id)
	return r.approval(), err
}

// Approvals implements tickets.ApprovalStore.
func (s *Store) Approvals(ctx context.Context, ticket int64) ([]tickets.Approval, error) {
	return s.approvals(ctx, approvalsOfTicket, ticket)
}

// ApprovalsOf implements tickets.ApprovalStore.
func (s *Store) ApprovalsOf(ctx context.Context, person int64) ([]tickets.Approval, error) {
	return s.approvals(ctx, approvalsOfPerson, person)
}

func (s *Store) approvals(ctx context.Context, query string, of int64) ([]tickets.Approval, error) {
	var rows []approvalRow
	err := s.list(ctx, &rows, query, of)
	found := make([]tickets.Approval, len(rows))
	for i, r := range rows {
		found[i] = r.approval()
	}
	return found, err
}

// PutApproval implements tickets.ApprovalStore.
func (s *Store) PutApproval(ctx context.Context, a tickets.Approval) error {
	_, err := s.exec(ctx, `INSERT INTO approvals (id, ticket_id, stage, round, person_id, deputy_for, agent_id, state,
		comment, via, asked_at, answered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (id) DO UPDATE SET agent_id = excluded.agent_id, state = excluded.state, comment = excluded.comment,
		via = excluded.via, answered_at = excluded.answered_at`,
		a.ID, a.TicketID, a.Stage, a.Round, a.PersonID, a.DeputyFor, a.AgentID, string(a.State), a.Comment, a.Via,
		ms(a.AskedAt), ms(a.AnsweredAt))
	return err
}
