package store_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"okno/server/store"
	"okno/tickets"
)

const longLane = 10_000

// TestLongLaneIsNotReadWhole stores 10,000 due rows behind one that is not due
// and counts the rows PostgreSQL reads to find that none may be claimed, and the
// one of another lane that may.
func TestLongLaneIsNotReadWhole(t *testing.T) {
	s := open(t, store.Options{URL: cluster.Database(t)})
	now := time.Now()
	fill(t, s, now)
	window, lanes := s.Outbox().DueSQL()
	ms := fmt.Sprint(now.UnixMilli())
	bind := strings.NewReplacer("$1", ms, "$2", fmt.Sprint(store.Window), "$3", "10")
	for _, query := range []string{window, lanes} {
		if n := rowsRead(t, s, bind.Replace(query)); n > 5*store.Window {
			t.Errorf("%d rows are read by\n%s", n, query)
		}
	}
	rows, err := s.Outbox().Claim(t.Context(), "me", now.Add(time.Minute), 10)
	if err != nil || len(rows) != 1 || rows[0].Key != "other" {
		t.Errorf("claimed %v, %v", rows, err)
	}
	if next, err := s.Outbox().NextAt(t.Context()); err != nil || next.Sub(now) > 2*time.Minute || !next.After(now) {
		t.Errorf("next %v, %v; want the end of the lease", next, err)
	}
}

// TestLongLaneHidesNoOther does the same on SQLite, without the counting.
func TestLongLaneHidesNoOther(t *testing.T) {
	s := open(t, store.Options{URL: "memory"})
	now := time.Now()
	fill(t, s, now)
	rows, err := s.Outbox().Claim(t.Context(), "me", now.Add(time.Minute), 10)
	if err != nil || len(rows) != 1 || rows[0].Key != "other" {
		t.Errorf("claimed %v, %v", rows, err)
	}
	_, lanes := s.Outbox().DueSQL()
	plan, err := s.Plan(t.Context(), lanes, 1, 2, 3)
	if err != nil || strings.Contains(plan, "SCAN outbox") || strings.Contains(plan, "SCAN b\n") || strings.Contains(plan, "SCAN h\n") {
		t.Errorf("%v\n%s", err, plan)
	}
}

// fill stores lane a, whose first row is not due, and a row of lane b that is
// due after all of them.
func fill(t *testing.T, s *store.Store, now time.Time) {
	t.Helper()
	const put = `INSERT INTO outbox (id, key, channel_id, lane, ticket_id, message_id, outbound, notice, network, address,
		state, run_at, attempts, owner, receipt, why, detail, progress, created_at, settled_at)`
	const rest = `0, 0, '{}', FALSE, '', '', 'queued'`
	err := s.Exec(t.Context(), put+` WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
		SELECT i, 'a' || i, 1, 'a', `+rest+`, CAST($2 AS BIGINT) + CASE WHEN i = 1 THEN 3600000 ELSE -5000 END, 0, '', '', '{}', '', '', 0, 0 FROM n`,
		longLane, now.UnixMilli())
	if err != nil {
		t.Fatal(err)
	}
	err = s.Exec(t.Context(), put+` VALUES ($1, 'other', 1, 'b', `+rest+`, $2, 0, '', '', '{}', '', '', 0, 0)`,
		longLane+1, now.UnixMilli()-1000)
	if err != nil {
		t.Fatal(err)
	}
}

// planned is a node of PostgreSQL's EXPLAIN (ANALYZE, FORMAT JSON).
type planned struct {
	Type    string    `json:"Node Type"`
	Index   string    `json:"Index Name"`
	Table   string    `json:"Relation Name"`
	Rows    float64   `json:"Actual Rows"`
	Loops   float64   `json:"Actual Loops"`
	Removed float64   `json:"Rows Removed by Filter"`
	Plans   []planned `json:"Plans"`
}

// each calls do for a node and all below it.
func (p planned) each(do func(planned)) {
	do(p)
	for _, q := range p.Plans {
		q.each(do)
	}
}

