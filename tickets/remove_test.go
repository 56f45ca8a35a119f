package tickets_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"okno/channels"
	"okno/tickets"
	"okno/tickets/people"
)

func TestDeletedTicketIsHiddenAtOnce(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		_, err := s.Note(t.Context(), boris(), made.ID, tickets.NewMessage{Body: "look", Mentions: []int64{1}})
		must(t, err)
		must(t, s.Delete(t.Context(), anna(), made.ID))
		for name, err := range map[string]error{
			"find":         errOf(s.Find(t.Context(), anna(), made.Number)),
			"conversation": errOf(s.Conversation(t.Context(), anna(), made.Number)),
			"reply":        errOf(s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "x"})),
			"change":       errOf(s.Change(t.Context(), anna(), made.ID, 0, tickets.Change{AddTags: []string{"x"}})),
			"read":         s.MarkRead(t.Context(), anna(), made.ID),
			"draft":        s.SaveDraft(t.Context(), anna(), tickets.Draft{TicketID: made.ID, Body: "x"}),
			"receive":      errOf(s.Receive(t.Context(), made.ID, tickets.Incoming{PersonID: 11, Body: "x"})),
			"delete":       s.Delete(t.Context(), anna(), made.ID),
		} {
			if tickets.KindOf(err) != tickets.Missing {
				t.Errorf("%s: %v", name, err)
			}
		}
		blocked(t, s.Delete(t.Context(), boris(), made.ID), "error.ticket.deleted")
		for _, v := range tickets.Views() {
			page, err := s.List(t.Context(), anna(), tickets.ListQuery{View: v})
			if err != nil || len(page.Rows) != 0 {
				t.Errorf("%s: %v, %v", v, page.Rows, err)
			}
		}
		of, err := s.OfRequester(t.Context(), anna(), 11, 0)
		if err != nil || len(of) != 0 {
			t.Errorf("tickets of the person: %v, %v", of, err)
		}
		counts, err := s.Counts(t.Context(), anna())
		if err != nil || counts["open"] != 0 || counts["mentions"] != 0 {
			t.Errorf("counts %v, %v", counts, err)
		}
	})
}

func TestAdministratorsSeeTheDeleted(t *testing.T) {
	everywhere(t, func(t *testing.T, _ *world, s *tickets.Service, made tickets.Ticket) {
		must(t, s.Delete(t.Context(), anna(), made.ID))
		page, err := s.List(t.Context(), boris(), tickets.ListQuery{View: tickets.ViewDeleted})
		if err != nil || len(page.Rows) != 1 || page.Rows[0].DeletedAt.IsZero() {
			t.Errorf("list %+v, %v", page.Rows, err)
		}
		counts, err := s.Counts(t.Context(), boris())
		if err != nil || counts["deleted"] != 1 {
			t.Errorf("counts %v, %v", counts, err)
		}
		if talk, err := s.Conversation(t.Context(), boris(), made.Number); err != nil || len(talk.Messages) != 1 {
			t.Errorf("conversation %+v, %v", talk, err)
		}
		blocked(t, errOf(s.List(t.Context(), anna(), tickets.ListQuery{View: tickets.ViewDeleted})), "error.view.unknown")
	})
}

func TestRestoreBringsEverythingBack(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		_, err := s.Note(t.Context(), boris(), made.ID, tickets.NewMessage{Body: "look", Mentions: []int64{1}})
		must(t, err)
		must(t, s.Delete(t.Context(), boris(), made.ID))
		must(t, s.MarkRead(t.Context(), boris(), made.ID))
		blocked(t, s.Restore(t.Context(), anna(), made.ID), "error.ticket.missing") // she did not delete it
		must(t, s.Restore(t.Context(), boris(), made.ID))
		blocked(t, s.Restore(t.Context(), boris(), made.ID), "error.restore.none")
		must(t, s.Delete(t.Context(), anna(), made.ID))
		must(t, s.Restore(t.Context(), anna(), made.ID))
		counts, err := s.Counts(t.Context(), anna())
		if err != nil || counts["open"] != 1 || counts["mentions"] != 1 {
			t.Errorf("counts %v, %v", counts, err)
		}
		w.pass(40 * 24 * time.Hour)
		if n, err := s.Purge(t.Context()); n != 0 || err != nil || w.row(t, made.ID).Listed() != true {
			t.Errorf("purged %d, %v", n, err)
		}
	})
}

