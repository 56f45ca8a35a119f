package store_test

import (
	"testing"
	"time"

	"okno/server/jobs"
	"okno/server/store"
)

// TestListeningIsResumed has PostgreSQL end the listening connections of two
// processes: each listens again, and hears the other.
func TestListeningIsResumed(t *testing.T) {
	url := cluster.Database(t)
	a, b := open(t, store.Options{URL: url}), open(t, store.Options{URL: url})
	const listening = `FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`
	listeners := func() []string {
		pids, err := a.Rows(t.Context(), `SELECT CAST(pid AS TEXT) `+listening)
		if err != nil {
			t.Fatal(err)
		}
		return pids
	}
	eventually(t, "both listen", func() bool { return len(listeners()) == 2 })
	before := listeners()
	if err := a.Exec(t.Context(), `SELECT pg_terminate_backend(pid) `+listening); err != nil {
		t.Fatal(err)
	}
	eventually(t, "both listen again", func() bool {
		now := listeners()
		return len(now) == 2 && now[0] != before[0] && now[0] != before[1] && now[1] != before[0] && now[1] != before[1]
	})
	woken, stop := b.Jobs().Committed()
	defer stop()
	for range 2 { // the first may be heard because listening began
		if err := a.PutJob(t.Context(), jobs.Job{Kind: "kind", Key: "key", RunAt: time.Now()}); err != nil {
			t.Fatal(err)
		}
		select {
		case <-woken:
		case <-time.After(10 * time.Second):
			t.Fatal("a commit of one process did not wake the other")
		}
	}
}

// eventually asks until the answer is yes or half a minute is over.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	pause := time.NewTicker(20 * time.Millisecond)
	defer pause.Stop()
	deadline := time.After(30 * time.Second)
	for !ok() {
		select {
		case <-pause.C:
		case <-deadline:
			t.Fatalf("%s: not within half a minute", what)
		}
	}
}
