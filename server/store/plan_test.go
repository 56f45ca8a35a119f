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
	for _, v := range append(tickets.Views(), tickets.ViewDeleted) {
		queries = append(queries, tickets.ListQuery{View: v})
	}
	for _, q := range queries {
		l, known := listingOf(q)
		if !known {
			t.Fatalf("view %s has no list", q.View)
		}
		if plan, err := s.Plan(t.Context(), l.query(), 1, 2, 3, 4, 5); err != nil || strings.Contains(plan, "SCAN t\n") || strings.Contains(plan, "TEMP B-TREE") || !strings.Contains(plan, "INDEX") {
			t.Errorf("%s (team %d): %v\n%s", q.View, q.TeamID, err, plan)
		}
	}
}

// TestTheLastOfALaneIsFoundByAnIndex guards what every received event costs.
func TestTheLastOfALaneIsFoundByAnIndex(t *testing.T) {
	s, err := Open(context.Background(), Options{URL: "memory", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	query := strings.NewReplacer("$12", "$2", "$5", "$3").Replace(laneID)
	if plan, err := s.Plan(t.Context(), query, 1, 2, "lane"); err != nil || !strings.Contains(plan, "inbox_lane") {
		t.Errorf("%v\n%s", err, plan)
	}
}
