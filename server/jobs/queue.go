package jobs

import (
	"context"
	"time"
)

// Claimed is one row leased to this process.
type Claimed struct {
	ID       int64
	Kind     string // of a job: "sla:first_reply"; empty in inbox and outbox
	Key      string
	Attempts int // tries before this one
	Payload  []byte
}

// Queue is a table of work. server/store has three: jobs, inbox and outbox. A
// row belongs to a lane; rows of one lane run one after another in the order of
// their ids, and a lane waits while its first row waits for its next try. Rows
// set aside leave the lane.
type Queue interface {
	// Claim leases up to limit due rows until the given time. No two
	// processes ever hold a lease on the same row or on two rows of one lane.
	Claim(ctx context.Context, owner string, until time.Time, limit int) ([]Claimed, error)
	// NextAt answers when the next row becomes due, zero when none waits.
	NextAt(ctx context.Context) (time.Time, error)
	// Extend prolongs the leases of owner on these rows.
	Extend(ctx context.Context, owner string, ids []int64, until time.Time) error
	// Retry gives a row back for another try at a time; counted says whether
	// this try counts as an attempt.
	Retry(ctx context.Context, owner string, id int64, at time.Time, counted bool, reason string) error
	// SetAside ends a row that cannot be done. Rows that a handler settled in
	// its own transaction are left alone.
	SetAside(ctx context.Context, owner string, id int64, reason string) error
}

// Job is something to do later.
type Job struct {
	Kind    string // noun:subject
	Key     string // unique within Kind: putting the same key again moves the job
	Lane    string // "" runs beside everything else
	RunAt   time.Time
	Payload []byte
}

// Store puts and removes jobs in the transaction that ctx carries.
type Store interface {
	PutJob(ctx context.Context, j Job) error
	DeleteJob(ctx context.Context, kind, key string) error
	// FinishJob removes a job that was done; called by its handler's
	// transaction or by the runner.
	FinishJob(ctx context.Context, owner string, id int64) error
}
