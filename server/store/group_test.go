package store_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"okno/server/store"
)

// together runs two transactions in one group: the second waits in the queue
// while the first is held open.
func together(t *testing.T, s *store.Store, second context.Context, a, b func(ctx context.Context) error, meanwhile func()) (errA, errB error) {
	t.Helper()
	release, done := make(chan struct{}), make(chan struct{}, 2)
	go func() {
		errA = s.InTx(t.Context(), func(ctx context.Context) error {
			defer func() { <-release }()
			return a(ctx)
		})
		done <- struct{}{}
	}()
	synctest.Wait()
	go func() {
		errB = s.InTx(second, b)
		done <- struct{}{}
	}()
	synctest.Wait()
	meanwhile()
	synctest.Wait()
	close(release)
	<-done
	<-done
	return errA, errB
}

// settings answers the settings a and b and writes c, which has to work.
func settings(t *testing.T, s *store.Store) (a, b string) {
	t.Helper()
	if err := s.PutSetting(t.Context(), "c", "3"); err != nil {
		t.Errorf("the transaction after: %v", err)
	}
	a, errA := s.Setting(t.Context(), "a")
	b, errB := s.Setting(t.Context(), "b")
	if err := errors.Join(errA, errB); err != nil {
		t.Error(err)
	}
	return a, b
}

func put(s *store.Store, key string) func(context.Context) error {
	return func(ctx context.Context) error { return s.PutSetting(ctx, key, "1") }
}

// both writes and is spoilt then.
func both(write func(context.Context) error, spoil func(context.Context, *store.Store) error, s *store.Store) func(context.Context) error {
	return func(ctx context.Context) error { return errors.Join(write(ctx), spoil(ctx, s)) }
}

func TestNeighboursInAGroup(t *testing.T) {
	refused := errors.New("refused")
	for name, c := range map[string]struct {
		spoil        func(ctx context.Context, s *store.Store) error
		lostA, lostB bool
		first        bool // the first is spoilt, not the second
	}{
		"both succeed":       {func(context.Context, *store.Store) error { return nil }, false, false, false},
		"the second refuses": {func(context.Context, *store.Store) error { return refused }, false, true, false},
		"the first refuses":  {func(context.Context, *store.Store) error { return refused }, true, false, true},
		"SQLite drops the first": {func(ctx context.Context, s *store.Store) error {
			return s.Exec(ctx, `INSERT OR ROLLBACK INTO settings (key, value) VALUES ('a', '2')`)
		}, true, false, true},
		"the second violates a key": {func(ctx context.Context, s *store.Store) error {
			return s.Exec(ctx, `INSERT INTO settings (key, value) VALUES ('b', '2')`)
		}, false, true, false},
		"SQLite drops them both": {func(ctx context.Context, s *store.Store) error {
			return s.Exec(ctx, `INSERT OR ROLLBACK INTO settings (key, value) VALUES ('b', '2')`)
		}, true, true, false},
		"the commit fails": {func(ctx context.Context, s *store.Store) error {
			return errors.Join(s.Exec(ctx, `PRAGMA defer_foreign_keys = ON`),
				s.Exec(ctx, `INSERT INTO team_members (team_id, agent_id) VALUES (1, 1)`))
		}, true, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := open(t, store.Options{URL: "memory"})
				a, b := put(s, "a"), put(s, "b")
				if c.first {
					a = both(a, c.spoil, s)
				} else {
					b = both(b, c.spoil, s)
				}
				errA, errB := together(t, s, t.Context(), a, b, func() {})
				inA, inB := settings(t, s)
				if (errA != nil) != c.lostA || (inA == "") != c.lostA {
					t.Errorf("first: answered %v, stored %q", errA, inA)
				}
				if (errB != nil) != c.lostB || (inB == "") != c.lostB {
					t.Errorf("second: answered %v, stored %q", errB, inB)
				}
			})
		})
	}
}

func TestCallerCancelledInTheQueueIsNotRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, store.Options{URL: "memory"})
		ctx, cancel := context.WithCancel(t.Context())
		errA, errB := together(t, s, ctx, put(s, "a"), put(s, "b"), cancel)
		if a, b := settings(t, s); errA != nil || !errors.Is(errB, context.Canceled) || a != "1" || b != "" {
			t.Errorf("first %v %q, second %v %q", errA, a, errB, b)
		}
	})
}

// TestCallerCancelledInItsTransactionLosesOnlyItsOwn ends the caller's ctx while
// its transaction runs.
func TestCallerCancelledInItsTransactionLosesOnlyItsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := open(t, store.Options{URL: "memory"})
		ctx, cancel := context.WithCancel(t.Context())
		errA, errB := together(t, s, ctx, put(s, "a"), func(ctx context.Context) error {
			if err := put(s, "b")(ctx); err != nil {
				return err
			}
			cancel()
			return s.PutSetting(ctx, "d", "1")
		}, func() {})
		if a, b := settings(t, s); errA != nil || !errors.Is(errB, context.Canceled) || a != "1" || b != "" {
			t.Errorf("first %v %q, second %v %q", errA, a, errB, b)
		}
	})
}
