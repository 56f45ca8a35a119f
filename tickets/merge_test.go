package tickets_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"okno/tickets"
)

// another is a ticket of person 12, asked a minute later.
func another(t *testing.T, w *world, s *tickets.Service) tickets.Ticket {
	t.Helper()
	w.pass(time.Minute)
	made, _, err := s.Create(t.Context(), tickets.AsPerson(12), tickets.NewTicket{
		Subject: "Smoke", RequesterID: 12, ChannelID: 5, Tags: []string{"fire", "printer"}, Followers: []int64{13},
		Incoming: &tickets.Incoming{PersonID: 12, ChannelID: 5, Network: "email", Body: "It smokes", Ref: "c@d"},
	})
	must(t, err)
	w.pass(time.Minute)
	return made
}

// blocked checks that a command was refused with a key.
func blocked(t *testing.T, err error, key string) {
	t.Helper()
	var e *tickets.Error
	if !errors.As(err, &e) || e.Message != key {
		t.Errorf("got %v, want %s", err, key)
	}
}

// bodies are the messages of a ticket in their order.
func bodies(t *testing.T, w *world, ticket int64) []string {
	t.Helper()
	var out []string
	for _, m := range w.said(t, ticket) {
		out = append(out, m.Body)
	}
	return out
}

func TestMergeBringsEverything(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		from := another(t, w, s)
		_, err := s.Reply(t.Context(), boris(), made.ID, tickets.NewMessage{Body: "Water helps"})
		must(t, err)
		got, err := s.Merge(t.Context(), anna(), from.ID, made.ID)
		must(t, err)
		if !slices.Equal(bodies(t, w, made.ID), []string{"It is on fire", "It smokes", "Water helps"}) || len(w.said(t, from.ID)) != 0 {
			t.Errorf("said %q, left %q", bodies(t, w, made.ID), bodies(t, w, from.ID))
		}
		moved := w.said(t, made.ID)[1]
		if moved.SourceID != from.ID || w.said(t, made.ID)[0].SourceID != 0 {
			t.Errorf("moved message %+v", moved)
		}
		if !slices.Equal(got.Followers, []int64{12, 13}) || !slices.Equal(got.Tags, []string{"fire", "printer"}) || !got.WaitingSince.Equal(from.WaitingSince) {
			t.Errorf("row %+v", got)
		}
		row := w.row(t, from.ID)
		if row.MergedInto != made.ID || row.Category != tickets.Closed || row.Snippet != "" || !row.WaitingSince.IsZero() || row.Listed() {
			t.Errorf("merged row %+v", row)
		}
	})
}

func TestMergedTicketLeavesTheLists(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		from := another(t, w, s)
		_, err := s.Merge(t.Context(), anna(), from.ID, made.ID)
		must(t, err)
		for _, v := range []tickets.View{tickets.ViewOpen, tickets.ViewSolved, tickets.ViewUnassigned} {
			page, err := s.List(t.Context(), anna(), tickets.ListQuery{View: v})
			must(t, err)
			for _, row := range page.Rows {
				if row.ID == from.ID {
					t.Errorf("%s shows the merged ticket", v)
				}
			}
		}
		counts, err := s.Counts(t.Context(), anna())
		if err != nil || counts["open"] != 1 || counts["solved"] != 0 {
			t.Errorf("counts %v, %v", counts, err)
		}
		of, err := s.OfRequester(t.Context(), anna(), 12, 0)
		if err != nil || len(of) != 0 {
			t.Errorf("tickets of the person: %v, %v", of, err)
		}
	})
}

// TestMergedMessagesAreNews: who had read both tickets has read the merged one,
// everybody else has not.
func TestMergedMessagesAreNews(t *testing.T) {
	w, s, made := desk(t, "memory")
	from := another(t, w, s)
	for _, by := range []tickets.Actor{anna(), boris()} {
		must(t, s.MarkRead(t.Context(), by, made.ID))
	}
	must(t, s.MarkRead(t.Context(), anna(), from.ID))
	_, err := s.Merge(t.Context(), anna(), from.ID, made.ID)
	must(t, err)
	for by, want := range map[tickets.Actor]bool{anna(): false, boris(): true} {
		page, err := s.List(t.Context(), by, tickets.ListQuery{View: tickets.ViewOpen})
		if err != nil || len(page.Rows) != 1 || page.Rows[0].Unread != want {
			t.Errorf("agent %d: %+v, %v", by.ID, page.Rows, err)
		}
	}
	_, err = s.Reply(t.Context(), boris(), made.ID, tickets.NewMessage{Body: "x", SeenSeq: made.LastSeq})
	blocked(t, err, "error.reply.newer")
}

