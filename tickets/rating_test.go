package tickets_test

import (
	"testing"
	"time"

	"okno/tickets"
)

// closed puts a ticket into a status.
func closed(t *testing.T, s *tickets.Service, ticket, status int64) {
	t.Helper()
	_, err := s.Change(t.Context(), anna(), ticket, 0, tickets.Change{StatusID: &status})
	must(t, err)
}

func TestRatingIsGivenOnceAndChangedForADay(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		me := tickets.AsPerson(11)
		refused(t, s.Rate(t.Context(), me, made.ID, 5, ""), "stars", "error.rating.open")
		closed(t, s, made.ID, 5)
		refused(t, s.Rate(t.Context(), me, made.ID, 0, "x"), "stars", "error.rating.stars")
		refused(t, s.Rate(t.Context(), me, made.ID, 6, ""), "stars", "error.rating.stars")
		must(t, s.Rate(t.Context(), me, made.ID, 2, ""))
		w.pass(23 * time.Hour)
		must(t, s.Rate(t.Context(), me, made.ID, 0, " slow "))
		must(t, s.Rate(t.Context(), me, made.ID, 4, ""))
		r, ok, err := s.Rating(t.Context(), made.ID)
		if err != nil || !ok || r.Stars != 4 || r.Comment != "slow" || w.row(t, made.ID).Rating != 4 || r.ChangedAt.Sub(r.At) != 23*time.Hour {
			t.Errorf("rating %+v, %v, %v", r, ok, err)
		}
		w.pass(time.Hour)
		refused(t, s.Rate(t.Context(), me, made.ID, 1, ""), "stars", "error.rating.late")
	})
}

func TestRatingBeginsAnewWhenATicketIsClosedAgain(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		me := tickets.AsPerson(11)
		closed(t, s, made.ID, 6)
		must(t, s.Rate(t.Context(), me, made.ID, 1, "no"))
		w.pass(48 * time.Hour)
		must(t, s.Reopen(t.Context(), me, made.ID))
		w.pass(time.Hour)
		closed(t, s, made.ID, 5)
		must(t, s.Rate(t.Context(), me, made.ID, 5, ""))
		if r, _, err := s.Rating(t.Context(), made.ID); err != nil || r.Stars != 5 || r.Comment != "" || !r.At.Equal(w.at()) {
			t.Errorf("rating %+v, %v", r, err)
		}
	})
}

func TestOnlyTheRequesterRatesAndReopens(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		closed(t, s, made.ID, 5)
		for _, by := range []tickets.Actor{tickets.AsPerson(12), anna(), tickets.System()} {
			refused(t, s.Rate(t.Context(), by, made.ID, 5, ""), "", "error.ticket.missing")
			refused(t, s.Reopen(t.Context(), by, made.ID), "", "error.ticket.missing")
		}
		if row := w.row(t, made.ID); row.Rating != 0 || row.Category != tickets.Solved {
			t.Errorf("row %+v", row)
		}
		if _, ok, err := s.Rating(t.Context(), made.ID); ok || err != nil {
			t.Errorf("a rating there is not: %v, %v", ok, err)
		}
	})
}

func TestWhoeverReopensWaits(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		me := tickets.AsPerson(11)
		closed(t, s, made.ID, 6)
		w.pass(time.Hour)
		must(t, s.Reopen(t.Context(), me, made.ID))
		row := w.row(t, made.ID)
		if row.Category != tickets.Open || !row.WaitingSince.Equal(w.at()) || !row.SolvedAt.IsZero() {
			t.Errorf("row %+v", row)
		}
		must(t, s.Reopen(t.Context(), me, made.ID))
		if again := w.row(t, made.ID); again.Version != row.Version {
			t.Errorf("reopened twice: %+v", again)
		}
		x, err := s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "oops"})
		must(t, err)
		_, err = s.Withdraw(t.Context(), anna(), x.ID)
		must(t, err)
		if back := w.row(t, made.ID); !back.WaitingSince.Equal(row.WaitingSince) {
			t.Errorf("a reply taken back leaves them waiting since %v, not %v", back.WaitingSince, row.WaitingSince)
		}
		must(t, s.Delete(t.Context(), anna(), made.ID))
		refused(t, s.Reopen(t.Context(), me, made.ID), "", "error.ticket.missing")
	})
}
