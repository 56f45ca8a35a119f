package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"okno/tickets/people"
)

// window is how many rows are looked at in the order of their time. Usually the
// rows wanted are among them. When rows that wait behind others of their lane
// fill it, the lanes are looked at one by one instead, so that a long lane costs
// no more than a short one and hides no other.
const window = 200

// glance is how many rows are looked at before the whole window for each that is
// wanted: where rows wait behind nobody it is enough, and a long queue costs no
// more than a short one.
const glance = 4

// free says of a row r that it is the first of its lane and that no other row of
// the lane is leased at $1 (a row stored late may have a lower id than one that
// is leased already). A row that has ended has no owner.
func (q *Queue) free() string {
	return `(r.lane = '' OR (` + q.unleased() + ` AND NOT EXISTS
		(SELECT 1 FROM ` + q.table + ` b WHERE ` + q.liveOf("b") + ` AND b.lane = r.lane AND b.id < r.id)))`
}

func (q *Queue) unleased() string {
	return `(r.owner <> '' AND r.run_at > $1 OR r.lane NOT IN
		(SELECT b.lane FROM ` + q.table + ` b WHERE b.owner <> '' AND b.run_at > $1))`
}

// first are the first rows by time that meet a condition.
func (q *Queue) first(where string) string {
	return `(SELECT r.id, r.lane, r.run_at, r.owner FROM ` + q.table + ` r WHERE ` + q.liveOf("r") + where + `
		ORDER BY r.run_at, r.id ` + most(2) + `)`
}

// heads are the first row of every lane and the rows without one. Each is found
// from the one before it by the index of lanes, without reading the rows between;
// its columns are asked for one by one, since PostgreSQL would join by reading
// the whole table.
func (q *Queue) heads() string {
	next := `SELECT b.id FROM ` + q.table + ` b WHERE ` + q.liveOf("b") + ` AND b.lane > `
	of := func(column string) string {
		return `(SELECT h.` + column + ` FROM ` + q.table + ` h WHERE h.id = heads.id)`
	}
	return `WITH RECURSIVE heads (id) AS (
		SELECT (` + next + `'' ORDER BY b.lane, b.id LIMIT 1)
		UNION ALL SELECT (` + next + of("lane") + ` ORDER BY b.lane, b.id LIMIT 1) FROM heads WHERE heads.id IS NOT NULL),
	r AS (SELECT id, ` + of("lane") + ` AS lane, ` + of("run_at") + ` AS run_at, ` + of("owner") + ` AS owner
		FROM heads WHERE id IS NOT NULL
		UNION ALL SELECT * FROM ` + q.first(` AND r.lane = ''`) + ` f)`
}

// dueInWindow answers the first due rows and whether they are free.
func (q *Queue) dueInWindow() string {
	return `SELECT r.id, ` + q.free() + ` AS free FROM ` + q.first(` AND r.run_at <= $1`) + ` r ORDER BY r.run_at, r.id`
}

// dueInLanes answers the due rows that are free, at most $3.
func (q *Queue) dueInLanes() string {
	return q.heads() + ` SELECT r.id FROM r WHERE r.run_at <= $1 AND (r.lane = '' OR ` + q.unleased() + `)
		ORDER BY r.run_at, r.id ` + most(3)
}

// ready answers the rows that may be claimed now, the longest due first.
func (q *Queue) ready(ctx context.Context, limit int) ([]int64, error) {
	now := ms(q.store.Now(ctx))
	for _, rows := range slices.Compact([]int{min(glance*limit, window), window}) {
		ids, enough, err := q.readyAmong(ctx, now, rows, limit)
		if err != nil || enough {
			return ids, err
		}
	}
	var ids []int64
	err := q.store.list(ctx, &ids, q.dueInLanes(), now, window, limit)
	return ids, err
}

// readyAmong looks at the first due rows only; enough is false when there may be
// more to find behind them.
func (q *Queue) readyAmong(ctx context.Context, now int64, rows, limit int) (ids []int64, enough bool, err error) {
	var seen []struct {
		ID   int64
		Free bool
	}
	if err := q.store.list(ctx, &seen, q.dueInWindow(), now, rows); err != nil {
		return nil, false, err
	}
	for _, r := range seen {
		if r.Free && len(ids) < limit {
			ids = append(ids, r.ID)
		}
	}
	return ids, len(ids) == limit || len(seen) < rows, nil
}

// NextAt implements jobs.Queue.
func (q *Queue) NextAt(ctx context.Context) (time.Time, error) {
	now := ms(q.store.Now(ctx))
	next, err := q.nextAmong(ctx, now, glance)
	if errors.Is(err, people.ErrMissing) {
		next, err = q.nextAmong(ctx, now, window)
	}
	if errors.Is(err, people.ErrMissing) {
		err = q.store.get(ctx, &next, q.heads()+` SELECT r.run_at FROM r WHERE r.lane = '' OR `+q.unleased()+`
			ORDER BY r.run_at LIMIT 1`, now, window)
	}
	if errors.Is(err, people.ErrMissing) {
		return time.Time{}, nil
	}
	return time.UnixMilli(next).UTC(), err
}

// nextAmong looks at the first rows only; ErrMissing when none of them is free.
func (q *Queue) nextAmong(ctx context.Context, now int64, rows int) (next int64, err error) {
	err = q.store.get(ctx, &next, `SELECT r.run_at FROM `+q.first("")+` r WHERE `+q.free()+`
		ORDER BY r.run_at, r.id LIMIT 1`, now, rows)
	return next, err
}
