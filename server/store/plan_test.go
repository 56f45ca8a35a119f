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

// TestWhatBelongsToATicketIsFoundByAnIndex does the same for what is read with a
// ticket, and for what is removed. A conversation is never sorted.
func TestWhatBelongsToATicketIsFoundByAnIndex(t *testing.T) {
	s, err := Open(context.Background(), Options{URL: "memory", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for _, c := range []struct {
		query, index string
		args         []any
		sorts        bool
	}{
		{messagesOf, "messages_of_ticket", []any{1}, false},
		{ofRequester, "tickets_of_requester", []any{1, 2}, false},
		{deletedBefore, "tickets_deleted", []any{1, 2}, false},
		{mergedInto, "tickets_merged", []any{1}, false},
		{linksOf, "ticket_links_of_other", []any{1}, true},
		{approvalsOfTicket, "approvals_of_ticket", []any{1}, false},
		{approvalsOfPerson, "approvals_waiting", []any{1}, false},
	} {
		plan, err := s.Plan(t.Context(), c.query, c.args...)
		if err != nil || strings.Contains(plan, "SCAN t") || !strings.Contains(plan, c.index) || !c.sorts && strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%v\n%s\n%s", err, c.query, plan)
		}
	}
}

// TestBurialReadsNoTableWhole guards what the purge of one ticket costs a desk
// with many.
func TestBurialReadsNoTableWhole(t *testing.T) {
	s, err := Open(context.Background(), Options{URL: "memory", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	queries := map[string][]any{emptiedObject: {"email", "a@b"}, emptiedTicket: {1}}
	for _, query := range burials() {
		queries[query] = []any{1}
	}
	for query, args := range queries {
		if plan, err := s.Plan(t.Context(), query, args...); err != nil || strings.Contains(plan, "SCAN") {
			t.Errorf("%v\n%s\n%s", err, query, plan)
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

// TestClaimsReadTheirQueueInOrder does not let a claim cost more the more is
// pending.
func TestClaimsReadTheirQueueInOrder(t *testing.T) {
	s, err := Open(context.Background(), Options{URL: "memory", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for _, q := range []*Queue{s.Inbox(), s.Outbox(), s.Jobs()} {
		for _, where := range []string{"", ` AND r.run_at <= $1`} {
			plan, err := s.Plan(t.Context(), `SELECT * FROM `+q.first(where)+` f`, 1, 5)
			if err != nil || strings.Contains(plan, "TEMP B-TREE") || !strings.Contains(plan, "INDEX "+q.table+"_") {
				t.Errorf("%s%s: %v\n%s", q.table, where, err, plan)
			}
		}
	}
}
