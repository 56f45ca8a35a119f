package storetest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"okno/channels/hub"
	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

func testTickets(t *testing.T, s *store.Store) {
	tk := ticket(t, s, person(t, s, "Ира").ID, func(tk *tickets.Ticket) {
		tk.SolvedAt, tk.WaitingSince, tk.Place, tk.Undelivered = tk.CreatedAt, tk.CreatedAt, "chat", 2
		tk.Fields = map[string]string{"size": "big"}
	})
	got, err := s.TicketByNumber(t.Context(), tk.Number)
	if err != nil || !reflect.DeepEqual(got, tk) {
		t.Fatalf("got  %+v, %v\nwant %+v", got, err, tk)
	}
	tk.Version, tk.Subject = 2, "Сканер"
	must(t, s.UpdateTicket(t.Context(), tk, 1))
	if err := s.UpdateTicket(t.Context(), tk, 1); !errors.Is(err, tickets.ErrStale) {
		t.Errorf("a stale writer got %v", err)
	}
	if got, err := s.Ticket(t.Context(), tk.ID); err != nil || got.Subject != "Сканер" {
		t.Errorf("got %q, %v", got.Subject, err)
	}
	if _, err := s.Ticket(t.Context(), 1); !errors.Is(err, people.ErrMissing) {
		t.Errorf("missing ticket: %v", err)
	}
	of, err := s.OfRequester(t.Context(), tk.RequesterID, 5)
	if err != nil || len(of) != 1 {
		t.Errorf("tickets of the requester: %v, %v", of, err)
	}
}

func testStatuses(t *testing.T, s *store.Store) {
	must(t, s.PutStatus(t.Context(), tickets.Status{ID: 9, Category: tickets.Open, NameEN: "a", NameRU: "б", Position: 7}))
	must(t, s.UseStatus(t.Context(), 9))
	must(t, s.PutStatus(t.Context(), tickets.Status{ID: 9, Category: tickets.New, NameEN: "c", NameRU: "г", Color: "ok", Emoji: "✋"}))
	list, err := s.Statuses(t.Context())
	want := tickets.Status{ID: 9, Category: tickets.Open, NameEN: "c", NameRU: "г", Color: "ok", Emoji: "✋", Used: true}
	if err != nil || len(list) != 7 || list[0] != want || list[1].Category != tickets.New {
		t.Errorf("statuses %+v, %v", list, err)
	}
	if err := s.DeleteStatus(t.Context(), 9); !errors.Is(err, people.ErrTaken) {
		t.Errorf("removed a used status: %v", err)
	}
	must(t, s.DeleteStatus(t.Context(), 4))
	if list, err := s.Statuses(t.Context()); err != nil || len(list) != 6 {
		t.Errorf("statuses %+v, %v", list, err)
	}
}

func testMessages(t *testing.T, s *store.Store) {
	tk := ticket(t, s, person(t, s, "Ира").ID, nil)
	m := message(t, s, tk, 1)
	m.Delivery = tickets.Delivery{State: tickets.DeliveryFailed, At: m.CreatedAt, Reason: tickets.Sentence{Key: "k"}, Detail: "550"}
	must(t, s.UpdateMessage(t.Context(), m))
	got, err := s.Messages(t.Context(), tk.ID)
	if err != nil || len(got) != 1 || !reflect.DeepEqual(got[0], m) {
		t.Fatalf("got  %+v, %v\nwant %+v", got, err, m)
	}
	other := message(t, s, tk, 2)
	must(t, s.PutRef(t.Context(), "email", "id@x", m.ID))
	must(t, s.PutRef(t.Context(), "email", "id@x", other.ID))
	if by, err := s.MessageByRef(t.Context(), "email", "id@x"); err != nil || by.ID != m.ID {
		t.Errorf("by ref %d, %v", by.ID, err)
	}
	refs, err := s.Refs(t.Context(), "email", tk.ID)
	if want := []tickets.Ref{{ID: "id@x", MessageID: m.ID, Incoming: true}}; err != nil || !reflect.DeepEqual(refs, want) {
		t.Errorf("refs %v, %v", refs, err)
	}
	for _, want := range []int64{0, m.ID} {
		if earlier, err := s.Once(t.Context(), "form", m.ID+want); err != nil || earlier != want {
			t.Errorf("once %d, %v; want %d", earlier, err, want)
		}
	}
	testDrafts(t, s, tk)
}

func testDrafts(t *testing.T, s *store.Store, tk tickets.Ticket) {
	d := tickets.Draft{TicketID: tk.ID, AgentID: 7, Kind: tickets.Note, Body: "b", UpdatedAt: tk.CreatedAt}
	must(t, s.PutDraft(t.Context(), d))
	d.Body = "c"
	must(t, s.PutDraft(t.Context(), d))
	if got, err := s.Draft(t.Context(), tk.ID, 7); err != nil || !reflect.DeepEqual(got, d) {
		t.Errorf("draft %+v, %v", got, err)
	}
	must(t, s.DeleteDraft(t.Context(), tk.ID, 7))
	must(t, s.PutDraft(t.Context(), d))
	if list, err := s.Drafts(t.Context(), tk.ID); err != nil || len(list) != 1 || !reflect.DeepEqual(list[0], d) {
		t.Errorf("drafts %+v, %v", list, err)
	}
	must(t, s.DeleteDraft(t.Context(), tk.ID, 7))
	if _, err := s.Draft(t.Context(), tk.ID, 7); !errors.Is(err, people.ErrMissing) {
		t.Errorf("deleted draft: %v", err)
	}
}

