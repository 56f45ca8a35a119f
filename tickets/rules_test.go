package tickets_test

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"okno/tickets"
	"okno/tickets/fields"
)

var update = flag.Bool("update", false, "write the golden files anew")

func TestReplyOpensAndTakesANewTicket(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		x, err := s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "Water helps"})
		if err != nil {
			t.Fatal(err)
		}
		row := w.row(t, made.ID)
		if row.Category != tickets.Open || row.AssigneeID != 1 || !row.WaitingSince.IsZero() {
			t.Errorf("after a reply: %+v", row)
		}
		if x.Delivery.State != tickets.DeliveryQueued || !x.Delivery.SendAt.Equal(w.at().Add(10*time.Second)) {
			t.Errorf("delivery %+v", x.Delivery)
		}
	})
}

func TestReceiveReopens(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, _ tickets.Ticket) {
		for _, c := range []struct {
			status int64
			auto   string
			want   tickets.Category
		}{
			{2, "", tickets.Open}, {3, "", tickets.Open}, {4, "", tickets.Open},
			{5, "", tickets.Open}, {6, "", tickets.Open}, {3, "reply", tickets.Waiting}, {5, "reply", tickets.Solved},
		} {
			made := asked(t, s)
			_, err := s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "ok", Then: c.status})
			must(t, err)
			_, err = s.Receive(t.Context(), made.ID, tickets.Incoming{PersonID: 11, Body: "no", Auto: c.auto})
			must(t, err)
			row := w.row(t, made.ID)
			if row.Category != c.want || row.WaitingSince.IsZero() != (c.auto != "") {
				t.Errorf("status %d, auto %q: %s, waiting since %v", c.status, c.auto, row.Category, row.WaitingSince)
			}
		}
	})
}

func TestStaleChangeIsRefusedOnlyWhereItOverlaps(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		high, low, solved := tickets.High, tickets.Low, int64(5)
		if _, err := s.Change(t.Context(), boris(), made.ID, made.Version, tickets.Change{Priority: &high}); err != nil {
			t.Fatal(err)
		}
		_, err := s.Change(t.Context(), anna(), made.ID, made.Version, tickets.Change{Priority: &low})
		var e *tickets.Error
		if !errors.As(err, &e) || e.Kind != tickets.Conflict || e.Args["priority"] != "Boris" || e.Args["who"] != "Boris" {
			t.Errorf("overlapping change: %#v", err)
		}
		if _, err := s.Change(t.Context(), anna(), made.ID, made.Version, tickets.Change{StatusID: &solved}); err != nil {
			t.Errorf("disjoint change: %v", err)
		}
		if row := w.row(t, made.ID); row.Priority != high || row.Category != tickets.Solved || row.SolvedAt.IsZero() {
			t.Errorf("row %+v", row)
		}
	})
}

func TestReplyIsHeldWhenSomebodyElseWrote(t *testing.T) {
	everywhere(t, func(t *testing.T, _ *world, s *tickets.Service, made tickets.Ticket) {
		if _, err := s.Note(t.Context(), boris(), made.ID, tickets.NewMessage{Body: "wait for me"}); err != nil {
			t.Fatal(err)
		}
		_, err := s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "x", SeenSeq: made.LastSeq})
		var e *tickets.Error
		if !errors.As(err, &e) || e.Message != "error.reply.newer" || e.Args["who"] != "Boris" || e.Args["what"] != "wait for me" {
			t.Errorf("answer %#v", err)
		}
		if _, err := s.Note(t.Context(), boris(), made.ID, tickets.NewMessage{Body: "mine", SeenSeq: made.LastSeq}); err != nil {
			t.Errorf("one's own message holds nobody: %v", err)
		}
	})
}

func TestOneFormMakesOneMessage(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		n := tickets.NewMessage{Body: "once", Once: "form"}
		first, err := s.Reply(t.Context(), anna(), made.ID, n)
		if err != nil {
			t.Fatal(err)
		}
		again, err := s.Reply(t.Context(), anna(), made.ID, n)
		if err != nil || again.ID != first.ID || len(w.said(t, made.ID)) != 2 {
			t.Errorf("%v: message %d then %d of %d", err, first.ID, again.ID, len(w.said(t, made.ID)))
		}
	})
}

func TestLostRaceIsDecidedAgain(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		w.stale = 3
		if _, err := s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "x", Once: "k"}); err != nil || len(w.said(t, made.ID)) != 2 {
			t.Errorf("%v, %d messages", err, len(w.said(t, made.ID)))
		}
		w.stale = 100
		if _, err := s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "y"}); tickets.KindOf(err) != tickets.Conflict {
			t.Errorf("a race lost for ever: %v", err)
		}
	})
}

func TestWithdrawPutsEverythingBack(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		w.pass(time.Hour)
		x, err := s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "oops", Then: 5})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.SaveDraft(t.Context(), anna(), tickets.Draft{TicketID: made.ID, Body: "more"}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Withdraw(t.Context(), anna(), x.ID); err != nil {
			t.Fatal(err)
		}
		row := w.row(t, made.ID)
		if row.StatusID != made.StatusID || !row.WaitingSince.Equal(made.WaitingSince) || row.Snippet != made.Snippet {
			t.Errorf("row %+v", row)
		}
		if d, _ := s.Draft(t.Context(), anna(), made.ID); d.Body != "oops\n\nmore" {
			t.Errorf("draft %q", d.Body)
		}
	})
}

func TestWithdrawIsRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		x, err := s.Reply(t.Context(), boris(), made.ID, tickets.NewMessage{Body: "gone"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Withdraw(t.Context(), anna(), x.ID); tickets.KindOf(err) != tickets.Denied {
			t.Errorf("another agent's: %v", err)
		}
		w.plan(t, x)
		must(t, w.send(t, x.ID, false))
		if _, err := s.Withdraw(t.Context(), boris(), x.ID); tickets.KindOf(err) != tickets.Blocked {
			t.Errorf("one that left: %v", err)
		}
		if w.said(t, made.ID)[1].Delivery.State != tickets.DeliveryQueued || w.row(t, made.ID).LastSeq != x.Seq+2 {
			t.Error("a refusal left traces")
		}
	})
}

func TestPersonsMayOnlyWrite(t *testing.T) {
	everywhere(t, func(t *testing.T, _ *world, s *tickets.Service, made tickets.Ticket) {
		p := tickets.AsPerson(11)
		for name, do := range map[string]func() error{
			"reply":  func() error { _, err := s.Reply(t.Context(), p, made.ID, tickets.NewMessage{Body: "x"}); return err },
			"note":   func() error { _, err := s.Note(t.Context(), p, made.ID, tickets.NewMessage{Body: "x"}); return err },
			"change": func() error { _, err := s.Change(t.Context(), p, made.ID, 0, tickets.Change{}); return err },
			"find":   func() error { _, err := s.Find(t.Context(), p, made.Number); return err },
			"list":   func() error { _, err := s.List(t.Context(), p, tickets.ListQuery{View: tickets.ViewOpen}); return err },
			"counts": func() error { _, err := s.Counts(t.Context(), p); return err },
			"resend": func() error { _, err := s.Resend(t.Context(), p, 1); return err },
		} {
			if err := do(); tickets.KindOf(err) != tickets.Denied {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestSnippet(t *testing.T) {
	if got := tickets.Snippet("  one\n two  "); got != "one two" {
		t.Errorf("%q", got)
	}
	for _, long := range []string{strings.Repeat("слово ", 60), strings.Repeat("я", 300)} {
		if n := len([]rune(tickets.Snippet(long))); n > 140 || n < 130 {
			t.Errorf("%d characters", n)
		}
	}
}

// TestEventsStayAsTheyAre compares the JSON of every type of event with what
// followers and stored logs rely on.
func TestEventsStayAsTheyAre(t *testing.T) {
	w, s, made := desk(t, "memory")
	tell(t, s, made.ID)
	seen := map[tickets.EventType]bool{}
	for _, e := range w.log(t) {
		if seen[e.Type] {
			continue
		}
		seen[e.Type] = true
		got, err := json.MarshalIndent(e, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, string(e.Type), append(got, '\n'))
	}
	if len(seen) != 15 {
		t.Errorf("the story has %d types of events, want all 15", len(seen))
	}
}

// tell makes every type of event happen.
func tell(t *testing.T, s *tickets.Service, ticket int64) {
	t.Helper()
	high, team, agent, person, spam, subject := tickets.High, int64(21), int64(2), int64(13), true, "Printer is on fire"
	x, err := s.Reply(t.Context(), anna(), ticket, tickets.NewMessage{Body: "one"})
	must(t, err)
	_, err = s.Withdraw(t.Context(), anna(), x.ID)
	must(t, err)
	x, err = s.Reply(t.Context(), anna(), ticket, tickets.NewMessage{Body: "two"})
	must(t, err)
	reason := tickets.Sentence{Key: "mail.refused"}
	must(t, s.Settle(t.Context(), x.ID, "a@example.org", tickets.Delivery{State: tickets.DeliveryFailed, Reason: reason, Detail: "550"}))
	must(t, s.Bounced(t.Context(), x.ID, tickets.DeliveryData{State: tickets.DeliveryFailed, Recipient: "a@example.org", Reason: reason}))
	_, err = s.Change(t.Context(), boris(), ticket, 0, tickets.Change{
		Subject: &subject, Priority: &high, TeamID: &team, AssigneeID: &agent, RequesterID: &person,
		Spam: &spam, AddTags: []string{" New Tag "}, AddFollowers: []int64{11, 14},
	})
	must(t, err)
	field(t, s, fields.Field{Type: fields.Number, NameEN: "Room", NameRU: "Комната"})
	_, err = s.Change(t.Context(), boris(), ticket, 0, tickets.Change{Fields: map[string]string{"room": "12"}})
	must(t, err)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "events", name+".golden.json")
	if *update {
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	must(t, err)
	if string(want) != string(got) {
		t.Errorf("%s is\n%s\nwant\n%s", name, got, want)
	}
}
