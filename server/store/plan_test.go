package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"okno/tickets"
)

// TestEveryListUsesAnIndex reads SQLite's plan for each list: no scan of the
// whole table, no sorting.
func TestEveryListUsesAnIndex(t *testing.T) {
	s, err := Open(context.Background(), Options{URL: "memory", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	queries := []tickets.ListQuery{{View: tickets.ViewOpen, TeamID: 3}}
	for _, v := range tickets.Views() {
		queries = append(queries, tickets.ListQuery{View: v})
	}
	for _, q := range queries {
		l, known := listingOf(q)
		if !known {
			t.Fatalf("view %s has no list", q.View)
		}
		if plan := explain(t, s, l); strings.Contains(plan, "SCAN t\n") || strings.Contains(plan, "TEMP B-TREE") || !strings.Contains(plan, "INDEX") {
			t.Errorf("%s (team %d):\n%s", q.View, q.TeamID, plan)
		}
	}
}

func explain(t *testing.T, s *Store, l listing) string {
	t.Helper()
	var steps []struct {
		ID, Parent, NotUsed int64
		Detail              string
	}
	err := s.list(t.Context(), &steps, `EXPLAIN QUERY PLAN `+l.query(), 1, 2, 3, 4, 5)
	if err != nil {
		t.Fatal(err)
	}
	var plan strings.Builder
	for _, step := range steps {
		plan.WriteString(step.Detail + "\n")
	}
	return plan.String()
}
