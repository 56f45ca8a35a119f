package store_test

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"

	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

// TestColumnsOfIndexesAreWrittenOnlyWhenTheyChange counts what a post writes, and
// holds the list of columns in indexes to the schema.
func TestColumnsOfIndexesAreWrittenOnlyWhenTheyChange(t *testing.T) {
	s := open(t, store.Options{URL: "memory"})
	definitions, err := s.Rows(t.Context(), `SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'tickets' AND sql IS NOT NULL`)
	if err != nil || len(definitions) < 10 {
		t.Fatalf("%d indexes, %v", len(definitions), err)
	}
	known := store.IndexedColumns()
	for _, sql := range definitions {
		_, of, _ := strings.Cut(sql, " ON tickets ")
		for _, word := range regexp.MustCompile(`[a-z_]+`).FindAllString(of, -1) {
			if listed, column := known[word]; column && !listed {
				t.Errorf("%s stands in %s and is written every time", word, sql)
			}
		}
	}
	old := tickets.Ticket{ID: 1, Version: 1, Category: tickets.Open, StatusID: 2, TeamID: 3, Attention: 5}
	now := old
	now.Version, now.Attention = 2, 6
	set := store.TicketChange(old, now)
	if strings.Contains(set, "team_id") || strings.Contains(set, "listed") || !strings.Contains(set, "attention") || !strings.Contains(set, "snippet") {
		t.Errorf("a post sets %s", set)
	}
}

// TestUpdateOfARowReadBeforeKeepsTheRest changes a row the transaction has read,
// one it has not, and one somebody else changed.
func TestUpdateOfARowReadBeforeKeepsTheRest(t *testing.T) {
	s := open(t, store.Options{URL: "memory"})
	asker := people.Person{ID: s.NewID(), Name: "Ира"}
	tk := tickets.Ticket{ID: s.NewID(), Version: 1, StatusID: 1, Category: tickets.New, RequesterID: asker.ID, TeamID: 7}
	ctx := t.Context()
	for _, err := range []error{s.InsertPerson(ctx, asker), s.InsertTicket(ctx, &tk)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	change := func(version int64, do func(*tickets.Ticket)) error {
		return s.InTx(ctx, func(ctx context.Context) error {
			t, err := s.Ticket(ctx, tk.ID)
			if err != nil {
				return err
			}
			was := t.Version
			t.Version = version
			do(&t)
			return s.UpdateTicket(ctx, t, was)
		})
	}
	if err := change(2, func(t *tickets.Ticket) { t.TeamID, t.Attention = 8, 9 }); err != nil {
		t.Fatal(err)
	}
	if err := change(3, func(t *tickets.Ticket) { t.Subject = "Принтер" }); err != nil {
		t.Fatal(err)
	}
	got, err := s.Ticket(ctx, tk.ID)
	if err != nil || got.TeamID != 8 || got.Attention != 9 || got.Subject != "Принтер" || got.RequesterID != asker.ID || got.Version != 3 {
		t.Errorf("%+v, %v", got, err)
	}
	got.TeamID, got.Version = 5, 4
	if err := s.UpdateTicket(ctx, got, 3); err != nil {
		t.Fatal(err)
	}
	if err := s.UpdateTicket(ctx, got, 3); !errors.Is(err, tickets.ErrStale) {
		t.Errorf("a stale writer got %v", err)
	}
}
