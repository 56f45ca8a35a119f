package tickets_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

// kept is a Service over a database in memory.
func kept(t *testing.T) (*store.Store, *tickets.Service) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{URL: "memory", Now: time.Now})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	return s, tickets.NewService(s, tickets.Options{UndoWindow: 10 * time.Second})
}

func refused(t *testing.T, err error, field, message string) {
	t.Helper()
	var e *tickets.Error
	if !errors.As(err, &e) || e.Field != field || e.Message != message {
		t.Errorf("got %v, want %s of %q", err, message, field)
	}
}

func TestStatusesAreRenamedMovedAndAdded(t *testing.T) {
	_, s := kept(t)
	list, err := s.Statuses(t.Context())
	must(t, err)
	list[1].NameEN, list[1].NameRU, list[1].Color, list[1].Emoji = " In  hand ", "Взята", "soon", "✋"
	list[0], list[1] = list[1], list[0]
	list = append(list, tickets.Status{Category: tickets.OnHold, NameEN: "At the supplier", NameRU: "У поставщика", Color: "wait"})
	got, err := s.SaveStatuses(t.Context(), boris(), list)
	must(t, err)
	if len(got) != 7 || got[0].ID != 2 || got[0].NameEN != "In hand" || got[0].Emoji != "✋" || got[1].ID != 1 || got[6].ID == 0 {
		t.Errorf("stored %+v", got)
	}
	got, err = s.SaveStatuses(t.Context(), tickets.System(), got[:6])
	if err != nil || len(got) != 6 {
		t.Errorf("a status nobody used stays: %v, %v", got, err)
	}
}

func TestStatusesAreRefused(t *testing.T) {
	_, s := kept(t)
	stored, err := s.Statuses(t.Context())
	must(t, err)
	for _, c := range []struct {
		change         func(l []tickets.Status) []tickets.Status
		field, message string
	}{
		{func(l []tickets.Status) []tickets.Status { l[2].NameRU = " "; return l }, "name_ru.2", "error.status.name.empty"},
		{func(l []tickets.Status) []tickets.Status { l[0].NameEN = strings.Repeat("я", 41); return l }, "name_en.0", "error.status.name.long"},
		{func(l []tickets.Status) []tickets.Status { l[3].NameEN = l[0].NameEN; return l }, "name_en.3", "error.status.name.taken"},
		{func(l []tickets.Status) []tickets.Status { l[1].Color = "red"; return l }, "color.1", "error.status.color"},
		{func(l []tickets.Status) []tickets.Status { l[1].Emoji = "twenty characters xx"; return l }, "emoji.1", "error.status.emoji.long"},
		{func(l []tickets.Status) []tickets.Status { l[1].Category = "odd"; return l }, "category.1", "error.status.category"},
		{func(l []tickets.Status) []tickets.Status { return l[1:] }, "statuses", "error.status.category.last"},
		{func(l []tickets.Status) []tickets.Status { l[0].ID = 99; return l }, "statuses", "error.status.changed"},
		{func(l []tickets.Status) []tickets.Status {
			l[0].Category, l[1].Category = l[1].Category, l[0].Category
			return l
		}, "category.0", "error.status.category.fixed"},
	} {
		_, err := s.SaveStatuses(t.Context(), boris(), c.change(slices.Clone(stored)))
		refused(t, err, c.field, c.message)
	}
	_, err = s.SaveStatuses(t.Context(), anna(), stored)
	refused(t, err, "", "error.people.denied")
	if got, err := s.Statuses(t.Context()); err != nil || !slices.Equal(got, stored) {
		t.Errorf("a refusal left traces: %v, %v", got, err)
	}
}

// TestUsedStatusIsKept: a status a ticket had once is named by the log for ever.
func TestUsedStatusIsKept(t *testing.T) {
	db, s := kept(t)
	list, err := s.Statuses(t.Context())
	must(t, err)
	list, err = s.SaveStatuses(t.Context(), boris(), append(list, tickets.Status{
		Category: tickets.Open, NameEN: "Extra", NameRU: "Ещё", Color: "ok"}))
	must(t, err)
	p := people.Person{ID: db.NewID(), Name: "Ира", CreatedAt: time.Now()}
	must(t, db.InsertPerson(t.Context(), p))
	made, _, err := s.Create(t.Context(), tickets.AsPerson(p.ID), tickets.NewTicket{
		Subject: "x", RequesterID: p.ID, Incoming: &tickets.Incoming{PersonID: p.ID, Body: "x"}})
	must(t, err)
	for _, status := range []int64{list[6].ID, 2} {
		_, err = s.Change(t.Context(), tickets.System(), made.ID, 0, tickets.Change{StatusID: &status})
		must(t, err)
	}
	_, err = s.SaveStatuses(t.Context(), boris(), list[:6])
	refused(t, err, "statuses", "error.status.used")
	if got, err := s.Statuses(t.Context()); err != nil || len(got) != 7 || !got[6].Used || got[3].Used {
		t.Errorf("statuses %+v, %v", got, err)
	}
}
