package bench

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"okno/server"
	"okno/server/config"
	"okno/tickets"
)

// screens is how many pages are open at once.
const screens = 1000

// BenchmarkScreens is the time from the answer to a post until the last of 1,000
// open pages knows of it, and what an open page costs the desk, which is a
// process of its own.
func BenchmarkScreens(b *testing.B) {
	dir := data.dir(b, 10_000)
	c, d, on := remote(b, dir)
	before := c.resident()
	news := make(chan time.Time, screens)
	for range screens {
		d.watch(news)
	}
	each := float64(c.resident()-before) / screens
	var waits []time.Duration
	for i := 0; b.Loop(); i++ {
		must(b, d.note(on[i%len(on)].Number, i))
		said := time.Now()
		last := said
		for range screens {
			if at := <-news; at.After(last) {
				last = at
			}
		}
		waits = append(waits, last.Sub(said))
	}
	b.ReportMetric(float64(centile(waits, 95).Microseconds())/1000, "ms-p95-to-last-screen")
	b.ReportMetric(each/1000, "kB/screen")
}

// remote is a desk in another process, with an administrator who signed in. Their
// password is chosen before it starts.
func remote(b testing.TB, dir string) (*child, *desk, []tickets.Row) {
	b.Helper()
	rooms, err := server.Open(b.Context(), config.Config{Data: dir}, server.Options{})
	must(b, err)
	d := &desk{b: b, Server: &server.Server{Rooms: rooms}}
	d.choosePassword()
	on := d.open(50)
	must(b, rooms.Close())
	c, _ := start(b, dir)
	d.url = c.url
	d.http = d.signedIn()
	return c, d, on
}

// watch opens the stream of a page and tells when each message is known.
func (d *desk) watch(news chan<- time.Time) {
	d.b.Helper()
	ctx, leave := context.WithCancel(context.Background())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, d.url+"/live", nil)
	must(d.b, err)
	res, err := d.http.Do(req)
	must(d.b, err)
	if res.StatusCode != http.StatusOK {
		d.b.Fatalf("the stream was answered with %s", res.Status)
	}
	var ended sync.WaitGroup
	lines := bufio.NewScanner(res.Body)
	for lines.Scan() && !strings.Contains(lines.Text(), `"hello"`) {
	}
	ended.Go(func() {
		for lines.Scan() {
			if strings.Contains(lines.Text(), `"message.added"`) {
				news <- time.Now()
			}
		}
	})
	d.b.Cleanup(func() {
		leave()
		ended.Wait()
		_ = res.Body.Close()
	})
}
