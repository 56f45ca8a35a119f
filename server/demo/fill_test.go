package demo_test

import (
	"errors"
	"os"
	"testing"
	"time"

	"okno/server/demo"
	"okno/server/password"
	"okno/server/store"
	"okno/server/store/pgtest"
	"okno/tickets"
	"okno/tickets/people"
)

// cluster is the PostgreSQL of this test binary; TestMain ends it.
var cluster pgtest.Cluster //nolint:gochecknoglobals // TestMain has no other way to hand it to tests

func TestMain(m *testing.M) {
	code := m.Run()
	cluster.Stop()
	os.Exit(code)
}

// made is a desk in a database of its own.
type made struct {
	*store.Store
	desk demo.Desk
}

func newMade(t *testing.T, url string, present time.Time) made {
	t.Helper()
	clock := demo.NewClock(func() time.Time { return present })
	s, err := store.Open(t.Context(), store.Options{URL: url, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	who := people.NewService(s, password.New())
	return made{s, demo.Desk{Store: s, People: who, Clock: clock, Followers: []string{"notify"}}}
}

// fill fills the desk and reads it back.
func (m made) fill(t *testing.T, f demo.Filling) demo.Contents {
	t.Helper()
	staff, err := demo.Fill(t.Context(), m.desk, f)
	if err != nil {
		t.Fatal(err)
	}
	if staff.Agents != 30 || staff.Teams != 10 || staff.Persons != 5000 || staff.Administrator.Role != people.Administrator {
		t.Errorf("staff %+v", staff)
	}
	found, err := demo.Inspect(t.Context(), m.Store, f.Tickets)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func friday() time.Time { return time.Date(2026, 3, 6, 17, 30, 0, 0, time.UTC) }

func TestSameSeedMakesTheSameDeskOnBothDatabases(t *testing.T) {
	f := demo.Filling{Tickets: 500, Seed: 42}
	lite := newMade(t, "memory", friday()).fill(t, f)
	if lite.Tickets != 500 || lite.Open != 100 || lite.Messages != 1500 || lite.Events < 3500 {
		t.Errorf("%+v", lite)
	}
	if post := newMade(t, cluster.Database(t), friday().Add(72*time.Hour)).fill(t, f); post != lite {
		t.Errorf("PostgreSQL, the week after: %+v\nSQLite: %+v", post, lite)
	}
	f.Seed++
	if other := newMade(t, "memory", friday()).fill(t, f); other.Hash == lite.Hash {
		t.Error("another seed made the same desk")
	}
}

func TestFilledDeskCountsAndIsNotFilledAgain(t *testing.T) {
	m := newMade(t, "memory", friday())
	m.fill(t, demo.Filling{Tickets: 300, Seed: 1})
	ctx := t.Context()
	page, err := m.ListTickets(ctx, tickets.ListQuery{View: tickets.ViewOpen, Limit: 200})
	if err != nil || len(page.Rows) != 60 || page.Next != "" {
		t.Errorf("%d open tickets, %v", len(page.Rows), err)
	}
	counts, err := m.Counts(ctx, []string{"open", "solved", "spam"})
	if err != nil || counts["open"] != 60 || counts["solved"]+counts["spam"] != 240 {
		t.Errorf("counters %v, %v", counts, err)
	}
	for _, r := range page.Rows {
		if r.UpdatedAt.After(friday()) || r.CreatedAt.Before(friday().AddDate(-2, 0, -10)) || r.ChannelKind == "" || r.Requester == "" {
			t.Errorf("%+v", r)
		}
	}
	last, err := m.LastPos(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if pos, ok, err := m.LeaseFollower(ctx, "notify", "me", friday().Add(time.Hour)); err != nil || !ok || pos != last {
		t.Errorf("the follower stands at %d of %d, %v", pos, last, err)
	}
	if _, err := demo.Fill(ctx, m.desk, demo.Filling{Tickets: 1}); !errors.Is(err, demo.ErrNotEmpty) {
		t.Errorf("filled again: %v", err)
	}
}

func TestInspectFindsWhatItsEventsDoNotSay(t *testing.T) {
	m := newMade(t, "memory", friday())
	m.fill(t, demo.Filling{Tickets: 20, Seed: 1})
	tk, err := m.TicketByNumber(t.Context(), 7)
	if err != nil {
		t.Fatal(err)
	}
	tk.Subject = "Nobody said so"
	if err := m.UpdateTicket(t.Context(), tk, tk.Version); err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Inspect(t.Context(), m.Store, 20); err == nil {
		t.Error("a changed row was not noticed")
	}
}
