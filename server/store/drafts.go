package store

import (
	"context"

	"okno/tickets"
)

// Draft implements tickets.DraftStore.
func (s *Store) Draft(ctx context.Context, ticket, agent int64) (tickets.Draft, error) {
	var r struct {
		Kind      string
		Body      string
		Files     document[[]tickets.File]
		UpdatedAt int64 `db:"updated_at"`
	}
	err := s.get(ctx, &r, `SELECT kind, body, files, updated_at FROM drafts WHERE ticket_id = $1 AND agent_id = $2`, ticket, agent)
	if err != nil {
		return tickets.Draft{}, err
	}
	return tickets.Draft{TicketID: ticket, AgentID: agent, Kind: tickets.MessageKind(r.Kind), Body: r.Body,
		Files: r.Files.V, UpdatedAt: at(r.UpdatedAt)}, nil
}

// Drafts implements tickets.DraftStore.
func (s *Store) Drafts(ctx context.Context, ticket int64) ([]tickets.Draft, error) {
	var agents []int64
	err := s.list(ctx, &agents, `SELECT agent_id FROM drafts WHERE ticket_id = $1 ORDER BY agent_id`, ticket)
	if err != nil {
		return nil, err
	}
	found := make([]tickets.Draft, len(agents))
	for i, agent := range agents {
		if found[i], err = s.Draft(ctx, ticket, agent); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// PutDraft implements tickets.DraftStore.
func (s *Store) PutDraft(ctx context.Context, d tickets.Draft) error {
	_, err := s.execQuietly(ctx, `INSERT INTO drafts (ticket_id, agent_id, kind, body, files, updated_at)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (ticket_id, agent_id) DO UPDATE SET kind = excluded.kind,
		body = excluded.body, files = excluded.files, updated_at = excluded.updated_at`,
		d.TicketID, d.AgentID, string(d.Kind), d.Body, asJSON(d.Files), ms(d.UpdatedAt))
	return err
}

// DeleteDraft implements tickets.DraftStore.
func (s *Store) DeleteDraft(ctx context.Context, ticket, agent int64) error {
	_, err := s.execQuietly(ctx, `DELETE FROM drafts WHERE ticket_id = $1 AND agent_id = $2`, ticket, agent)
	return err
}
