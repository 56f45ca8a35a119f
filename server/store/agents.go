package store

import (
	"context"

	"okno/tickets/people"
)

type agentRow struct {
	ID           int64
	PersonID     int64 `db:"person_id"`
	Email        string
	Name         string
	Role         string
	PasswordHash string `db:"password_hash"`
	Language     string
	Theme        string
	TimeZone     string `db:"time_zone"`
	Signature    string
	Disabled     bool
	Program      bool
	CreatedAt    int64 `db:"created_at"`
	LastSeenAt   int64 `db:"last_seen_at"`
}

const agentColumns = `id, person_id, email, name, role, password_hash, language, theme, time_zone, signature,
	disabled, program, created_at, last_seen_at`

func (r agentRow) agent() people.Agent {
	return people.Agent{ID: r.ID, PersonID: r.PersonID, Email: r.Email, Name: r.Name, Role: people.Role(r.Role),
		PasswordHash: r.PasswordHash, Language: r.Language, Theme: r.Theme, TimeZone: r.TimeZone, Signature: r.Signature,
		Disabled: r.Disabled, Program: r.Program, CreatedAt: at(r.CreatedAt), LastSeenAt: at(r.LastSeenAt)}
}

// agentArgs are the values of agentColumns.
func agentArgs(a people.Agent) []any {
	return []any{a.ID, a.PersonID, a.Email, a.Name, string(a.Role), a.PasswordHash, a.Language, a.Theme, a.TimeZone,
		a.Signature, a.Disabled, a.Program, ms(a.CreatedAt), ms(a.LastSeenAt)}
}

// Agent implements people.AgentStore.
func (s *Store) Agent(ctx context.Context, id int64) (people.Agent, error) {
	var r agentRow
	err := s.get(ctx, &r, `SELECT `+agentColumns+` FROM agents WHERE id = $1`, id)
	return r.agent(), err
}

// AgentByEmail implements people.AgentStore.
func (s *Store) AgentByEmail(ctx context.Context, email string) (people.Agent, error) {
	var r agentRow
	err := s.get(ctx, &r, `SELECT `+agentColumns+` FROM agents WHERE email = $1`, email)
	return r.agent(), err
}

// Agents implements people.AgentStore.
func (s *Store) Agents(ctx context.Context) ([]people.Agent, error) {
	var rows []agentRow
	err := s.list(ctx, &rows, `SELECT `+agentColumns+` FROM agents ORDER BY disabled, name, id`)
	found := make([]people.Agent, len(rows))
	for i, r := range rows {
		found[i] = r.agent()
	}
	return found, err
}

// InsertAgent implements people.AgentStore.
func (s *Store) InsertAgent(ctx context.Context, a people.Agent) error {
	return orTaken(s.exec(ctx, `INSERT INTO agents (`+agentColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING`, agentArgs(a)...))
}

// UpdateAgent implements people.AgentStore.
func (s *Store) UpdateAgent(ctx context.Context, a people.Agent) error {
	return orMissing(s.exec(ctx, `UPDATE agents SET person_id = $2, email = $3, name = $4, role = $5, password_hash = $6,
		language = $7, theme = $8, time_zone = $9, signature = $10, disabled = $11, program = $12, created_at = $13, last_seen_at = $14
		WHERE id = $1`, agentArgs(a)...))
}
