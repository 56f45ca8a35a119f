package store_test

import (
	"encoding/json"
	"strings"
	"testing"

	"okno/server/store"
)

// TestEveryQuestionOfProgramsUsesAnIndexOfPostgres reads PostgreSQL's plan for
// every combination of filters and orders on a full desk: no table of tickets or
// tags is read whole, and nothing is sorted.
func TestEveryQuestionOfProgramsUsesAnIndexOfPostgres(t *testing.T) {
	s := open(t, store.Options{URL: cluster.Database(t)})
	crowd(t, s)
	for _, sql := range []string{
		`INSERT INTO ticket_tags (tag, ticket_id) SELECT 'tag' || CASE WHEN i % 5 = 0 THEN '' ELSE '-' || (i % 40) END, i FROM generate_series(1, 20000) i`,
		`ANALYZE`,
	} {
		if err := s.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	asked := map[string]bool{}
	for _, q := range store.Questions() {
		text, args, err := store.BrowseSQL(q)
		if err != nil {
			t.Fatal(err)
		}
		if asked[text] {
			continue
		}
		asked[text] = true
		for _, p := range planOf(t, s, text, args) {
			sorts := p.Type == "Sort" || p.Type == "Incremental Sort"
			whole := p.Type == "Seq Scan" && (p.Table == "tickets" || p.Table == "ticket_tags")
			if sorts || whole {
				t.Errorf("%+v: a %s of %s\n%s", q, p.Type, p.Table, text)
			}
		}
	}
	if len(asked) < 100 {
		t.Errorf("only %d questions were asked", len(asked))
	}
}

// planOf answers the steps of PostgreSQL's plan.
func planOf(t *testing.T, s *store.Store, query string, args []any) (steps []planned) {
	t.Helper()
	lines, err := s.Rows(t.Context(), `EXPLAIN (FORMAT JSON) `+query, args...)
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	var plans []struct{ Plan planned }
	if err := json.Unmarshal([]byte(strings.Join(lines, "\n")), &plans); err != nil {
		t.Fatal(err)
	}
	plans[0].Plan.each(func(p planned) { steps = append(steps, p) })
	return steps
}
