package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"okno/tickets"
)

// TestEveryQuestionOfProgramsUsesAnIndex reads SQLite's plan for every
// combination of filters and orders: the first step goes through an index that
// has the order, and nothing is sorted.
func TestEveryQuestionOfProgramsUsesAnIndex(t *testing.T) {
	s, err := Open(context.Background(), Options{URL: "memory", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	asked := 0
	for _, q := range questions() {
		text, args := browse(q).query(place{}, 50)
		text, args, err := expanded(text, args)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := s.Plan(t.Context(), text, args...)
		first, _, _ := strings.Cut(plan, "\n")
		if err != nil || strings.Contains(plan, "TEMP B-TREE") || !strings.Contains(first, "USING") {
			t.Errorf("%+v: %v\n%s\n%s", q, err, text, plan)
		}
		asked++
	}
	if asked < 1000 {
		t.Errorf("only %d questions were asked", asked)
	}
}

// questions are all there are, with one value for each filter and, where it
// matters, none.
func questions() (all []tickets.Browse) {
	some, none := int64(7), int64(0)
	for _, sort := range tickets.Sorts() {
		for _, statuses := range [][]int64{nil, {2}, {2, 3}} {
			for _, team := range []*int64{nil, &some, &none} {
				for _, assignee := range []*int64{nil, &some, &none} {
					for _, requester := range []*int64{nil, &some} {
						for _, channel := range []*int64{nil, &some, &none} {
							for _, tag := range []string{"", "tag"} {
								all = append(all, tickets.Browse{Sort: sort, StatusIDs: statuses, TeamID: team,
									AssigneeID: assignee, RequesterID: requester, ChannelID: channel, Tag: tag})
							}
						}
					}
				}
			}
		}
	}
	return all
}
