package storetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"okno/server/store"
	"okno/tickets"
)

// testBrowse asks in many ways and compares with tickets picked by hand.
func testBrowse(t *testing.T, s *store.Store) {
	random := rand.New(rand.NewPCG(42, 1))
	all := crowd(t, s, random)
	for range 60 {
		q := question(random, all)
		want := picked(all, q)
		if got := browsed(t, s, q); !slices.Equal(got, want) {
			t.Errorf("%s has %v, want %v", asked(q), got, want)
		}
	}
	testTags(t, s, all[0])
	q := tickets.Browse{Sort: tickets.SortNewest, Limit: 2}
	page, err := s.BrowseTickets(t.Context(), q)
	must(t, err)
	q.Sort, q.After = tickets.SortOldest, page.Next
	if _, err := s.BrowseTickets(t.Context(), q); tickets.KindOf(err) != tickets.Invalid {
		t.Errorf("a cursor of another list: %v", err)
	}
}

func testTags(t *testing.T, s *store.Store, tk tickets.Ticket) {
	must(t, s.PutTags(t.Context(), tk.ID, []string{"new", "fresh"}))
	for tag, want := range map[string]int{"new": 1, "fresh": 1, "none": 0} {
		if got := browsed(t, s, tickets.Browse{Tag: tag, Spam: tk.Spam, Sort: tickets.SortNewest}); len(got) != want {
			t.Errorf("%d tickets are found by %q, want %d", len(got), tag, want)
		}
	}
}

// crowd stores tickets that have a little of everything.
func crowd(t *testing.T, s *store.Store, random *rand.Rand) (all []tickets.Ticket) {
	askers := []int64{person(t, s, "Ира").ID, person(t, s, "Олег").ID}
	for range 40 {
		all = append(all, ticket(t, s, 0, func(tk *tickets.Ticket) {
			tk.RequesterID = askers[random.IntN(2)]
			tk.StatusID, tk.Category = 2, tickets.Open
			if random.IntN(3) == 0 {
				tk.StatusID, tk.Category = 5, tickets.Solved
			}
			tk.TeamID, tk.AssigneeID, tk.ChannelID = random.Int64N(3), random.Int64N(3), random.Int64N(3)
			tk.Tags = [][]string{{"a"}, {"a", "b"}, nil}[random.IntN(3)]
			tk.Spam, tk.Attention = random.IntN(8) == 0, random.Int64N(10)
			tk.UpdatedAt = tk.UpdatedAt.Add(time.Duration(random.IntN(9)) * time.Second)
		}))
	}
	return all
}

// question is a random one.
func question(random *rand.Rand, all []tickets.Ticket) tickets.Browse {
	one := all[random.IntN(len(all))]
	q := tickets.Browse{Sort: tickets.Sorts()[random.IntN(5)], Spam: random.IntN(5) == 0}
	for into, id := range map[**int64]int64{&q.TeamID: one.TeamID, &q.AssigneeID: one.AssigneeID, &q.RequesterID: one.RequesterID, &q.ChannelID: one.ChannelID} {
		if random.IntN(4) == 0 {
			*into = &id
		}
	}
	q.StatusIDs = [][]int64{nil, nil, {2}, {2, 5}}[random.IntN(4)]
	q.Tag = []string{"", "", "a", "b"}[random.IntN(4)]
	return q
}

// picked answers the numbers of the tickets that match, in order.
func picked(all []tickets.Ticket, q tickets.Browse) (numbers []int64) {
	var some []tickets.Ticket
	for _, tk := range all {
		if matches(tk, q) {
			some = append(some, tk)
		}
	}
	slices.SortFunc(some, func(a, b tickets.Ticket) int { return compare(a, b, q.Sort) })
	for _, tk := range some {
		numbers = append(numbers, tk.Number)
	}
	return numbers
}

func matches(tk tickets.Ticket, q tickets.Browse) bool {
	is := func(want *int64, id int64) bool { return want == nil || *want == id }
	listed := q.Sort != tickets.SortAttention && tk.Spam == q.Spam || q.Sort == tickets.SortAttention && tk.Listed()
	return listed && is(q.TeamID, tk.TeamID) && is(q.AssigneeID, tk.AssigneeID) && is(q.RequesterID, tk.RequesterID) &&
		is(q.ChannelID, tk.ChannelID) && (q.Tag == "" || slices.Contains(tk.Tags, q.Tag)) &&
		(len(q.StatusIDs) == 0 || slices.Contains(q.StatusIDs, tk.StatusID))
}

func compare(a, b tickets.Ticket, s tickets.Sort) int {
	order := int(a.ID - b.ID)
	switch s {
	case tickets.SortNewest:
		return -order
	case tickets.SortLatest:
		if d := b.UpdatedAt.Compare(a.UpdatedAt); d != 0 {
			return d
		}
		return -order
	case tickets.SortStalest:
		if d := a.UpdatedAt.Compare(b.UpdatedAt); d != 0 {
			return d
		}
	case tickets.SortAttention:
		if d := int(a.Attention - b.Attention); d != 0 {
			return d
		}
	}
	return order
}

// browsed pages through a list in steps of three.
func browsed(t *testing.T, s *store.Store, q tickets.Browse) (numbers []int64) {
	t.Helper()
	for q.Limit = 3; ; {
		page, err := s.BrowseTickets(t.Context(), q)
		must(t, err)
		for _, r := range page.Rows {
			numbers = append(numbers, r.Number)
		}
		if q.After = page.Next; q.After == "" {
			return numbers
		}
	}
}

func asked(q tickets.Browse) string {
	at := func(id *int64) string {
		if id == nil {
			return "any"
		}
		return fmt.Sprint(*id)
	}
	return fmt.Sprintf("by %s, statuses %v, team %s, assignee %s, requester %s, channel %s, tag %q, spam %v", q.Sort, q.StatusIDs,
		at(q.TeamID), at(q.AssigneeID), at(q.RequesterID), at(q.ChannelID), q.Tag, q.Spam)
}
