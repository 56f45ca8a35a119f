package store

import (
	"context"

	"okno/tickets/people"
)

type teamRow struct {
	ID        int64
	Name      string
	CreatedAt int64 `db:"created_at"`
}

type memberRow struct {
	TeamID  int64 `db:"team_id"`
	AgentID int64 `db:"agent_id"`
}

// Team implements people.TeamStore.
func (s *Store) Team(ctx context.Context, id int64) (people.Team, error) {
	var r teamRow
	if err := s.get(ctx, &r, `SELECT id, name, created_at FROM teams WHERE id = $1`, id); err != nil {
		return people.Team{}, err
	}
	t := people.Team{ID: r.ID, Name: r.Name, CreatedAt: at(r.CreatedAt)}
	err := s.list(ctx, &t.Members, `SELECT agent_id FROM team_members WHERE team_id = $1 ORDER BY agent_id`, id)
	return t, err
}

// Teams implements people.TeamStore.
func (s *Store) Teams(ctx context.Context) ([]people.Team, error) {
	var rows []teamRow
	if err := s.list(ctx, &rows, `SELECT id, name, created_at FROM teams ORDER BY name, id`); err != nil {
		return nil, err
	}
	var members []memberRow
	err := s.list(ctx, &members, `SELECT team_id, agent_id FROM team_members ORDER BY team_id, agent_id`)
	of := map[int64][]int64{}
	for _, m := range members {
		of[m.TeamID] = append(of[m.TeamID], m.AgentID)
	}
	found := make([]people.Team, len(rows))
	for i, r := range rows {
		found[i] = people.Team{ID: r.ID, Name: r.Name, Members: of[r.ID], CreatedAt: at(r.CreatedAt)}
	}
	return found, err
}

// InsertTeam implements people.TeamStore.
func (s *Store) InsertTeam(ctx context.Context, t people.Team) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		err := orTaken(s.exec(ctx, `INSERT INTO teams (id, name, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			t.ID, t.Name, ms(t.CreatedAt)))
		if err != nil {
			return err
		}
		return s.putMembers(ctx, t)
	})
}

// UpdateTeam implements people.TeamStore.
func (s *Store) UpdateTeam(ctx context.Context, t people.Team) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		if err := orMissing(s.exec(ctx, `UPDATE teams SET name = $2 WHERE id = $1`, t.ID, t.Name)); err != nil {
			return err
		}
		return s.putMembers(ctx, t)
	})
}

func (s *Store) putMembers(ctx context.Context, t people.Team) error {
	if _, err := s.exec(ctx, `DELETE FROM team_members WHERE team_id = $1`, t.ID); err != nil {
		return err
	}
	for _, agent := range t.Members {
		_, err := s.exec(ctx, `INSERT INTO team_members (team_id, agent_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, t.ID, agent)
		if err != nil {
			return err
		}
	}
	return nil
}
