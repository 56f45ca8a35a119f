package bench

import (
	"context"
	"testing"
	"time"

	"okno/server/demo"
	"okno/server/password"
	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

// TestReadingDoesNotGrowWithTheDesk counts allocations, which do not depend on
// the machine: the first page, a far page, the counters and a conversation cost
// the same in a desk five times as large.
func TestReadingDoesNotGrowWithTheDesk(t *testing.T) {
	small, large := readings(t, 1000), readings(t, 5000)
	for name, few := range small {
		if many := large[name]; many > few*1.15+20 {
			t.Errorf("%s takes %.0f allocations with 1,000 tickets and %.0f with 5,000", name, few, many)
		}
	}
}

// readings counts what it takes to read from a desk with n tickets.
func readings(t *testing.T, n int) map[string]float64 {
	t.Helper()
	clock := demo.NewClock(time.Now)
	s, err := store.Open(t.Context(), store.Options{URL: "memory", Now: clock.Now})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	_, err = demo.Fill(t.Context(), demo.Desk{Store: s, People: people.NewService(s, password.New()), Clock: clock}, demo.Filling{Tickets: n, Seed: 42})
	must(t, err)
	service := tickets.NewService(s, tickets.Options{})
	agents, err := s.Agents(t.Context())
	must(t, err)
	by := tickets.AsAgent(agents[0])
	list := func(after string) tickets.Page {
		p, err := service.List(context.Background(), by, tickets.ListQuery{View: tickets.ViewOpen, After: after, Limit: 20})
		must(t, err)
		return p
	}
	far := list("").Next
	for range 7 {
		far = list(far).Next
	}
	return map[string]float64{
		"the first page": testing.AllocsPerRun(5, func() { list("") }),
		"the ninth page": testing.AllocsPerRun(5, func() { list(far) }),
		"the counters": testing.AllocsPerRun(5, func() {
			_, err := service.Counts(context.Background(), by)
			must(t, err)
		}),
		"a conversation": testing.AllocsPerRun(5, func() {
			_, err := service.Conversation(context.Background(), by, 7)
			must(t, err)
		}),
	}
}
