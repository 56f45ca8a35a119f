package tickets

import (
	"context"
	"errors"
	"slices"
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
		t, err := s.store.Ticket(ctx, d.TicketID)
		if err != nil {
			return missing(err, "error.ticket.missing")
		}
		if err := visible(by, t); err != nil {
			return err
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

// joined is a draft with another behind it. Once one of them was meant for the
// team only, both are.
func joined(there, d Draft) Draft {
	d.TicketID = there.TicketID
	if there.Body == "" && len(there.Files) == 0 {
		return d
	}
	if there.Kind == Note {
		d.Kind = Note
	}
	d.Body = strings.TrimSpace(there.Body + "\n\n" + d.Body)
	d.Files = append(slices.Clone(there.Files), d.Files...)
	return d
}

// draft answers an agent's draft, an empty one when there is none.
func (s *Service) draft(ctx context.Context, ticket, agent int64) (Draft, error) {
	d, err := s.store.Draft(ctx, ticket, agent)
	if errors.Is(err, people.ErrMissing) {
		return Draft{TicketID: ticket, AgentID: agent}, nil
	}
	return d, wrap("load draft", err)
}
