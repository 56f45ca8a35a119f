package store_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

// TestProcessDiesAfterAnyStep starts this test again as a process that opens a
// ticket and dies after step n of it, for every n until it lives: each time the
// ticket is there with all that belongs to it, or nothing is.
func TestProcessDiesAfterAnyStep(t *testing.T) {
	if dir := os.Getenv("STORETEST_CRASH_DIR"); dir != "" {
		dieAfter(t, dir)
		return
	}
	died, whole := 0, 0
	for n := 1; ; n++ {
		dir := t.TempDir()
		cmd := exec.Command(os.Args[0], "-test.run=^TestProcessDiesAfterAnyStep$")
		cmd.Env = append(os.Environ(), "STORETEST_CRASH_DIR="+dir, "STORETEST_CRASH_STEP="+strconv.Itoa(n))
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() != 7 {
			t.Fatalf("step %d: %v\n%s", n, err, out)
		}
		if allThere(t, dir, n) {
			whole++
		}
		if err == nil {
			break
		}
		died++
	}
	if died < 8 || whole != 2 { // after the commit, and when it lives
		t.Errorf("died %d times, and the ticket was there %d times, want 2", died, whole)
	}
}

// dieAfter opens a ticket in a process that ends at the wanted step.
func dieAfter(t *testing.T, dir string) {
	last, err := strconv.Atoi(os.Getenv("STORETEST_CRASH_STEP"))
	if err != nil {
		t.Fatal(err)
	}
	n, counting := 0, false
	s := open(t, store.Options{Dir: dir, Step: func(string) {
		if counting {
			n++
		}
		if counting && n == last {
			os.Exit(7)
		}
	}})
	p := people.Person{ID: 11, Name: "Ира"}
	if err := s.InsertPerson(t.Context(), p); err != nil {
		t.Fatal(err)
	}
	counting = true
	_, _, err = tickets.NewService(s, tickets.Options{}).Create(t.Context(), tickets.AsPerson(p.ID), tickets.NewTicket{
		Subject: "Printer", RequesterID: p.ID, Incoming: &tickets.Incoming{PersonID: p.ID, Network: "email", Body: "It smokes", Ref: "a@b"}})
	if err != nil {
		t.Fatal(err)
	}
}

// allThere answers whether the ticket is there, and fails when only a part is.
func allThere(t *testing.T, dir string, step int) bool {
	t.Helper()
	s := open(t, store.Options{Dir: dir})
	ctx := context.WithoutCancel(t.Context())
	_, noTicket := s.TicketByNumber(ctx, 1)
	_, noRef := s.MessageByRef(ctx, "email", "a@b")
	counts, err := s.Counts(ctx, []string{string(tickets.ViewOpen)})
	events, also := s.EventsAfter(ctx, 0, 10)
	there := noTicket == nil
	want, first := 0, int64(0)
	if there {
		want, first = 1, 1
	}
	if err = errors.Join(err, also); err != nil || (noRef == nil) != there || counts[string(tickets.ViewOpen)] != want || (len(events) > 0) != there {
		t.Errorf("after step %d: ticket %v, reference %v, counters %v, %d events, %v", step, noTicket, noRef, counts, len(events), err)
	}
	if there && events[0].Pos != first {
		t.Errorf("the log begins at %d", events[0].Pos)
	}
	return there
}
