package store

import (
	"context"

	"okno/server/jobs"
)

// PutJob implements jobs.Store. A job that is being done while it is put again
// stays: its runner no longer owns it and cannot finish it.
func (s *Store) PutJob(ctx context.Context, j jobs.Job) error {
	_, err := s.exec(ctx, `INSERT INTO jobs (id, kind, key, lane, run_at, attempts, owner, payload, aside, reason)
		VALUES ($1, $2, $3, $4, $5, 0, '', $6, FALSE, '') ON CONFLICT (kind, key) DO UPDATE SET lane = excluded.lane,
		run_at = excluded.run_at, attempts = 0, owner = '', payload = excluded.payload, aside = FALSE, reason = ''`,
		s.NewID(), j.Kind, key(j.Key), key(j.Lane), ms(j.RunAt), bytesOf(j.Payload))
	return err
}

// DeleteJob implements jobs.Store.
func (s *Store) DeleteJob(ctx context.Context, kind, name string) error {
	_, err := s.exec(ctx, `DELETE FROM jobs WHERE kind = $1 AND key = $2`, kind, key(name))
	return err
}

// FinishJob implements jobs.Store; a job that owner no longer holds is left.
func (s *Store) FinishJob(ctx context.Context, owner string, id int64) error {
	_, err := s.exec(ctx, `DELETE FROM jobs WHERE id = $1 AND owner = $2`, id, owner)
	return err
}
