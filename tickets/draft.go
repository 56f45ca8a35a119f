package tickets

import (
	"context"
	"errors"
	"strings"

	"okno/tickets/people"
)

// SaveDraft keeps what an agent has typed; an empty draft is removed.
func (s *Service) SaveDraft(ctx context.Context, by Actor, d Draft) error {
	if err := onlyAgents(by); err != nil {
		return err
	}
	d.AgentID = by.ID
	if d.Kind == "" {
		d.Kind = Reply
	}
	return s.store.InTx(ctx, func(ctx context.Context) error {
		if strings.TrimSpace(d.Body) == "" && len(d.Files) == 0 {
			return wrap("remove draft", s.store.DeleteDraft(ctx, d.TicketID, by.ID))
		}
		if _, err := s.store.Ticket(ctx, d.TicketID); err != nil {
			return missing(err, "error.ticket.missing")
		}
		d.UpdatedAt = s.store.Now(ctx)
		return wrap("keep draft", s.store.PutDraft(ctx, d))
	})
}

// Draft answers the agent's draft, the zero Draft when there is none.
func (s *Service) Draft(ctx context.Context, by Actor, ticket int64) (Draft, error) {
	if err := onlyAgents(by); err != nil {
		return Draft{}, err
	}
	d, err := s.draft(ctx, ticket, by.ID)
	if err != nil || d.Body == "" && len(d.Files) == 0 {
		return Draft{}, err
	}
	return d, nil
}

// draft answers an agent's draft, an empty one when there is none.
func (s *Service) draft(ctx context.Context, ticket, agent int64) (Draft, error) {
	d, err := s.store.Draft(ctx, ticket, agent)
	if errors.Is(err, people.ErrMissing) {
		return Draft{TicketID: ticket, AgentID: agent}, nil
	}
	return d, wrap("load draft", err)
}
