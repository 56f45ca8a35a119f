package storetest

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

func testVersions(t *testing.T, s *store.Store) {
	tk := ticket(t, s, person(t, s, "Ира").ID, nil)
	other, m := message(t, s, tk, 1), message(t, s, tk, 2)
	first := tickets.Version{MessageID: m.ID, Number: 1, Body: m.Body, Quoted: "q", HTML: "<p>", Files: m.Files, At: m.CreatedAt}
	late := tickets.Version{MessageID: m.ID, Number: 2, Body: "раньше", At: m.CreatedAt.Add(-time.Second)}
	must(t, s.PutVersion(t.Context(), first))
	must(t, s.PutVersion(t.Context(), late))
	m.Body, m.Files, m.Warnings, m.EditedAt, m.RemovedAt = "новый", nil, nil, m.CreatedAt.Add(time.Hour), m.CreatedAt.Add(2*time.Hour)
	must(t, s.RewriteMessage(t.Context(), m))
	m.Earlier = []tickets.Version{late, first}
	if got, err := s.Message(t.Context(), m.ID); err != nil || !reflect.DeepEqual(got, m) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, m)
	}
	if got, err := s.Messages(t.Context(), tk.ID); err != nil || !reflect.DeepEqual(got, []tickets.Message{other, m}) {
		t.Errorf("messages %+v, %v", got, err)
	}
	m.ID = 1
	if err := s.RewriteMessage(t.Context(), m); !errors.Is(err, people.ErrMissing) {
		t.Errorf("a message that is not there: %v", err)
	}
}

func testNoticeRefs(t *testing.T, s *store.Store) {
	asker := person(t, s, "Ира").ID
	tk, other := ticket(t, s, asker, nil), ticket(t, s, asker, nil)
	must(t, s.PutNoticeRef(t.Context(), "chat", "1:5", tk.ID))
	must(t, s.PutNoticeRef(t.Context(), "chat", "1:5", other.ID))
	if got, err := s.TicketByNotice(t.Context(), "chat", "1:5"); err != nil || got.ID != tk.ID {
		t.Errorf("by notice %d, %v", got.ID, err)
	}
	if _, err := s.TicketByNotice(t.Context(), "email", "1:5"); !errors.Is(err, people.ErrMissing) {
		t.Errorf("on another network: %v", err)
	}
}