func explainPostgres(t *testing.T, s *store.Store, how, query string, args ...any) planned {
	t.Helper()
	if err := s.Exec(t.Context(), `ANALYZE`); err != nil {
		t.Fatal(err)
	}
	lines, err := s.Rows(t.Context(), `EXPLAIN (`+how+`FORMAT JSON) `+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	var plans []struct{ Plan planned }
	if err := json.Unmarshal([]byte(strings.Join(lines, "\n")), &plans); err != nil {
		t.Fatal(err)
	}
	return plans[0].Plan
}

// rowsRead runs a query and counts the rows its scans of tables looked at.
func rowsRead(t *testing.T, s *store.Store, query string) int {
	t.Helper()
	n := 0.0
	explainPostgres(t, s, "ANALYZE, ", query).each(func(p planned) {
		if p.Table != "" {
			n += (p.Rows + p.Removed) * p.Loops
		}
	})
	return int(n)
}

// TestEveryListUsesAnIndexOfPostgres fills a desk and reads the plan of each
// list: its own index gives the order, and nothing is sorted or read whole.
func TestEveryListUsesAnIndexOfPostgres(t *testing.T) {
	s := open(t, store.Options{URL: cluster.Database(t)})
	crowd(t, s)
	for _, c := range []struct {
		q     tickets.ListQuery
		index string
	}{
		{tickets.ListQuery{View: tickets.ViewMine}, "tickets_of_assignee"},
		{tickets.ListQuery{View: tickets.ViewUnassigned}, "tickets_of_assignee"},
		{tickets.ListQuery{View: tickets.ViewOpen}, "tickets_open"},
		{tickets.ListQuery{View: tickets.ViewOpen, TeamID: 3}, "tickets_of_team"},
		{tickets.ListQuery{View: tickets.ViewWaiting}, "tickets_waiting"},
		{tickets.ListQuery{View: tickets.ViewSolved}, "tickets_solved"},
		{tickets.ListQuery{View: tickets.ViewSpam}, "tickets_spam"},
		{tickets.ListQuery{View: tickets.ViewDeleted}, "tickets_deleted"},
		{tickets.ListQuery{View: tickets.ViewMentions}, "mentions_latest"},
	} {
		bind := strings.NewReplacer("$1", "7", "$2", "3", "$3", "0", "$4", "0", "$5", "50")
		used := false
		explainPostgres(t, s, "", bind.Replace(store.ListSQL(c.q))).each(func(p planned) {
			used = used || p.Index == c.index
			if p.Type == "Sort" || p.Type == "Incremental Sort" || p.Type == "Seq Scan" && p.Table == "tickets" {
				t.Errorf("%s (team %d) has a %s of %s", c.q.View, c.q.TeamID, p.Type, p.Table)
			}
		})
		if !used {
			t.Errorf("%s (team %d) does not use %s", c.q.View, c.q.TeamID, c.index)
		}
	}
}

// TestAConversationIsNotSortedByPostgres reads one conversation among many.
func TestAConversationIsNotSortedByPostgres(t *testing.T) {
	s := open(t, store.Options{URL: cluster.Database(t)})
	crowd(t, s)
	err := s.Exec(t.Context(), `INSERT INTO messages (id, ticket_id, source_id, added_at, seq, kind, author_kind, author_id, author_as,
		channel_id, body, markdown, quoted, html, files, copies, auto, warnings, original, created_at, delivery_state,
		delivery_send_at, delivery_at, delivery_reason, delivery_detail, edited_at, removed_at)
		SELECT i, i / 40 + 1, i / 40 + 1, i * 7919 % 20000, i, 'reply', 'person', 1, '', 0, 'x', FALSE, '', '', '[]', '[]', '', '[]', '',
		i, '', 0, 0, '{}', '', 0, 0 FROM generate_series(1, 20000) i`)
	if err != nil {
		t.Fatal(err)
	}
	explainPostgres(t, s, "", strings.Replace(store.MessagesSQL, "$1", "7", 1)).each(func(p planned) {
		if p.Type == "Sort" || p.Type == "Incremental Sort" || p.Type == "Seq Scan" {
			t.Errorf("a conversation has a %s", p.Type)
		}
	})
}

// crowd stores 20,000 tickets of all sorts, with mentions.
func crowd(t *testing.T, s *store.Store) {
	t.Helper()
	for _, sql := range []string{
		`INSERT INTO persons (id, name, language, note, blocked, manager_id, created_at) VALUES (1, 'Ира', '', '', FALSE, 0, 0)`,
		`INSERT INTO tickets SELECT i, i, 1, 'x', 1, CASE WHEN i % 9 = 0 THEN 'waiting' ELSE 'open' END, 2, i % 10, i % 70, 1, 0, '',
			'[]', '[]', '{}', i % 50 = 0, i % 4 > 0 AND i % 50 > 0 AND i % 31 > 0, 0, i, i, 0, 0, 1, 1, 0, '', '', 0, i * 7919 % 20000,
			0, CASE WHEN i % 31 = 0 THEN i ELSE 0 END, i % 31 = 0, 0, 0, 0, 0 FROM generate_series(1, 20000) i`,
		`INSERT INTO mentions SELECT i % 10, i, i, i, FALSE, TRUE FROM generate_series(1, 20000) i`,
	} {
		if err := s.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
}