func TestWhatIsWrittenToAMergedTicketFollows(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		second, third := another(t, w, s), another(t, w, s)
		_, err := s.Merge(t.Context(), anna(), third.ID, second.ID)
		must(t, err)
		_, err = s.Merge(t.Context(), anna(), second.ID, made.ID)
		must(t, err)
		m, err := s.Receive(t.Context(), third.ID, tickets.Incoming{PersonID: 12, Body: "and?"})
		if err != nil || m.TicketID != made.ID {
			t.Fatalf("message %+v, %v", m, err)
		}
		if home, err := s.Home(t.Context(), third.ID); err != nil || home.ID != made.ID {
			t.Errorf("home %d, %v", home.ID, err)
		}
		byRef, err := w.MessageByRef(t.Context(), "email", "c@d")
		if err != nil || byRef.TicketID != made.ID || byRef.SourceID != second.ID {
			t.Errorf("by ref %+v, %v", byRef, err)
		}
		for name, err := range map[string]error{
			"reply":  errOf(s.Reply(t.Context(), anna(), second.ID, tickets.NewMessage{Body: "x"})),
			"note":   errOf(s.Note(t.Context(), anna(), third.ID, tickets.NewMessage{Body: "x"})),
			"change": errOf(s.Change(t.Context(), anna(), second.ID, 0, tickets.Change{AddTags: []string{"x"}})),
			"split":  errOf(s.Split(t.Context(), anna(), third.ID, []int64{m.ID}, "")),
			"delete": s.Delete(t.Context(), anna(), second.ID),
		} {
			var e *tickets.Error
			if !errors.As(err, &e) || e.Message != "error.ticket.merged" || e.Args["into"] != "1" {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// errOf is the error of a command with an answer.
func errOf[T any](_ T, err error) error { return err }

func TestMergeIsRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		second, third := another(t, w, s), another(t, w, s)
		merge := func(by tickets.Actor, from, into int64) error { return errOf(s.Merge(t.Context(), by, from, into)) }
		blocked(t, merge(anna(), made.ID, made.ID), "error.merge.self")
		blocked(t, merge(tickets.AsPerson(11), second.ID, made.ID), "error.denied.agents")
		blocked(t, merge(anna(), 77, made.ID), "error.ticket.missing")
		closed := int64(6)
		_, err := s.Change(t.Context(), anna(), third.ID, 0, tickets.Change{StatusID: &closed})
		must(t, err)
		blocked(t, merge(anna(), made.ID, third.ID), "error.merge.closed")
		must(t, merge(anna(), second.ID, made.ID))
		blocked(t, merge(anna(), second.ID, third.ID), "error.ticket.merged")
		blocked(t, merge(anna(), made.ID, second.ID), "error.ticket.merged") // a circle
		must(t, s.Delete(t.Context(), anna(), made.ID))
		blocked(t, merge(anna(), third.ID, made.ID), "error.ticket.missing")
		blocked(t, merge(boris(), third.ID, made.ID), "error.ticket.deleted")
	})
}

func TestUnmergeGivesBackWhatWasTaken(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		solved := int64(5)
		_, err := s.Change(t.Context(), anna(), made.ID, 0, tickets.Change{StatusID: &solved, AddTags: []string{"printer"}})
		must(t, err)
		from := another(t, w, s)
		was := w.row(t, made.ID)
		_, err = s.Merge(t.Context(), anna(), from.ID, made.ID)
		must(t, err)
		if row := w.row(t, made.ID); row.Category != tickets.Open || row.WaitingSince.IsZero() {
			t.Errorf("somebody waits in a ticket that is %s", row.Category)
		}
		back, err := s.Unmerge(t.Context(), boris(), from.ID)
		must(t, err)
		if back.MergedInto != 0 || back.StatusID != from.StatusID || back.Snippet != "It smokes" || !back.WaitingSince.Equal(from.WaitingSince) || !back.SolvedAt.IsZero() {
			t.Errorf("given back %+v", back)
		}
		row := w.row(t, made.ID)
		if row.StatusID != was.StatusID || row.Snippet != was.Snippet || !row.WaitingSince.IsZero() || !slices.Equal(row.Tags, was.Tags) || len(row.Followers) != 0 {
			t.Errorf("the other is %+v, was %+v", row, was)
		}
		if m := w.said(t, from.ID); len(m) != 1 || m[0].SourceID != 0 || len(w.said(t, made.ID)) != 1 {
			t.Errorf("messages %+v", m)
		}
	})
}

func TestUnmergeLeavesWhatCameLater(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		from := another(t, w, s)
		_, err := s.Merge(t.Context(), anna(), from.ID, made.ID)
		must(t, err)
		w.pass(time.Minute)
		_, err = s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "Use water"})
		must(t, err)
		w.pass(time.Minute)
		_, err = s.Receive(t.Context(), from.ID, tickets.Incoming{PersonID: 12, Body: "It went out"})
		must(t, err)
		_, err = s.Unmerge(t.Context(), anna(), from.ID)
		must(t, err)
		if !slices.Equal(bodies(t, w, made.ID), []string{"It is on fire", "Use water", "It went out"}) || !slices.Equal(bodies(t, w, from.ID), []string{"It smokes"}) {
			t.Errorf("said %q and %q", bodies(t, w, made.ID), bodies(t, w, from.ID))
		}
		if row := w.row(t, made.ID); row.Snippet != "It went out" || !row.WaitingSince.Equal(w.at()) {
			t.Errorf("row %+v", row)
		}
	})
}

func TestUnmergeIsRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		second, third := another(t, w, s), another(t, w, s)
		unmerge := func(id int64) error { return errOf(s.Unmerge(t.Context(), anna(), id)) }
		blocked(t, unmerge(second.ID), "error.unmerge.none")
		must(t, errOf(s.Merge(t.Context(), anna(), third.ID, second.ID)))
		must(t, errOf(s.Merge(t.Context(), anna(), second.ID, made.ID)))
		blocked(t, unmerge(third.ID), "error.unmerge.further")
		must(t, unmerge(second.ID))
		blocked(t, unmerge(second.ID), "error.unmerge.none")
		off, err := s.Split(t.Context(), anna(), second.ID, []int64{w.said(t, second.ID)[1].ID}, "")
		must(t, err)
		blocked(t, unmerge(third.ID), "error.unmerge.moved")
		must(t, errOf(s.Unsplit(t.Context(), anna(), off.ID)))
		must(t, errOf(s.Merge(t.Context(), anna(), second.ID, made.ID)))
		must(t, s.Delete(t.Context(), anna(), made.ID))
		blocked(t, unmerge(second.ID), "error.ticket.missing")
		must(t, s.Restore(t.Context(), anna(), made.ID))
		must(t, unmerge(second.ID))
		must(t, unmerge(third.ID))
		if got := bodies(t, w, third.ID); !slices.Equal(got, []string{"It smokes"}) {
			t.Errorf("said %q", got)
		}
	})
}

func TestDraftsMentionsAndFailuresFollow(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		from := another(t, w, s)
		must(t, s.SaveDraft(t.Context(), anna(), tickets.Draft{TicketID: made.ID, Body: "Dear"}))
		must(t, s.SaveDraft(t.Context(), anna(), tickets.Draft{TicketID: from.ID, Kind: tickets.Note, Body: "he lies"}))
		must(t, s.SaveDraft(t.Context(), boris(), tickets.Draft{TicketID: from.ID, Body: "Hello"}))
		_, err := s.Note(t.Context(), boris(), from.ID, tickets.NewMessage{Body: "look", Mentions: []int64{1}})
		must(t, err)
		x, err := s.Reply(t.Context(), boris(), from.ID, tickets.NewMessage{Body: "Run"})
		must(t, err)
		w.plan(t, x)
		must(t, s.SaveDraft(t.Context(), boris(), tickets.Draft{TicketID: from.ID, Body: "Hello"}))
		_, err = s.Merge(t.Context(), anna(), from.ID, made.ID)
		must(t, err)
		if d, err := s.Draft(t.Context(), anna(), made.ID); err != nil || d.Body != "Dear\n\nhe lies" || d.Kind != tickets.Note {
			t.Errorf("draft %+v, %v; what was for the team only must not become a reply", d, err)
		}
		if d, err := s.Draft(t.Context(), boris(), made.ID); err != nil || d.Body != "Hello" || d.Kind != tickets.Reply {
			t.Errorf("draft %+v, %v", d, err)
		}
		page, err := s.List(t.Context(), anna(), tickets.ListQuery{View: tickets.ViewMentions})
		if err != nil || len(page.Rows) != 1 || page.Rows[0].ID != made.ID {
			t.Errorf("mentions %+v, %v", page.Rows, err)
		}
		must(t, w.send(t, x.ID, true))
		must(t, s.Settle(t.Context(), x.ID, "", tickets.Delivery{State: tickets.DeliveryFailed}))
		if row := w.row(t, made.ID); row.Undelivered != 1 || w.row(t, from.ID).Undelivered != 0 {
			t.Errorf("row %+v", row)
		}
		_, err = s.Unmerge(t.Context(), anna(), from.ID)
		must(t, err)
		if w.row(t, made.ID).Undelivered != 0 || w.row(t, from.ID).Undelivered != 1 {
			t.Error("a failure stayed behind")
		}
	})
}

func TestAMovedReplyCanBeTakenBack(t *testing.T) {
	w, s, made := desk(t, "memory")
	from := another(t, w, s)
	x, err := s.Reply(t.Context(), anna(), from.ID, tickets.NewMessage{Body: "oops", Then: 5})
	must(t, err)
	w.plan(t, x)
	must(t, errOf(s.Merge(t.Context(), anna(), from.ID, made.ID)))
	_, err = s.Withdraw(t.Context(), anna(), x.ID)
	must(t, err)
	row := w.row(t, made.ID)
	if d, _ := s.Draft(t.Context(), anna(), made.ID); d.Body != "oops" || row.Snippet != "It smokes" || !row.WaitingSince.Equal(made.WaitingSince) {
		t.Errorf("draft %q, row %+v", d.Body, row)
	}
}
