package tickets

import (
	"context"
	"errors"
	"fmt"

	"okno/tickets/people"
)

// checkNew checks that everything a new ticket names exists.
func (s *Service) checkNew(ctx context.Context, n NewTicket, list statuses) error {
	c := Change{
		StatusID: &n.StatusID, Priority: &n.Priority, TeamID: &n.TeamID,
		AssigneeID: &n.AssigneeID, RequesterID: &n.RequesterID, AddFollowers: n.Followers,
	}
	if err := s.checkChange(ctx, c, list); err != nil {
		return err
	}
	if err := s.checkAnswers(ctx, Ticket{TeamID: n.TeamID}, Change{Fields: n.Fields}); err != nil {
		return err
	}
	return checkTags(n.Tags)
}

// checkChange checks that everything a change names exists.
func (s *Service) checkChange(ctx context.Context, c Change, list statuses) error {
	if c.StatusID != nil && !list.has(*c.StatusID) {
		return NewError(Invalid, "status", "error.status.unknown")
	}
	if c.Priority != nil && (*c.Priority < Low || *c.Priority > Urgent) {
		return NewError(Invalid, "priority", "error.priority.unknown")
	}
	if err := s.checkTeam(ctx, c.TeamID); err != nil {
		return err
	}
	if err := s.checkAssignee(ctx, c.AssigneeID); err != nil {
		return err
	}
	if err := s.checkRequester(ctx, c.RequesterID); err != nil {
		return err
	}
	return s.checkFollowers(ctx, c.AddFollowers)
}

func (s *Service) checkTeam(ctx context.Context, id *int64) error {
	if id == nil || *id == 0 {
		return nil
	}
	_, err := s.store.Team(ctx, *id)
	return unknown(err, "team", "error.team.unknown")
}

func (s *Service) checkAssignee(ctx context.Context, id *int64) error {
	if id == nil || *id == 0 {
		return nil
	}
	a, err := s.store.Agent(ctx, *id)
	if err == nil && a.Disabled {
		return NewError(Invalid, "assignee", "error.assignee.disabled", "who", a.Name)
	}
	return unknown(err, "assignee", "error.assignee.unknown")
}

func (s *Service) checkRequester(ctx context.Context, id *int64) error {
	if id == nil {
		return nil
	}
	_, err := s.store.Person(ctx, *id)
	return unknown(err, "requester", "error.requester.unknown")
}

func (s *Service) checkFollowers(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	found, err := s.store.Persons(ctx, ids)
	if err != nil {
		return fmt.Errorf("load followers: %w", err)
	}
	for _, id := range ids {
		if _, ok := found[id]; !ok {
			return NewError(Invalid, "followers", "error.followers.unknown")
		}
	}
	return nil
}

// unknown turns "no such row" into a refusal of the input that named it.
func unknown(err error, field, message string) error {
	if errors.Is(err, people.ErrMissing) {
		return &Error{Kind: Invalid, Field: field, Message: message, Err: err}
	}
	return err
}
