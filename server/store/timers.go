package store

import (
	"context"
	"strconv"
	"time"

	"okno/channels/hub"
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

// PutDialogTimer implements hub.DialogTimers by a job.
func (s *Store) PutDialogTimer(ctx context.Context, key string, at time.Time) error {
	if at.IsZero() {
		return s.DeleteJob(ctx, hub.DialogDue, key)
	}
	return s.PutJob(ctx, jobs.Job{Kind: hub.DialogDue, Key: key, RunAt: at})
}
