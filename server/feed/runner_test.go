package feed

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"okno/tickets"
)

// log is an event log in memory with one follower's cursor.
type log struct {
	mu    sync.Mutex
	last  int64
	pos   int64
	owner string
	until time.Time
	bell  chan struct{}
}

// InTx takes turns and puts the cursor back when fn fails.
func (l *log) InTx(ctx context.Context, fn func(context.Context) error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	pos, owner, until := l.pos, l.owner, l.until
	err := fn(context.WithValue(ctx, l, true))
	if err != nil {
		l.pos, l.owner, l.until = pos, owner, until
	}
	return err
}

func (l *log) Now(context.Context) time.Time { return time.Now() }

func (l *log) EventsAfter(ctx context.Context, pos int64, limit int) (out []tickets.Event, _ error) {
	if ctx.Value(l) == nil {
		l.mu.Lock()
		defer l.mu.Unlock()
	}
	for p := pos + 1; p <= l.last && len(out) < limit; p++ {
		out = append(out, tickets.Event{Pos: p})
	}
	return out, nil
}

func (l *log) LeaseFollower(_ context.Context, _, owner string, until time.Time) (int64, bool, error) {
	if l.owner != owner && l.until.After(time.Now()) {
		return 0, false, nil
	}
	l.owner, l.until = owner, until
	return l.pos, true, nil
}

func (l *log) MoveFollower(_ context.Context, _, owner string, pos int64) error {
	if l.owner != owner {
		return errors.New("lease lost")
	}
	l.pos = pos
	return nil
}

func (l *log) Committed() (<-chan struct{}, func()) { return l.bell, func() {} }

// add appends events and rings.
func (l *log) add(n int64) {
	l.mu.Lock()
	l.last += n
	l.mu.Unlock()
	select {
	case l.bell <- struct{}{}:
	default:
	}
}

// follow runs a follower of l until the returned func is called.
func follow(t *testing.T, l *log, owner string, do func([]tickets.Event) error) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	f := Follower{Name: "f", Handle: func(_ context.Context, es []tickets.Event) error { return do(es) }}
	r := New(Options{Store: l, Owner: owner, Followers: []Follower{f}, Logger: slog.New(slog.DiscardHandler)})
	go func() { ended <- r.Run(ctx) }()
	return func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

func TestTwoProcessesReadEachEventOnceAndInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &log{bell: make(chan struct{}, 1)}
		var got []int64
		do := func(es []tickets.Event) error {
			for _, e := range es {
				got = append(got, e.Pos)
			}
			return nil
		}
		stopA, stopB := follow(t, l, "A", do), follow(t, l, "B", do)
		for range 10 {
			l.add(100)
			time.Sleep(time.Minute)
		}
		stopA()
		l.add(50)
		time.Sleep(2 * time.Minute)
		stopB()
		if len(got) != 1050 || !slices.IsSorted(got) {
			t.Errorf("%d events, sorted: %v", len(got), slices.IsSorted(got))
		}
	})
}

func TestFailureHoldsOnlyWhatComesAfterIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &log{bell: make(chan struct{}, 1), last: 10}
		var got []int64
		broken := true
		stop := follow(t, l, "A", func(es []tickets.Event) error {
			if broken && es[len(es)-1].Pos >= 5 {
				panic("poison")
			}
			for _, e := range es {
				got = append(got, e.Pos)
			}
			return nil
		})
		time.Sleep(5 * time.Minute)
		l.mu.Lock()
		if !slices.Equal(got, []int64{1, 2, 3, 4}) {
			t.Errorf("before the cure %v", got)
		}
		broken = false
		l.mu.Unlock()
		time.Sleep(5 * time.Minute)
		stop()
		if len(got) != 10 || !slices.IsSorted(got) {
			t.Errorf("after the cure %v", got)
		}
	})
}
