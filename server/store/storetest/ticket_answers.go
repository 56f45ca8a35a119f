package storetest

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"okno/server/store"
	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

func testTicketAnswers(t *testing.T, s *store.Store) {
	asker := person(t, s, "Ира")
	tk := ticket(t, s, asker.ID, func(tk *tickets.Ticket) { tk.TypeID, tk.TypeVersion, tk.Rating = 5, 2, 4 })
	if got, err := s.Ticket(t.Context(), tk.ID); err != nil || got.TypeID != 5 || got.TypeVersion != 2 || got.Rating != 4 {
		t.Errorf("ticket %+v, %v", got, err)
	}
	if _, err := s.Answers(t.Context(), tk.ID); !errors.Is(err, people.ErrMissing) {
		t.Errorf("answers before there are any: %v", err)
	}
	f := tickets.Filled{TicketID: tk.ID, Type: 5, Version: 2, Answers: forms.Answers{"who": "Ира", "why": ""},
		Files: map[string][]tickets.File{"photo": {{Name: "a.png", Blob: "ab", Size: 3}}}}
	must(t, s.InsertAnswers(t.Context(), f))
	if got, err := s.Answers(t.Context(), tk.ID); err != nil || !reflect.DeepEqual(got, f) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, f)
	}
}

func testRatings(t *testing.T, s *store.Store) {
	asker := person(t, s, "Ира")
	tk := ticket(t, s, asker.ID, nil)
	if _, err := s.Rating(t.Context(), tk.ID); !errors.Is(err, people.ErrMissing) {
		t.Errorf("a rating before there is one: %v", err)
	}
	r := tickets.Rating{TicketID: tk.ID, PersonID: asker.ID, Stars: 2, At: time.UnixMilli(7).UTC(), ChangedAt: time.UnixMilli(7).UTC()}
	must(t, s.PutRating(t.Context(), r))
	r.Stars, r.Comment, r.ChangedAt = 5, "Спасибо", time.UnixMilli(9).UTC()
	must(t, s.PutRating(t.Context(), r))
	if got, err := s.Rating(t.Context(), tk.ID); err != nil || got != r {
		t.Errorf("got %+v, %v, want %+v", got, err, r)
	}
}