// testLists pages through every view in steps of two and looks at each row once.
func testLists(t *testing.T, s *store.Store) {
	asker := person(t, s, "Ира").ID
	for i := range 12 {
		ticket(t, s, asker, func(tk *tickets.Ticket) {
			tk.Attention, tk.UpdatedAt = int64(i/2), tk.UpdatedAt.Add(time.Duration(i/2)*time.Second)
			tk.AssigneeID, tk.TeamID = int64(i%2)*7, int64(i%3)
			tk.Category = []tickets.Category{tickets.Open, tickets.Waiting, tickets.Solved}[i%3]
			tk.Spam = i >= 9
		})
	}
	for q, want := range map[tickets.ListQuery]int{
		{View: tickets.ViewMine, AgentID: 7}: 3,
		{View: tickets.ViewUnassigned}:       3,
		{View: tickets.ViewOpen}:             6,
		{View: tickets.ViewOpen, TeamID: 1}:  3,
		{View: tickets.ViewWaiting}:          3,
		{View: tickets.ViewSolved}:           3,
		{View: tickets.ViewSpam, AgentID: 7}: 3,
		{View: tickets.ViewMentions}:         0,
	} {
		if rows := pages(t, s, q); len(rows) != want {
			t.Errorf("%+v has %d rows, want %d", q, len(rows), want)
		}
	}
	page, err := s.ListTickets(t.Context(), tickets.ListQuery{View: tickets.ViewOpen, Limit: 2})
	must(t, err)
	_, err = s.ListTickets(t.Context(), tickets.ListQuery{View: tickets.ViewSpam, After: page.Next, Limit: 2})
	if tickets.KindOf(err) != tickets.Invalid {
		t.Errorf("a cursor of another list: %v", err)
	}
	row := page.Rows[0]
	must(t, s.MarkRead(t.Context(), row.ID, 7, row.LastSeq))
	must(t, s.MarkRead(t.Context(), row.ID, 7, 0))
	page, err = s.ListTickets(t.Context(), tickets.ListQuery{View: tickets.ViewOpen, AgentID: 7, Limit: 2})
	if err != nil || page.Rows[0].Unread || !page.Rows[1].Unread || row.Requester != "Ира" {
		t.Errorf("read marks or names are wrong: %+v, %v", page.Rows, err)
	}
}

func pages(t *testing.T, s *store.Store, q tickets.ListQuery) []tickets.Row {
	t.Helper()
	var all []tickets.Row
	seen := map[int64]bool{}
	for q.Limit = 2; ; {
		page, err := s.ListTickets(t.Context(), q)
		must(t, err)
		for _, r := range page.Rows {
			if seen[r.ID] {
				t.Fatalf("%s shows ticket %d twice", q.View, r.Number)
			}
			seen[r.ID] = true
		}
		all = append(all, page.Rows...)
		if q.After = page.Next; q.After == "" {
			return all
		}
	}
}

func testMentions(t *testing.T, s *store.Store) {
	asker := person(t, s, "Ира").ID
	first, second := ticket(t, s, asker, nil), ticket(t, s, asker, nil)
	now := s.Now(t.Context())
	for i, tk := range []tickets.Ticket{first, second, first} {
		m := tickets.Mention{TicketID: tk.ID, AgentID: 7, MessageID: int64(i + 1), At: now.Add(time.Duration(i) * time.Second)}
		must(t, s.PutMention(t.Context(), m))
		must(t, s.PutMention(t.Context(), m))
	}
	rows := pages(t, s, tickets.ListQuery{View: tickets.ViewMentions, AgentID: 7})
	if len(rows) != 2 || rows[0].ID != first.ID {
		t.Errorf("mentions: %v", rows)
	}
	for _, want := range []int{2, 0} {
		if n, err := s.SeeMentions(t.Context(), first.ID, 7); err != nil || n != want {
			t.Errorf("saw %d, %v; want %d", n, err, want)
		}
	}
}

// testForeignBytes stores what networks send and one of the databases refuses.
func testForeignBytes(t *testing.T, s *store.Store) {
	must(t, s.InsertChannel(t.Context(), hub.Channel{}))
	p := person(t, s, "a\x00b\xff")
	got, err := s.Person(t.Context(), p.ID)
	if err != nil || got.Name != "ab\uFFFD" {
		t.Errorf("got %q, %v", got.Name, err)
	}
	long := fmt.Sprintf("%05000d", 1)
	tk := ticket(t, s, p.ID, nil)
	m := message(t, s, tk, 1)
	must(t, s.PutRef(t.Context(), "email", long, m.ID))
	if by, err := s.MessageByRef(context.WithoutCancel(t.Context()), "email", long); err != nil || by.ID != m.ID {
		t.Errorf("long id: %d, %v", by.ID, err)
	}
}
