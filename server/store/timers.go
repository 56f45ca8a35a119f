package store

import (
	"context"
	"strconv"
	"time"

	"okno/server/jobs"
)

// PutTimer implements tickets.TimerStore by a job.
func (s *Store) PutTimer(ctx context.Context, kind string, ticket int64, at time.Time) error {
	return s.PutJob(ctx, jobs.Job{Kind: kind, Key: strconv.FormatInt(ticket, 10), RunAt: at})
}

// DropTimer implements tickets.TimerStore.
func (s *Store) DropTimer(ctx context.Context, kind string, ticket int64) error {
	return s.DeleteJob(ctx, kind, strconv.FormatInt(ticket, 10))
}
