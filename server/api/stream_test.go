package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"okno/tickets/people"
)

// ear is an open stream of events.
type ear struct {
	d     *desk
	lines *bufio.Scanner
	close func()
	last  string // id of the event heard last
}

func (d *desk) listen(query, last string) *ear {
	d.t.Helper()
	ctx, cancel := context.WithCancel(d.t.Context())
	r, err := http.NewRequestWithContext(ctx, "GET", "http://"+d.srv.Addr()+"/api/v1/events"+query, nil)
	d.ok(err)
	r.Header.Set("Authorization", "Bearer "+d.tokens[people.ScopeRead])
	r.Header.Set("Accept", "text/event-stream")
	if last != "" {
		r.Header.Set("Last-Event-ID", last)
	}
	res, err := http.DefaultClient.Do(r)
	d.ok(err)
	if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/event-stream" {
		d.t.Fatalf("the stream is %v", res)
	}
	e := &ear{d: d, lines: bufio.NewScanner(res.Body), close: func() { cancel(); _ = res.Body.Close() }}
	d.t.Cleanup(e.close)
	for e.lines.Scan() && e.lines.Text() != ": open" {
	}
	return e
}

// hear answers the next event, or false when the stream ends.
func (e *ear) hear() (pos int64, kind string, ok bool) {
	for e.lines.Scan() {
		line := e.lines.Text()
		if id, found := strings.CutPrefix(line, "id: "); found {
			e.last = id
		}
		body, found := strings.CutPrefix(line, "data: ")
		if !found {
			continue
		}
		var event struct {
			Pos  int64
			Type string
		}
		e.d.ok(json.Unmarshal([]byte(body), &event))
		if strconv.FormatInt(event.Pos, 10) != e.last {
			e.d.t.Errorf("event %d has the id %s", event.Pos, e.last)
		}
		return event.Pos, event.Type, true
	}
	return 0, "", false
}

func TestAStreamGoesOnAfterARestart(t *testing.T) {
	d := newDesk(t)
	d.ticket("Before anybody listens")
	e := d.listen("", "")
	d.ticket("Heard")
	first, kind, _ := e.hear()
	if kind != "ticket.created" || first != 3 {
		t.Fatalf("a new stream begins with %d %s", first, kind)
	}
	ended := make(chan bool)
	go func() {
		for {
			if _, _, ok := e.hear(); !ok {
				ended <- true
				return
			}
		}
	}()
	d.stop()
	<-ended
	d.start()
	d.ticket("While nobody listened")
	back := d.listen("", strconv.FormatInt(first, 10))
	for want := first + 1; want <= first+3; want++ {
		if pos, _, ok := back.hear(); !ok || pos != want {
			t.Errorf("heard %d, want %d", pos, want)
		}
	}
	d.ticket("And now")
	if pos, _, _ := back.hear(); pos != first+4 {
		t.Errorf("heard %d, want %d", pos, first+4)
	}
	all := d.listen("?after=0", "")
	for want := int64(1); want <= first+5; want++ {
		if pos, _, _ := all.hear(); pos != want {
			t.Errorf("from the beginning: heard %d, want %d", pos, want)
		}
	}
}

func TestTheLogIsReadInPages(t *testing.T) {
	d := newDesk(t)
	for range 3 {
		d.ticket("Printer")
	}
	var heard []int64
	for after := int64(0); ; {
		var page struct {
			Items []struct{ Pos int64 }
			Next  int64
		}
		d.as(people.ScopeRead, "GET", "/events?limit=2&after="+strconv.FormatInt(after, 10), "").is(200).into(&page)
		for _, e := range page.Items {
			heard = append(heard, e.Pos)
		}
		if after = page.Next; len(page.Items) == 0 {
			break
		}
	}
	if len(heard) != 6 || heard[0] != 1 || heard[5] != 6 {
		t.Errorf("read %v", heard)
	}
}
