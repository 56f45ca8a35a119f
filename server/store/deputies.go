package store

import (
	"context"

	"okno/tickets"
)

// Deputy implements tickets.DeputyStore.
func (s *Store) Deputy(ctx context.Context, person int64) (tickets.Deputy, error) {
	var r struct {
		DeputyID int64 `db:"deputy_id"`
		FromAt   int64 `db:"from_at"`
		UntilAt  int64 `db:"until_at"`
	}
	err := s.get(ctx, &r, `SELECT deputy_id, from_at, until_at FROM deputies WHERE person_id = $1`, person)
	return tickets.Deputy{PersonID: person, DeputyID: r.DeputyID, From: at(r.FromAt), Until: at(r.UntilAt)}, err
}

// PutDeputy implements tickets.DeputyStore.
func (s *Store) PutDeputy(ctx context.Context, d tickets.Deputy) error {
	_, err := s.exec(ctx, `INSERT INTO deputies (person_id, deputy_id, from_at, until_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (person_id) DO UPDATE SET deputy_id = excluded.deputy_id, from_at = excluded.from_at,
		until_at = excluded.until_at`, d.PersonID, d.DeputyID, ms(d.From), ms(d.Until))
	return err
}

// DeleteDeputy implements tickets.DeputyStore.
func (s *Store) DeleteDeputy(ctx context.Context, person int64) error {
	_, err := s.exec(ctx, `DELETE FROM deputies WHERE person_id = $1`, person)
	return err
}
