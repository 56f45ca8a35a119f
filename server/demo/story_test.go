package demo_test

import (
	"testing"
	"time"

	"okno/server/demo"
	"okno/server/password"
	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

// TestStoryIsWhole plays the story and asks whether it has what people come to
// see, and holds to every rule.
func TestStoryIsWhole(t *testing.T) {
	clock := demo.NewClock(time.Now)
	db, err := store.Open(t.Context(), store.Options{URL: "memory", Now: clock.Now})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	use := tickets.NewService(db, tickets.Options{UndoWindow: 10 * time.Second})
	phones := map[string]int{}
	told, err := demo.Tell(t.Context(), demo.Stage{
		Desk:    demo.Desk{Store: db, People: people.NewService(db, password.New()), Clock: clock, Followers: []string{"notify"}},
		Tickets: use, Settings: db, Recall: func(player string, _ demo.Said) { phones[player]++ },
	}, "a password to try")
	must(t, err)
	if told.Tickets < 38 || told.Agents != 5 || told.Persons != 15 || phones["olga"] == 0 || phones["daniel"] == 0 {
		t.Errorf("told %+v, on phones %v", told, phones)
	}
	if _, err := demo.Inspect(t.Context(), db, told.Tickets); err != nil {
		t.Error(err)
	}
	counts, err := use.Counts(t.Context(), tickets.AsAgent(told.Administrator))
	must(t, err)
	for _, view := range []tickets.View{tickets.ViewMine, tickets.ViewUnassigned, tickets.ViewOpen, tickets.ViewWaiting, tickets.ViewSolved, tickets.ViewSpam, tickets.ViewMentions} {
		page, err := use.List(t.Context(), tickets.AsAgent(told.Administrator), tickets.ListQuery{View: view, Limit: 200})
		must(t, err)
		if len(page.Rows) == 0 || view != tickets.ViewSolved && counts[string(view)] != len(page.Rows) {
			t.Errorf("%s has %d tickets and counts %d", view, len(page.Rows), counts[string(view)])
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
