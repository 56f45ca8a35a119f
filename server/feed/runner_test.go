package feed_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"okno/server/feed"
	"okno/server/store"
	"okno/tickets"
)

// log is the event log of a real store.
type log struct {
	*store.Store
	seq int64
}

func newLog(t *testing.T) *log {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{URL: "memory", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return &log{Store: s}
}

// add appends n events.
func (l *log) add(t *testing.T, n int) {
	t.Helper()
	events := make([]tickets.Event, n)
	for i := range events {
		l.seq++
		events[i] = tickets.Event{TicketID: 1, Number: 1, Seq: l.seq, Type: tickets.MessageAdded, Actor: tickets.System(), Data: json.RawMessage("{}")}
	}
	if err := l.AppendEvents(t.Context(), events); err != nil {
		t.Fatal(err)
	}
}

// follow runs a follower of l until the returned func is called.
func follow(t *testing.T, l *log, owner string, do func([]tickets.Event) error) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	f := feed.Follower{Name: "f", Handle: func(_ context.Context, es []tickets.Event) error { return do(es) }}
	r := feed.New(feed.Options{Store: l.Store, Owner: owner, Followers: []feed.Follower{f}, Logger: slog.New(slog.DiscardHandler)})
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
		l := newLog(t)
		var got []int64
		do := func(es []tickets.Event) error {
			for _, e := range es {
				got = append(got, e.Pos)
			}
			return nil
		}
		stopA, stopB := follow(t, l, "A", do), follow(t, l, "B", do)
		for range 10 {
			l.add(t, 100)
			time.Sleep(time.Minute)
		}
		stopA()
		l.add(t, 50)
		time.Sleep(2 * time.Minute)
		stopB()
		if len(got) != 1050 || !slices.IsSorted(got) {
			t.Errorf("%d events, sorted: %v", len(got), slices.IsSorted(got))
		}
	})
}

func TestFailureHoldsOnlyWhatComesAfterIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLog(t)
		l.add(t, 10)
		var got []int64
		var broken atomic.Bool
		broken.Store(true)
		stop := follow(t, l, "A", func(es []tickets.Event) error {
			if broken.Load() && es[len(es)-1].Pos >= 5 {
				panic("poison")
			}
			for _, e := range es {
				got = append(got, e.Pos)
			}
			return nil
		})
		time.Sleep(5 * time.Minute)
		synctest.Wait() // for the last of them as well
		if !slices.Equal(got, []int64{1, 2, 3, 4}) {
			t.Errorf("before the cure %v", got)
		}
		broken.Store(false)
		time.Sleep(5 * time.Minute)
		stop()
		if len(got) != 10 || !slices.IsSorted(got) {
			t.Errorf("after the cure %v", got)
		}
	})
}

func TestNextProcessNeedNotWaitForTheLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLog(t)
		var read atomic.Int64
		do := func(es []tickets.Event) error { read.Add(int64(len(es))); return nil }
		l.add(t, 3)
		stop := follow(t, l, "A", do)
		time.Sleep(time.Second)
		stop()
		l.add(t, 3)
		stop = follow(t, l, "B", do)
		time.Sleep(time.Second)
		stop()
		if n := read.Load(); n != 6 {
			t.Errorf("%d of 6 events were read a second after the restart", n)
		}
	})
}

func TestFollowerGoesOnSoonAfterTheDiskHadRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLog(t)
		var full atomic.Bool
		full.Store(true)
		var read atomic.Int64
		l.add(t, 3)
		stop := follow(t, l, "A", func(es []tickets.Event) error {
			if full.Load() {
				return tickets.NewError(tickets.Unavailable, "", "error.disk_full")
			}
			read.Add(int64(len(es)))
			return nil
		})
		time.Sleep(time.Hour)
		full.Store(false)
		time.Sleep(10 * time.Second)
		stop()
		if n := read.Load(); n != 3 {
			t.Errorf("%d of 3 events were read ten seconds after there was room", n)
		}
	})
}
