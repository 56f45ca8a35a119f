package store_test

import (
	"os"
	"testing"
	"time"

	"okno/server/jobs"
	"okno/server/secret"
	"okno/server/store"
	"okno/server/store/pgtest"
	"okno/server/store/storetest"
)

// cluster is the PostgreSQL of this test binary; TestMain ends it.
var cluster pgtest.Cluster //nolint:gochecknoglobals // TestMain has no other way to hand it to tests

func TestMain(m *testing.M) {
	code := m.Run()
	cluster.Stop()
	os.Exit(code)
}

func sealer(t testing.TB) store.Sealer {
	t.Helper()
	k, err := secret.New(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestMemory(t *testing.T) {
	storetest.Run(t, func(t *testing.T) *store.Store {
		return open(t, store.Options{URL: "memory", Sealer: sealer(t)})
	})
}

func TestFile(t *testing.T) {
	storetest.Run(t, func(t *testing.T) *store.Store {
		return open(t, store.Options{Dir: t.TempDir(), Sealer: sealer(t)})
	})
}

func TestPostgres(t *testing.T) {
	storetest.Run(t, func(t *testing.T) *store.Store {
		return open(t, store.Options{URL: cluster.Database(t), Sealer: sealer(t)})
	})
}

// TestClocksOfTwoProcesses stores the second message of a lane in a process
// whose clock is an hour behind.
func TestClocksOfTwoProcesses(t *testing.T) {
	url := cluster.Database(t)
	late := func() time.Time { return time.Now().Add(-time.Hour) }
	a, b := open(t, store.Options{URL: url}), open(t, store.Options{URL: url, Now: late})
	storetest.InOrder(t, a, b)
}

func TestTwoProcessesOnOnePostgres(t *testing.T) {
	url := cluster.Database(t)
	a, b := open(t, store.Options{URL: url}), open(t, store.Options{URL: url})
	storetest.Rivals(t, a, b)
	woken, stop := b.Jobs().Committed()
	defer stop()
	deadline := time.After(10 * time.Second)
	for len(woken) > 0 {
		<-woken
	}
	if err := a.PutJob(t.Context(), jobs.Job{Kind: "kind", Key: "key", RunAt: time.Now()}); err != nil {
		t.Fatal(err)
	}
	select {
	case <-woken:
	case <-deadline:
		t.Error("a commit of one process did not wake the other")
	}
}
