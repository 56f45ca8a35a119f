package storetest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"okno/server/jobs"
	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

var errRefused = errors.New("refused")

func testTransactions(t *testing.T, s *store.Store) {
	err := s.InTx(t.Context(), func(ctx context.Context) error {
		first := s.Now(ctx)
		if err := s.PutSetting(ctx, "a", "1"); err != nil {
			return err
		}
		return s.InTx(ctx, func(ctx context.Context) error {
			if got, err := s.Setting(ctx, "a"); got != "1" || err != nil {
				t.Errorf("the joined transaction reads %q, %v", got, err)
			}
			if !s.Now(ctx).Equal(first) {
				t.Error("one transaction has two times")
			}
			return errRefused
		})
	})
	if !errors.Is(err, errRefused) {
		t.Errorf("got %v", err)
	}
	if got, err := s.Setting(t.Context(), "a"); got != "" || err != nil {
		t.Errorf("after rollback the setting is %q, %v", got, err)
	}
}

func testPanic(t *testing.T, s *store.Store) {
	err := s.InTx(t.Context(), func(ctx context.Context) error {
		must(t, s.PutSetting(ctx, "a", "1"))
		panic("boom")
	})
	if err == nil || !strings.Contains(err.Error(), "boom") {
		t.Errorf("got %v", err)
	}
	must(t, s.PutSetting(t.Context(), "b", "2"))
	if got, _ := s.Setting(t.Context(), "a"); got != "" {
		t.Error("a panicking transaction was committed")
	}
}

// testConcurrentCounters lets every second transaction fail: its neighbours in
// the same commit must not notice.
func testConcurrentCounters(t *testing.T, s *store.Store) {
	asker := person(t, s, "Ира")
	var wg sync.WaitGroup
	for i := range 60 {
		wg.Go(func() {
			err := s.InTx(t.Context(), func(ctx context.Context) error {
				tk := tickets.Ticket{ID: s.NewID(), StatusID: 1, RequesterID: asker.ID}
				if err := s.InsertTicket(ctx, &tk); err != nil {
					return err
				}
				if err := s.AddCounts(ctx, map[string]int{"open": 1, "mine:7": 1}); err != nil {
					return err
				}
				if i%2 == 1 {
					return errRefused
				}
				return nil
			})
			if (i%2 == 1) != errors.Is(err, errRefused) {
				t.Errorf("transaction %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	counts, err := s.Counts(t.Context(), []string{"open", "mine:7", "never"})
	if err != nil || counts["open"] != 30 || counts["mine:7"] != 30 || counts["never"] != 0 {
		t.Errorf("counts %v, %v", counts, err)
	}
	for number := int64(1); number <= 30; number++ {
		if _, err := s.TicketByNumber(t.Context(), number); err != nil {
			t.Fatalf("number %d: %v", number, err)
		}
	}
}

// testFollowerMissesNothing reads the log while many write it.
func testFollowerMissesNothing(t *testing.T, s *store.Store) {
	const writers, each = 8, 25
	for w := range writers {
		go func() {
			for n := range each {
				err := s.InTx(t.Context(), func(ctx context.Context) error {
					return s.AppendEvents(ctx, []tickets.Event{event(int64(w), int64(2*n)), event(int64(w), int64(2*n+1))})
				})
				if err != nil {
					t.Error(err)
				}
			}
		}()
	}
	woken, stop := s.Committed()
	defer stop()
	var seen []int64
	deadline := time.After(30 * time.Second)
	for len(seen) < 2*writers*each {
		after := int64(0)
		if len(seen) > 0 {
			after = seen[len(seen)-1]
		}
		events, err := s.EventsAfter(t.Context(), after, 50)
		must(t, err)
		for _, e := range events {
			seen = append(seen, e.Pos)
		}
		if len(events) > 0 {
			continue
		}
		select {
		case <-woken:
		case <-deadline:
			t.Fatalf("saw %d events", len(seen))
		}
	}
	for i, pos := range seen {
		if pos != int64(i+1) {
			t.Fatalf("event %d has position %d", i, pos)
		}
	}
	if !slices.IsSorted(seen) {
		t.Error("positions are out of order")
	}
}

func testWoken(t *testing.T, s *store.Store) {
	events, stop := s.Committed()
	defer stop()
	timers, stop := s.Jobs().Committed()
	defer stop()
	must(t, s.AppendEvents(t.Context(), []tickets.Event{event(1, 1)}))
	await(t, events)
	must(t, s.PutJob(t.Context(), jobs.Job{Kind: "kind", Key: "key", RunAt: time.Now()}))
	await(t, timers)
}

// await waits for a commit that somebody was promised to hear of.
func await(t *testing.T, woken <-chan struct{}) {
	t.Helper()
	select {
	case <-woken:
	case <-time.After(10 * time.Second):
		t.Fatal("a commit woke nobody")
	}
}

func testCancelled(t *testing.T, s *store.Store) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err := s.InTx(ctx, func(context.Context) error {
		t.Error("ran after its ctx had ended")
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// testHandledViolation goes on in the same transaction after a taken key.
func testHandledViolation(t *testing.T, s *store.Store) {
	p := person(t, s, "Ира")
	err := s.InTx(t.Context(), func(ctx context.Context) error {
		if err := s.InsertPerson(ctx, p); !errors.Is(err, people.ErrTaken) {
			t.Errorf("got %v", err)
		}
		return s.PutSetting(ctx, "a", "1")
	})
	must(t, err)
}
