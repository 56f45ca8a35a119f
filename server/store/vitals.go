package store

import (
	"context"
	"fmt"
	"time"
)

// Vitals are figures about what waits.
type Vitals struct {
	Queues    []QueueVitals
	Followers map[string]int64 // events not read yet, by name
}

// QueueVitals are the figures of one queue.
type QueueVitals struct {
	Name    string
	Waiting int       // or being worked on
	Failed  int       // set aside, or refused for good
	Oldest  time.Time // since when the oldest waits; zero when none does
}

// Vitals answers the figures. Each is read by an index over the rows it counts.
func (s *Store) Vitals(ctx context.Context) (Vitals, error) {
	v := Vitals{Followers: map[string]int64{}}
	for _, q := range s.queues() {
		got := QueueVitals{Name: q.name}
		var oldest int64
		for into, query := range map[any]string{&got.Waiting: q.waiting, &got.Failed: q.failed, &oldest: q.oldest} {
			if err := s.get(ctx, into, query); err != nil {
				return v, fmt.Errorf("count the %s: %w", q.name, err)
			}
		}
		if got.Oldest = at(oldest); got.Oldest.After(s.Now(ctx)) {
			got.Oldest = time.Time{}
		}
		v.Queues = append(v.Queues, got)
	}
	return v, s.lags(ctx, v.Followers)
}

// counted are the queries for the figures of a queue.
type counted struct{ name, waiting, failed, oldest string }

// queues are the three queues. A job waits from the time it is due.
func (s *Store) queues() []counted {
	const live = `state IN ('queued', 'sending')`
	return []counted{
		{"inbox", `SELECT COUNT(*) FROM inbox WHERE outcome = 'pending'`, `SELECT COUNT(*) FROM inbox WHERE outcome = 'aside'`,
			`SELECT COALESCE((SELECT stored_at FROM inbox WHERE outcome = 'pending' ORDER BY id LIMIT 1), 0)`},
		{"outbox", `SELECT COUNT(*) FROM outbox WHERE ` + live, `SELECT COUNT(*) FROM outbox WHERE state = 'failed'`,
			`SELECT COALESCE(MIN(created_at), 0) FROM outbox WHERE ` + live},
		{"jobs", `SELECT COUNT(*) FROM jobs WHERE NOT aside`, `SELECT COUNT(*) FROM jobs WHERE aside`,
			`SELECT COALESCE(MIN(run_at), 0) FROM jobs WHERE NOT aside`},
	}
}

func (s *Store) lags(ctx context.Context, behind map[string]int64) error {
	var rows []struct {
		Name   string
		Behind int64
	}
	err := s.list(ctx, &rows, `SELECT f.name, c.value - f.pos AS behind FROM followers f
		JOIN counters c ON c.name = 'event_pos'`)
	for _, r := range rows {
		behind[r.Name] = max(r.Behind, 0)
	}
	return err
}
