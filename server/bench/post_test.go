package bench

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"okno/server"
	"okno/tickets"
)

// BenchmarkPost is a note that is acknowledged once it is on the disk: with one
// writer beside a bare write and fsync, with 32 beside the smallest transaction
// that 32 writers commit together.
func BenchmarkPost(b *testing.B) {
	d := open(b, data.dir(b, 10_000), server.Options{})
	raw := rawSync(b)
	on := d.open(64)
	by := tickets.AsAgent(d.admin)
	say := func(i int) error {
		_, err := d.Tickets.Note(context.Background(), by, on[i%len(on)].ID, tickets.NewMessage{Body: "Seen, I am on it."})
		return err
	}
	form := func(i int) error { return d.note(on[i%len(on)].Number, i) }
	probe := func(int) error { return d.Store.Probe(context.Background()) }
	for _, c := range []struct {
		clients int
		bare    func(int) error
		name    string
	}{{1, raw, "of-raw-fsync"}, {32, probe, "of-bare-group-commit"}} {
		b.Run(fmt.Sprintf("clients=%d", c.clients), func(b *testing.B) {
			var bare, used, sent rate
			for b.Loop() {
				bare.add(b, c.clients, c.bare)
				used.add(b, c.clients, say)
				sent.add(b, c.clients, form)
			}
			b.ReportMetric(used.perSecond(), "posts/s")
			b.ReportMetric(bare.perSecond(), "bare/s")
			b.ReportMetric(used.perSecond()/bare.perSecond(), c.name)
			b.ReportMetric(sent.perSecond()/bare.perSecond(), "by-HTTP-"+c.name)
		})
	}
}

// rate is how often something was done.
type rate struct {
	done  int
	spent time.Duration
}

func (r rate) perSecond() float64 { return float64(r.done) / r.spent.Seconds() }

// turn is how long something is done before something else has its turn.
const turn = 300 * time.Millisecond

// add has clients do something side by side for a while.
func (r *rate) add(b *testing.B, clients int, do func(int) error) {
	b.Helper()
	begun := time.Now()
	var done atomic.Int64
	var all sync.WaitGroup
	for range clients {
		all.Go(func() {
			for time.Since(begun) < turn {
				if err := do(int(done.Add(1))); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	r.done += int(done.Load())
	r.spent += time.Since(begun)
}

// rawSync writes a page to a file and waits until it is on the disk.
func rawSync(b *testing.B) func(int) error {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "raw"))
	must(b, err)
	b.Cleanup(func() { must(b, f.Close()) })
	page := make([]byte, 4096)
	return func(int) error {
		if _, err := f.Write(page); err != nil {
			return err
		}
		return f.Sync()
	}
}

// open answers some open tickets.
func (d *desk) open(n int) []tickets.Row {
	d.b.Helper()
	page, err := d.Tickets.List(context.Background(), tickets.AsAgent(d.admin), tickets.ListQuery{View: tickets.ViewOpen, Limit: n})
	must(d.b, err)
	return page.Rows
}

// note sends the form of a note as a browser does.
func (d *desk) note(number int64, i int) error {
	status := d.post(d.http, fmt.Sprintf("/tickets/%d/messages", number), url.Values{"kind": {"note"}, "body": {fmt.Sprintf("Seen %d.", i)}})
	if status != http.StatusSeeOther {
		return fmt.Errorf("a note was answered with %d", status)
	}
	return nil
}
