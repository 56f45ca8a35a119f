package tickets

import (
	"context"
	"errors"

	"okno/tickets/people"
)

// Approval answers one question.
func (s *Service) Approval(ctx context.Context, id int64) (Approval, error) {
	a, err := s.store.Approval(ctx, id)
	return a, missing(err, "error.approval.missing")
}

// Approvals answers every question about a ticket, oldest first.
func (s *Service) Approvals(ctx context.Context, ticket int64) ([]Approval, error) {
	list, err := s.store.Approvals(ctx, ticket)
	return list, wrap("load approvals", err)
}

// ApprovalsOf answers what waits for a person, oldest first.
func (s *Service) ApprovalsOf(ctx context.Context, person int64) ([]Approval, error) {
	list, err := s.store.ApprovalsOf(ctx, person)
	return list, wrap("load approvals", err)
}

// Chain answers the stages of approval of a ticket; false when it has none.
func (s *Service) Chain(ctx context.Context, ticket int64) (Chain, bool, error) {
	c, err := s.store.ApprovalChain(ctx, ticket)
	if errors.Is(err, people.ErrMissing) {
		return Chain{}, false, nil
	}
	return c, err == nil, wrap("load stages of approval", err)
}

// Answerable refuses, with the reason, an answer that would not be taken.
func (s *Service) Answerable(ctx context.Context, by Actor, t Ticket, a Approval) error {
	return s.answerable(ctx, by, t, a)
}

// Wanted answers what a ticket asks for: its first public message, the zero
// Message where it has none.
func (s *Service) Wanted(ctx context.Context, ticket int64) (Message, error) {
	list, err := s.store.Messages(ctx, ticket)
	if err != nil {
		return Message{}, wrap("load messages", err)
	}
	for _, m := range list {
		if m.Kind == Reply && m.RemovedAt.IsZero() {
			return m, nil
		}
	}
	return Message{}, nil
}
