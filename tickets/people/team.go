package people

import (
	"context"
	"errors"
	"fmt"
)

// SaveTeam makes (ID 0) or changes a team with its members.
func (s *Service) SaveTeam(ctx context.Context, by Agent, t Team) (Team, error) {
	if err := administrators(by); err != nil {
		return Team{}, err
	}
	var err error
	if t.Name, err = typedName(t.Name); err != nil {
		return Team{}, err
	}
	t.Members = sorted(t.Members)
	err = s.store.InTx(ctx, func(ctx context.Context) error {
		for _, id := range t.Members {
			if _, err := s.agent(ctx, id); err != nil {
				return err
			}
		}
		t, err = s.putTeam(ctx, t)
		return err
	})
	if errors.Is(err, ErrTaken) {
		return Team{}, fault(invalid, "name", "error.people.team.taken")
	}
	return t, err
}

func (s *Service) putTeam(ctx context.Context, t Team) (Team, error) {
	if t.ID == 0 {
		t.ID, t.CreatedAt = s.store.NewID(), s.store.Now(ctx)
		return t, s.store.InsertTeam(ctx, t)
	}
	stored, err := s.store.Team(ctx, t.ID)
	if errors.Is(err, ErrMissing) {
		return Team{}, fault(missing, "", "error.people.team.missing")
	}
	if err != nil {
		return Team{}, fmt.Errorf("load team: %w", err)
	}
	t.CreatedAt = stored.CreatedAt
	return t, s.store.UpdateTeam(ctx, t)
}