// TestPurgeLeavesOnlyShells: a month later nothing people wrote is left, and what
// was known of it is remembered as gone.
func TestPurgeLeavesOnlyShells(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		from := another(t, w, s)
		stays := another(t, w, s)
		must(t, s.Link(t.Context(), anna(), stays.ID, made.ID, tickets.LinkRelated))
		must(t, errOf(s.Merge(t.Context(), anna(), from.ID, made.ID)))
		x, err := s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "bye", Once: "form"})
		must(t, err)
		w.plan(t, x)
		must(t, s.SaveDraft(t.Context(), boris(), tickets.Draft{TicketID: made.ID, Body: "x"}))
		must(t, s.Delete(t.Context(), anna(), made.ID))
		w.pass(tickets.Grace - time.Second)
		if n, err := s.Purge(t.Context()); n != 0 || err != nil {
			t.Fatalf("purged %d too early, %v", n, err)
		}
		w.pass(time.Second)
		if n, err := s.Purge(t.Context()); n != 1 || err != nil {
			t.Fatalf("purged %d, %v", n, err)
		}
		gone(t, w, made.ID, from.ID)
		for ref, want := range map[string]bool{"a@b": true, "x@y": false} {
			if got, err := w.Buried(t.Context(), "email", ref); got != want || err != nil {
				t.Errorf("%s is remembered: %v, %v", ref, got, err)
			}
		}
		talk, err := s.Conversation(t.Context(), boris(), stays.Number)
		if err != nil || len(talk.Links) != 0 {
			t.Errorf("links %+v, %v", talk.Links, err)
		}
		counts, err := s.Counts(t.Context(), boris())
		if err != nil || counts["deleted"] != 0 || counts["open"] != 1 {
			t.Errorf("counts %v, %v", counts, err)
		}
	})
}

// gone checks that nothing of tickets is left but the shells of their events.
func gone(t *testing.T, w *world, ids ...int64) {
	t.Helper()
	for _, id := range ids {
		if _, err := w.Ticket(t.Context(), id); !errors.Is(err, people.ErrMissing) {
			t.Errorf("ticket %d: %v", id, err)
		}
		if len(w.said(t, id)) != 0 {
			t.Errorf("ticket %d has messages", id)
		}
		if list, err := w.Drafts(t.Context(), id); err != nil || len(list) != 0 {
			t.Errorf("ticket %d has drafts %v, %v", id, list, err)
		}
		events, err := w.TicketEvents(t.Context(), id)
		must(t, err)
		for _, e := range events {
			if string(e.Data) != "{}" || e.Type == "" || !json.Valid(e.Data) {
				t.Errorf("event %+v says %s", e.Type, e.Data)
			}
		}
	}
	claimed, err := w.Outbox().Claim(t.Context(), "me", w.at().Add(time.Hour), 10)
	if err != nil || len(claimed) != 0 {
		t.Errorf("still to be sent: %v, %v", claimed, err)
	}
}

// TestPurgeIsTimed: the delete itself sees to it that somebody comes back.
func TestPurgeIsTimed(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		must(t, s.Delete(t.Context(), anna(), made.ID))
		next, err := w.Jobs().NextAt(t.Context())
		if err != nil || !next.Equal(w.at().Add(tickets.Grace)) {
			t.Errorf("next job at %v, %v", next, err)
		}
		must(t, s.Restore(t.Context(), anna(), made.ID))
		if next, err := w.Jobs().NextAt(t.Context()); err != nil || !next.IsZero() {
			t.Errorf("a restored ticket has a job at %v, %v", next, err)
		}
	})
}

// TestReplyUnderWayLeavesADeletedTicket: deleting hides, it does not unsay.
func TestReplyUnderWayLeavesADeletedTicket(t *testing.T) {
	w, s, made := desk(t, "memory")
	x, err := s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "bye"})
	must(t, err)
	w.plan(t, x)
	must(t, s.Delete(t.Context(), anna(), made.ID))
	must(t, w.SettleDelivery(t.Context(), x.ID, channels.Receipt{ID: "r"}, false, channels.Text{}, ""))
	must(t, s.Settle(t.Context(), x.ID, "", tickets.Delivery{State: tickets.DeliverySent}))
	must(t, s.Restore(t.Context(), anna(), made.ID))
	if m := w.said(t, made.ID)[1]; m.Delivery.State != tickets.DeliverySent {
		t.Errorf("delivery %+v", m.Delivery)
	}
}

func TestBlockedPersons(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, _ tickets.Ticket) {
		must(t, s.Block(t.Context(), anna(), 12))
		if p, err := w.Person(t.Context(), 12); err != nil || !p.Blocked {
			t.Errorf("person %+v, %v", p, err)
		}
		must(t, w.UpdatePerson(t.Context(), people.Person{ID: 12, Name: "Renamed"}))
		if p, err := w.Person(t.Context(), 12); err != nil || !p.Blocked {
			t.Errorf("a new name unblocked %+v, %v", p, err)
		}
		must(t, s.Unblock(t.Context(), anna(), 12))
		if p, err := w.Person(t.Context(), 12); err != nil || p.Blocked {
			t.Errorf("person %+v, %v", p, err)
		}
		blocked(t, s.Block(t.Context(), anna(), 11), "error.block.agent")
		blocked(t, s.Block(t.Context(), anna(), 99), "error.requester.unknown")
		blocked(t, s.Unblock(t.Context(), tickets.AsPerson(12), 12), "error.denied.agents")
	})
}
