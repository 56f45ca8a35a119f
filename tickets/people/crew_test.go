package people_test

import (
	"context"
	"errors"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"okno/server/store"
	"okno/server/store/pgtest"
	"okno/tickets/people"
)

// cluster is the PostgreSQL of this test binary; TestMain ends it.
var cluster pgtest.Cluster //nolint:gochecknoglobals // TestMain has no other way to hand it to tests

func TestMain(m *testing.M) {
	code := m.Run()
	cluster.Stop()
	os.Exit(code)
}

// crew is the use cases over a real store whose clock the test moves.
type crew struct {
	*people.Service
	store *store.Store
	plain *plain
	ms    *atomic.Int64
}

func (c crew) pass(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// everywhere runs a test on SQLite in memory and on PostgreSQL.
func everywhere(t *testing.T, test func(t *testing.T, c crew)) {
	t.Helper()
	t.Run("memory", func(t *testing.T) { test(t, newCrew(t, "memory")) })
	t.Run("postgres", func(t *testing.T) { test(t, newCrew(t, cluster.Database(t))) })
}

func newCrew(t *testing.T, url string) crew {
	t.Helper()
	clock := &atomic.Int64{}
	clock.Store(1_000_000_000_000)
	s, err := store.Open(t.Context(), store.Options{URL: url, Now: func() time.Time { return time.UnixMilli(clock.Load()) }})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	h := &plain{}
	return crew{Service: people.NewService(s, h), store: s, plain: h, ms: clock}
}

// boss is the first administrator, whose password is "correct horse".
func (c crew) boss(t *testing.T) people.Agent {
	t.Helper()
	a, err := c.FirstAdministrator(t.Context(), "", people.NewAccount{Name: "Anna", Email: "anna@example.org", Password: "correct horse"})
	must(t, err)
	return a
}

// plain counts comparisons; its hashes are the passwords.
type plain struct{ compared int }

func (p *plain) Hash(password string) (string, error) { return "h:" + password, nil }
func (p *plain) Matches(password, hash string) (bool, error) {
	p.compared++
	return "h:"+password == hash, nil
}

func refused(t *testing.T, err error, message string) {
	t.Helper()
	var f *people.Fault
	if !errors.As(err, &f) || f.Message != message {
		t.Errorf("got %v, want %s", err, message)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// names answers everybody the store knows whose name begins so.
func (c crew) names(t *testing.T, beginning string) []string {
	t.Helper()
	found, err := c.store.SearchPersons(context.WithoutCancel(t.Context()), beginning, 100)
	must(t, err)
	var out []string
	for _, p := range found {
		out = append(out, p.Name)
	}
	return out
}
