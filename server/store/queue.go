package store

import (
	"context"
	"strings"
	"time"

	"okno/server/jobs"
)

var _ jobs.Queue = (*Queue)(nil)

// Queue is one of the three tables of work. A row is leased by writing its owner
// and moving run_at to the end of the lease, so a lease that ran out makes the
// row due again by itself. Claims of one queue happen one after another, in all
// processes: each first changes the queue's row in counters.
type Queue struct {
	store *Store
	table string
	live  string // condition of rows that wait or are worked on, that of the partial indexes
	kind  string // column
	claim string // further changes when a row is claimed
	retry string // further changes when it is given back; $4 is the reason
	aside string // changes when it is set aside; $3 is the reason, $4 the time
	shown string // name of the counter that the ledger shows, "" for none
}

// Jobs is the queue of durable timers.
func (s *Store) Jobs() *Queue {
	return &Queue{store: s, table: "jobs", live: "NOT aside", kind: "kind", retry: "reason = $4",
		aside: "aside = TRUE, reason = $3, run_at = $4"}
}

// Inbox is the queue of journal entries whose outcome is pending.
func (s *Store) Inbox() *Queue {
	return &Queue{store: s, table: "inbox", live: "outcome = 'pending'", kind: "''", retry: "detail = $4",
		aside: "outcome = 'aside', detail = $3, settled_at = $4", shown: "ledger"}
}

// Outbox is the queue of deliveries to send.
func (s *Store) Outbox() *Queue {
	return &Queue{store: s, table: "outbox", live: "state IN ('queued', 'sending')", kind: "''",
		claim: ", state = 'sending'", retry: "state = 'queued', detail = $4",
		aside: "state = 'failed', detail = $3, settled_at = $4"}
}

// liveOf is the live condition for an alias.
func (q *Queue) liveOf(alias string) string {
	for _, column := range []string{"aside", "outcome", "state"} {
		if strings.Contains(q.live, column) {
			return strings.Replace(q.live, column, alias+"."+column, 1)
		}
	}
	return q.live
}

// Claim implements jobs.Queue.
func (q *Queue) Claim(ctx context.Context, owner string, until time.Time, limit int) ([]jobs.Claimed, error) {
	waiting, err := q.ready(ctx, 1)
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	var found []jobs.Claimed
	err = q.store.InTx(ctx, func(ctx context.Context) error {
		found, err = q.take(ctx, owner, until, limit)
		return err
	})
	return found, err
}

// take leases the rows. What may change while they are chosen is asked once more
// in the change itself, which sees each row as it is then.
func (q *Queue) take(ctx context.Context, owner string, until time.Time, limit int) ([]jobs.Claimed, error) {
	if err := q.alone(ctx); err != nil {
		return nil, err
	}
	ids, err := q.ready(ctx, limit)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	payload := "NULL"
	if q.table == "jobs" {
		payload = "payload"
	}
	var found []jobs.Claimed
	err = q.store.execReturningIn(ctx, &found, `UPDATE `+q.table+` SET attempts = attempts + CASE WHEN owner <> '' THEN 1 ELSE 0 END,
		owner = ?, run_at = ?`+q.claim+` WHERE `+q.live+` AND run_at <= ? AND id IN (?)
		RETURNING id, `+q.kind+` AS kind, key, attempts, `+payload+` AS payload`,
		owner, ms(until), ms(q.store.Now(ctx)), ids)
	return found, err
}

// alone makes other claims and cancellations of this queue wait for our end.
func (q *Queue) alone(ctx context.Context) error {
	_, err := q.store.advance(ctx, "claim:"+q.table, 1)
	return err
}

// Extend implements jobs.Queue.
func (q *Queue) Extend(ctx context.Context, owner string, ids []int64, until time.Time) error {
	return q.store.InTx(ctx, func(ctx context.Context) error {
		for _, id := range ids {
			_, err := q.store.execQuietly(ctx, `UPDATE `+q.table+` SET run_at = $3 WHERE id = $1 AND owner = $2 AND `+q.live,
				id, owner, ms(until))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Retry implements jobs.Queue.
func (q *Queue) Retry(ctx context.Context, owner string, id int64, at time.Time, counted bool, reason string) error {
	tries := 0
	if counted {
		tries = 1
	}
	_, err := q.store.exec(ctx, `UPDATE `+q.table+` SET owner = '', run_at = $3, attempts = attempts + $5, `+q.retry+`
		WHERE id = $1 AND owner = $2 AND `+q.live, id, owner, ms(at), reason, tries)
	return err
}

// SetAside implements jobs.Queue.
func (q *Queue) SetAside(ctx context.Context, owner string, id int64, reason string) error {
	return q.store.InTx(ctx, func(ctx context.Context) error {
		n, err := q.store.exec(ctx, `UPDATE `+q.table+` SET owner = '', `+q.aside+`
			WHERE id = $1 AND owner = $2 AND `+q.live, id, owner, reason, ms(q.store.Now(ctx)))
		if err != nil || n == 0 || q.shown == "" {
			return err
		}
		return q.store.AddCounts(ctx, map[string]int{"ledger:pending": -1, "ledger:aside": 1})
	})
}
