package tickets_test

import (
	"slices"
	"testing"
	"time"

	"okno/tickets"
)

// mixed is a ticket in which person 12 asks something else.
func mixed(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) (chosen []int64) {
	t.Helper()
	w.pass(time.Minute)
	_, err := s.Note(t.Context(), boris(), made.ID, tickets.NewMessage{Body: "hm"})
	must(t, err)
	w.pass(time.Minute)
	other, err := s.Receive(t.Context(), made.ID, tickets.Incoming{PersonID: 12, Network: "email", Ref: "e@f", Body: "Lift is stuck", Followers: []int64{12}})
	must(t, err)
	w.pass(time.Minute)
	note, err := s.Note(t.Context(), boris(), made.ID, tickets.NewMessage{Body: "call the lift man", Mentions: []int64{1}})
	must(t, err)
	return []int64{note.ID, other.ID}
}

func TestSplitMakesATicket(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		team, high := int64(21), tickets.High
		must(t, errOf(s.Change(t.Context(), boris(), made.ID, 0, tickets.Change{TeamID: &team, Priority: &high})))
		off, err := s.Split(t.Context(), anna(), made.ID, mixed(t, w, s, made), " Lift ")
		must(t, err)
		if off.Number != 2 || off.Subject != "Lift" || off.RequesterID != 12 || off.TeamID != 21 || off.Priority != high ||
			off.ChannelID != made.ChannelID || off.Category != tickets.Open || off.WaitingSince.IsZero() || off.Snippet != "call the lift man" {
			t.Errorf("new ticket %+v", off)
		}
		if !slices.Equal(bodies(t, w, off.ID), []string{"Lift is stuck", "call the lift man"}) || !slices.Equal(bodies(t, w, made.ID), []string{"It is on fire", "hm"}) {
			t.Errorf("said %q and %q", bodies(t, w, off.ID), bodies(t, w, made.ID))
		}
		if row := w.row(t, made.ID); row.Snippet != "hm" || !row.WaitingSince.Equal(made.WaitingSince) {
			t.Errorf("row %+v", row)
		}
		if m, err := w.MessageByRef(t.Context(), "email", "e@f"); err != nil || m.TicketID != off.ID || m.SourceID != made.ID {
			t.Errorf("message %+v, %v", m, err)
		}
		page, err := s.List(t.Context(), anna(), tickets.ListQuery{View: tickets.ViewMentions})
		if err != nil || len(page.Rows) != 1 || page.Rows[0].ID != off.ID {
			t.Errorf("mentions %+v, %v", page.Rows, err)
		}
	})
}

func TestUnsplitPutsMessagesBack(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		chosen := mixed(t, w, s, made)
		was := w.row(t, made.ID)
		off, err := s.Split(t.Context(), anna(), made.ID, chosen, "")
		must(t, err)
		if off.Subject != made.Subject {
			t.Errorf("subject %q", off.Subject)
		}
		home, err := s.Unsplit(t.Context(), anna(), off.ID)
		must(t, err)
		if home.ID != made.ID || home.Snippet != was.Snippet || !home.WaitingSince.Equal(was.WaitingSince) || len(w.said(t, made.ID)) != 4 {
			t.Errorf("row %+v, was %+v", home, was)
		}
		if row := w.row(t, off.ID); row.MergedInto != made.ID || row.Category != tickets.Closed {
			t.Errorf("empty ticket %+v", row)
		}
		m, err := s.Receive(t.Context(), off.ID, tickets.Incoming{PersonID: 12, Body: "still stuck"})
		if err != nil || m.TicketID != made.ID {
			t.Errorf("message %+v, %v", m, err)
		}
		blocked(t, errOf(s.Unmerge(t.Context(), anna(), off.ID)), "error.unmerge.none")
	})
}

func TestSplitIsRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		chosen := mixed(t, w, s, made)
		split := func(ids ...int64) error { return errOf(s.Split(t.Context(), anna(), made.ID, ids, "")) }
		blocked(t, split(), "error.split.none")
		blocked(t, split(77), "error.split.unknown")
		var all []int64
		for _, m := range w.said(t, made.ID) {
			all = append(all, m.ID)
		}
		blocked(t, split(all...), "error.split.all")
		blocked(t, errOf(s.Unsplit(t.Context(), anna(), made.ID)), "error.unsplit.none")
		off, err := s.Split(t.Context(), anna(), made.ID, chosen, "")
		must(t, err)
		_, err = s.Receive(t.Context(), off.ID, tickets.Incoming{PersonID: 12, Body: "and?"})
		must(t, err)
		blocked(t, errOf(s.Unsplit(t.Context(), anna(), off.ID)), "error.unsplit.changed")
		must(t, errOf(s.Merge(t.Context(), anna(), off.ID, made.ID)))
		blocked(t, errOf(s.Unsplit(t.Context(), anna(), off.ID)), "error.ticket.merged")
	})
}

// TestAnswersCountWhereTheyAre: once the question left, nobody waits for the
// answer where it was asked.
func TestAnswersCountWhereTheyAre(t *testing.T) {
	w, s, made := desk(t, "memory")
	must(t, errOf(s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "Use water"})))
	w.pass(time.Minute)
	m, err := s.Receive(t.Context(), made.ID, tickets.Incoming{PersonID: 11, Body: "And the lift?"})
	must(t, err)
	off, err := s.Split(t.Context(), anna(), made.ID, []int64{m.ID}, "Lift")
	must(t, err)
	if row := w.row(t, made.ID); !row.WaitingSince.IsZero() || !off.WaitingSince.Equal(m.CreatedAt) {
		t.Errorf("waiting since %v and %v", row.WaitingSince, off.WaitingSince)
	}
}
