package storetest

import (
	"errors"
	"testing"
	"time"

	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

func testMailLinks(t *testing.T, s *store.Store) {
	now := s.Now(t.Context())
	l := people.MailLink{Hash: "h", Browser: "b", Address: "olga@x.ru", Language: "ru", Next: "/portal/mine", ExpiresAt: now.Add(time.Minute)}
	must(t, s.PutMailLink(t.Context(), people.MailLink{Hash: "old", ExpiresAt: now}))
	must(t, s.PutMailLink(t.Context(), l))
	if got, err := s.MailLink(t.Context(), "h"); err != nil || got != l {
		t.Errorf("link %+v, %v", got, err)
	}
	if _, err := s.MailLink(t.Context(), "old"); !errors.Is(err, people.ErrMissing) {
		t.Errorf("expired link is kept: %v", err)
	}
	if err := s.UseMailLink(t.Context(), "h", now.Add(time.Hour)); !errors.Is(err, people.ErrMissing) {
		t.Errorf("expired link: %v", err)
	}
	must(t, s.UseMailLink(t.Context(), "h", now))
	if err := s.UseMailLink(t.Context(), "h", now); !errors.Is(err, people.ErrMissing) {
		t.Errorf("used link: %v", err)
	}
}

// testFollowers finds the tickets a person follows after every change of the list.
func testFollowers(t *testing.T, s *store.Store) {
	asker, reader := person(t, s, "Ольга"), person(t, s, "Пётр")
	tk := ticket(t, s, asker.ID, func(tk *tickets.Ticket) { tk.Followers = []int64{reader.ID} })
	follows := func(want int) {
		t.Helper()
		found, err := s.OfFollower(t.Context(), reader.ID, 10)
		if err != nil || len(found) != want || want > 0 && found[0].ID != tk.ID {
			t.Errorf("follows %v, %v; want %d", found, err, want)
		}
	}
	follows(1)
	for _, followers := range [][]int64{nil, {reader.ID, asker.ID}} {
		was := tk.Version
		tk.Followers, tk.Version = followers, was+1
		must(t, s.UpdateTicket(t.Context(), tk, was))
		follows(min(len(followers), 1))
	}
	was := tk.Version
	tk.DeletedAt, tk.Version = s.Now(t.Context()), was+1
	must(t, s.UpdateTicket(t.Context(), tk, was))
	follows(0)
}
