package tickets_test

import (
	"slices"
	"testing"

	"okno/tickets"
)

// TestAFormGoesOnWithALetter has somebody fill the form that the answer to their
// letter offered.
func TestAFormGoesOnWithALetter(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, asked tickets.Ticket) {
		f := pass(t, s)
		n := filled(f)
		n.RequesterID, n.About = asked.RequesterID, asked.Number
		made, m, err := s.Request(t.Context(), tickets.AsPerson(asked.RequesterID), n)
		must(t, err)
		if got := bodies(t, w, made.ID); !slices.Equal(got, []string{"It is on fire", m.Body}) || made.Version != w.row(t, made.ID).Version {
			t.Errorf("said %q", got)
		}
		if left := w.row(t, asked.ID); left.MergedInto != made.ID || left.Category != tickets.Closed {
			t.Errorf("the letter became %+v", left)
		}
		again, _, err := s.Request(t.Context(), tickets.AsPerson(asked.RequesterID), n)
		if err != nil || again.ID != made.ID || len(w.said(t, made.ID)) != 2 {
			t.Errorf("sent twice: ticket %d, %v", again.Number, err)
		}
		_, err = s.Unmerge(t.Context(), anna(), asked.ID)
		must(t, err)
	})
}

// TestAFormLeavesOtherTicketsAlone names tickets that it may not go on with.
func TestAFormLeavesOtherTicketsAlone(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, asked tickets.Ticket) {
		f := pass(t, s)
		foreign := another(t, w, s)
		solved := int64(5)
		_, err := s.Change(t.Context(), anna(), asked.ID, 0, tickets.Change{StatusID: &solved})
		must(t, err)
		for _, about := range []int64{asked.Number, foreign.Number, 999, -1} {
			n := filled(f)
			n.RequesterID, n.About, n.Once = asked.RequesterID, about, ""
			made, _, err := s.Request(t.Context(), tickets.AsPerson(asked.RequesterID), n)
			if err != nil || len(w.said(t, made.ID)) != 1 {
				t.Errorf("about %d: %v, said %q", about, err, bodies(t, w, made.ID))
			}
		}
		if a, b := w.row(t, asked.ID), w.row(t, foreign.ID); a.MergedInto != 0 || b.MergedInto != 0 {
			t.Errorf("merged %+v, %+v", a, b)
		}
	})
}
