package bench

import (
	"context"
	"database/sql"
	"fmt"
	"html"
	"path/filepath"
	"regexp"
	"testing"

	_ "modernc.org/sqlite" // to ask the database itself

	"okno/server"
)

// BenchmarkList is the list of 50 open tickets as a browser gets it, with
// sign-in, unread marks and counters, beside the bare query.
func BenchmarkList(b *testing.B) {
	sizes := []int{10_000, 100_000}
	if million() {
		sizes = append(sizes, 1_000_000)
	}
	first := map[int]float64{}
	for _, n := range sizes {
		b.Run(fmt.Sprintf("tickets=%d", n), func(b *testing.B) {
			dir := data.dir(b, n)
			d := open(b, dir, server.Options{})
			bare := bareList(b, dir, d.admin.ID)
			late := pageAt(b, d, 200)
			all := inTurn(b, func() { d.get("/tickets?view=open") }, func() { d.get(late) }, bare)
			first[n] = all[0]
			b.ReportMetric(all[0]/1e6, "ms/page")
			b.ReportMetric(all[2]/1e6, "ms/query")
			b.ReportMetric(all[0]/all[2], "x-bare-SQL")
			b.ReportMetric(all[1]/all[0], "page200-x-page1")
			if n > sizes[0] && first[sizes[0]] > 0 {
				b.ReportMetric(all[0]/first[sizes[0]], "x-10000-tickets")
			}
		})
	}
}

// bareList is the query of the list by database/sql, prepared, with every
// column read.
func bareList(b testing.TB, dir string, agent int64) func() {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "okno.db")+"?_pragma=busy_timeout(10000)&_pragma=query_only(1)")
	must(b, err)
	b.Cleanup(func() { must(b, db.Close()) })
	query, err := db.PrepareContext(context.Background(), `SELECT t.*, p.name, a.name, c.kind, COALESCE(r.seq, 0) < t.news_seq
		FROM tickets t LEFT JOIN persons p ON p.id = t.requester_id LEFT JOIN agents a ON a.id = t.assignee_id
		LEFT JOIN channels c ON c.id = t.channel_id LEFT JOIN read_marks r ON r.ticket_id = t.id AND r.agent_id = ?
		WHERE t.listed ORDER BY t.attention, t.id LIMIT 51`)
	must(b, err)
	b.Cleanup(func() { must(b, query.Close()) })
	return func() {
		rows, err := query.QueryContext(context.Background(), agent)
		must(b, err)
		defer func() { _ = rows.Close() }()
		columns, err := rows.Columns()
		must(b, err)
		into := make([]any, len(columns))
		for i := range into {
			into[i] = new(any)
		}
		n := 0
		for ; rows.Next(); n++ {
			must(b, rows.Scan(into...))
		}
		must(b, rows.Err())
		if n != 51 {
			b.Fatalf("%d rows", n)
		}
	}
}

var next = regexp.MustCompile(`href="(/tickets\?[^"]*after=[^"]*)"`)

// pageAt follows the link to the next page until page n, or the last.
func pageAt(b testing.TB, d *desk, n int) string {
	b.Helper()
	at := "/tickets?view=open"
	for range n - 1 {
		found := next.FindSubmatch(d.get(at))
		if found == nil {
			break
		}
		at = html.UnescapeString(string(found[1]))
	}
	return at
}
