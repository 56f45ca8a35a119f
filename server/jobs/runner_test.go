package jobs

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"okno/channels"
	"okno/tickets"
)

// row is a row of the fake queue.
type row struct {
	id       int64
	lane     string
	runAt    time.Time
	owner    string
	until    time.Time
	attempts int
	aside    bool
}

// table is a queue in memory that several runners can share.
type table struct {
	mu   sync.Mutex
	rows []*row
	bell chan struct{}
}

func newTable() *table { return &table{bell: make(chan struct{}, 1)} }

func (q *table) put(id int64, lane string, at time.Time) {
	q.mu.Lock()
	q.rows = append(q.rows, &row{id: id, lane: lane, runAt: at})
	q.mu.Unlock()
	select {
	case q.bell <- struct{}{}:
	default:
	}
}

// heads are the first rows of their lanes that nobody holds.
func (q *table) heads(now time.Time) []*row {
	var out []*row
	seen := map[string]bool{}
	for _, r := range q.rows {
		if r.aside || seen[r.lane] {
			continue
		}
		seen[r.lane] = true
		if !r.until.After(now) {
			out = append(out, r)
		}
	}
	return out
}

func (q *table) Claim(_ context.Context, owner string, until time.Time, limit int) ([]Claimed, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	var out []Claimed
	for _, r := range q.heads(time.Now()) {
		if len(out) < limit && !r.runAt.After(time.Now()) {
			r.owner, r.until = owner, until
			out = append(out, Claimed{ID: r.id, Attempts: r.attempts})
		}
	}
	return out, nil
}

func (q *table) NextAt(context.Context) (next time.Time, _ error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, r := range q.heads(time.Now()) {
		if next.IsZero() || r.runAt.Before(next) {
			next = r.runAt
		}
	}
	return next, nil
}

func (q *table) Extend(_ context.Context, owner string, ids []int64, until time.Time) error {
	q.change(owner, ids, func(r *row) { r.until = until })
	return nil
}

func (q *table) Retry(_ context.Context, owner string, id int64, at time.Time, counted bool, _ string) error {
	q.change(owner, []int64{id}, func(r *row) {
		r.runAt, r.until = at, time.Time{}
		if counted {
			r.attempts++
		}
	})
	return nil
}

func (q *table) SetAside(_ context.Context, owner string, id int64, _ string) error {
	q.change(owner, []int64{id}, func(r *row) { r.aside = true })
	return nil
}

func (q *table) change(owner string, ids []int64, do func(*row)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, r := range q.rows {
		if slices.Contains(ids, r.id) && r.owner == owner {
			do(r)
		}
	}
}

// settle removes a row, as a handler's transaction does.
func (q *table) settle(id int64) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.rows = slices.DeleteFunc(q.rows, func(r *row) bool { return r.id == id })
}

// journal remembers in which order rows were done.
type journal struct {
	mu  sync.Mutex
	ids []int64
}

func (j *journal) add(id int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ids = append(j.ids, id)
}

// start runs a Runner until the test ends it.
func start(t *testing.T, q *table, owner string, p Policy, do Handler) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	r := New(Options{
		Name: "test", Owner: owner, Queue: q, Handle: do, Policy: p, Now: time.Now,
		Logger:    slog.New(slog.DiscardHandler),
		Committed: func() (<-chan struct{}, func()) { return q.bell, func() {} },
	})
	go func() { ended <- r.Run(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

func TestTwoRunnersShareLanesInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, done := newTable(), &journal{}
		do := func(_ context.Context, c Claimed) error {
			time.Sleep(3 * time.Minute) // longer than the lease: heartbeats must hold it
			done.add(c.ID)
			q.settle(c.ID)
			return nil
		}
		for id := range int64(20) {
			q.put(id, []string{"a", "b", "c"}[id%3], time.Now())
		}
		stopA, stopB := start(t, q, "A", Deliveries, do), start(t, q, "B", Deliveries, do)
		time.Sleep(time.Hour)
		stopA()
		stopB()
		if len(done.ids) != 20 {
			t.Fatalf("20 rows were done %d times: %v", len(done.ids), done.ids)
		}
		for lane := range int64(3) {
			mine := slices.DeleteFunc(slices.Clone(done.ids), func(id int64) bool { return id%3 != lane })
			if !slices.IsSorted(mine) {
				t.Errorf("lane %d went %v", lane, mine)
			}
		}
	})
}

func TestPoisonIsSetAsideAndBlocksNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, done, tries := newTable(), &journal{}, &journal{}
		stop := start(t, q, "A", Inbox, func(_ context.Context, c Claimed) error {
			if c.ID == 1 {
				tries.add(c.ID)
				panic("poison")
			}
			done.add(c.ID)
			q.settle(c.ID)
			return nil
		})
		q.put(1, "a", time.Now())
		q.put(2, "a", time.Now())
		time.Sleep(10 * time.Second)
		stop()
		if len(tries.ids) != 3 || !slices.Equal(done.ids, []int64{2}) {
			t.Errorf("poison tried %d times, done %v", len(tries.ids), done.ids)
		}
	})
}

// TestWhatEndsTheDeskIsSetAside has a row that ten processes died over; their
// lost leases are counted by the queue.
func TestWhatEndsTheDeskIsSetAside(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, done := newTable(), &journal{}
		for id := range int64(3) {
			q.put(id, "a", time.Now())
		}
		q.rows[0].attempts, q.rows[1].attempts = mostDeaths, mostDeaths-1
		stop := start(t, q, "A", Inbox, func(_ context.Context, c Claimed) error {
			done.add(c.ID)
			q.settle(c.ID)
			return nil
		})
		time.Sleep(10 * time.Second)
		stop()
		if !slices.Equal(done.ids, []int64{1, 2}) || !q.rows[0].aside {
			t.Errorf("done %v, left %+v", done.ids, q.rows)
		}
	})
}

func TestFutureRowRunsInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q, at := newTable(), time.Now().Add(72*time.Hour)
		var ran time.Time
		stop := start(t, q, "A", Deliveries, func(_ context.Context, c Claimed) error {
			ran = time.Now()
			q.settle(c.ID)
			return nil
		})
		q.put(1, "a", at)
		time.Sleep(73 * time.Hour)
		stop()
		if !ran.Equal(at) {
			t.Errorf("ran at %v, want %v", ran, at)
		}
	})
}

func TestRunWaitsForHandlersButNotForEver(t *testing.T) {
	for name, c := range map[string]struct{ needs, want time.Duration }{
		"short": {5 * time.Second, 4 * time.Second},
		"long":  {time.Hour, 10 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newTable()
				q.put(1, "a", time.Now())
				stop := start(t, q, "A", Deliveries, func(ctx context.Context, _ Claimed) error {
					select {
					case <-ctx.Done():
						return ctx.Err()
					case <-time.After(c.needs):
						return nil
					}
				})
				time.Sleep(time.Second)
				asked := time.Now()
				stop()
				if took := time.Since(asked); took != c.want {
					t.Errorf("ended after %v, want %v", took, c.want)
				}
				if q.rows[0].attempts != 0 {
					t.Error("an end of the desk counted as a try")
				}
			})
		})
	}
}

func TestPolicies(t *testing.T) {
	broken := errors.New("broken")
	var total time.Duration
	tries := 1
	for ; !Deliveries(broken, tries).Aside; tries++ {
		total += Deliveries(broken, tries).After
	}
	if total < 60*time.Hour || total > 90*time.Hour {
		t.Errorf("deliveries are tried for %v", total)
	}
	for _, p := range []Policy{Deliveries, Inbox} {
		for _, err := range []error{context.Canceled, tickets.NewError(tickets.Unavailable, "", "k"), fmt.Errorf("read: %w", channels.ErrUnavailable)} {
			if d := p(err, 1000); d.Counted || d.Aside || d.After <= 0 {
				t.Errorf("%v: %+v", err, d)
			}
		}
	}
}
