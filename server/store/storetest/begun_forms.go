package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"

	"okno/server/store"
	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// kept has a form kept as it is.
func kept(b tickets.BegunForm) func(tickets.BegunForm) (tickets.BegunForm, bool) {
	return func(tickets.BegunForm) (tickets.BegunForm, bool) { return b, true }
}

func testBegunForms(t *testing.T, s *store.Store) {
	b := tickets.BegunForm{
		Type: 7, Version: 2, Answers: forms.Answers{"guest": "Ада"}, Typed: map[string]string{"day": "31.02"},
		Files: map[string][]tickets.File{"papers": {{Name: "план.pdf", Size: 3, Blob: "ab"}}}, Once: "x", Page: true, About: 4,
		At: s.Now(t.Context()).UTC(),
	}
	must(t, s.ChangeBegunForm(t.Context(), "browser a", "pass", kept(b)))
	if got, err := s.BegunForm(t.Context(), "browser a", "pass"); err != nil || !reflect.DeepEqual(got, b) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, b)
	}
	must(t, s.ChangeBegunForm(t.Context(), "person 1", "pass", kept(tickets.BegunForm{Once: "old"})))
	must(t, s.ChangeBegunForm(t.Context(), "person 1", "leave", kept(tickets.BegunForm{Once: "y"})))
	must(t, s.MoveBegunForms(t.Context(), "browser a", "person 1"))
	if got, err := s.BegunForms(t.Context(), "person 1"); err != nil || !slices.Equal(got, []string{"leave", "pass"}) {
		t.Errorf("forms %v, %v", got, err)
	}
	if got, err := s.BegunForm(t.Context(), "person 1", "pass"); err != nil || got.Once != "x" {
		t.Errorf("the form of the browser: %+v, %v", got, err)
	}
	must(t, s.ChangeBegunForm(t.Context(), "person 1", "pass", func(was tickets.BegunForm) (tickets.BegunForm, bool) { return was, false }))
	for _, owner := range []string{"person 1", "browser a"} {
		if _, err := s.BegunForm(t.Context(), owner, "pass"); !errors.Is(err, people.ErrMissing) {
			t.Errorf("%s has it still: %v", owner, err)
		}
	}
}

// testRivalAnswers has many answer one form at once.
func testRivalAnswers(t *testing.T, s *store.Store) {
	var all sync.WaitGroup
	for n := range 16 {
		all.Go(func() {
			err := s.ChangeBegunForm(t.Context(), "person 1", "pass", func(now tickets.BegunForm) (tickets.BegunForm, bool) {
				now = now.Clone()
				now.Answers[fmt.Sprint(n)] = "x"
				return now, true
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if got, err := s.BegunForm(t.Context(), "person 1", "pass"); err != nil || len(got.Answers) != 16 {
		t.Errorf("%d of 16 answers are kept, %v", len(got.Answers), err)
	}
}

// testManyBegunForms keeps the latest.
func testManyBegunForms(t *testing.T, s *store.Store) {
	for n := range tickets.MostBegunForms + 2 {
		must(t, s.ChangeBegunForm(t.Context(), "person 1", fmt.Sprintf("form%02d", n), kept(tickets.BegunForm{Once: "x"})))
	}
	if got, err := s.BegunForms(t.Context(), "person 1"); err != nil || len(got) != tickets.MostBegunForms {
		t.Errorf("%d forms are kept, %v", len(got), err)
	}
}
