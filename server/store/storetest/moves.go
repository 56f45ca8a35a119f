package storetest

import (
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/hub"
	"okno/server/store"
	"okno/tickets"
	"okno/tickets/people"
)

// testMoves takes messages from one ticket to another and back: they keep where
// they were written, stand in the order of time, and bring their mentions.
func testMoves(t *testing.T, s *store.Store) {
	asker := person(t, s, "Ира").ID
	from, to := ticket(t, s, asker, nil), ticket(t, s, asker, nil)
	late, early, other := message(t, s, from, 2), message(t, s, from, 1), message(t, s, to, 1)
	must(t, s.PutMention(t.Context(), tickets.Mention{TicketID: from.ID, AgentID: 7, MessageID: early.ID, At: early.CreatedAt}))
	must(t, s.PutMention(t.Context(), tickets.Mention{TicketID: to.ID, AgentID: 7, MessageID: other.ID, At: early.CreatedAt.Add(time.Second)}))
	both := []int64{late.ID, early.ID}
	must(t, s.MoveMessages(t.Context(), from.ID, to.ID, both))
	if err := s.MoveMessages(t.Context(), from.ID, to.ID, both); !errors.Is(err, tickets.ErrStale) {
		t.Errorf("moved twice: %v", err)
	}
	moved, err := s.Messages(t.Context(), to.ID)
	if err != nil || len(moved) != 3 || moved[0].SourceID != from.ID && moved[1].SourceID != from.ID {
		t.Fatalf("moved %+v, %v", moved, err)
	}
	if rows := pages(t, s, tickets.ListQuery{View: tickets.ViewMentions, AgentID: 7}); len(rows) != 1 || rows[0].ID != to.ID {
		t.Errorf("mentions %+v", rows)
	}
	if n, err := s.UnseenMentions(t.Context(), to.ID); err != nil || !reflect.DeepEqual(n, map[int64]int{7: 2}) {
		t.Errorf("unseen %v, %v", n, err)
	}
	must(t, s.MoveMessages(t.Context(), to.ID, from.ID, both))
	back, err := s.Messages(t.Context(), from.ID)
	if err != nil || len(back) != 2 || back[0].ID != early.ID || back[0].SourceID != 0 {
		t.Errorf("back %+v, %v", back, err)
	}
	if rows := pages(t, s, tickets.ListQuery{View: tickets.ViewMentions, AgentID: 7}); len(rows) != 2 {
		t.Errorf("mentions %+v", rows)
	}
}

// testOrderOfTime lets a ticket have messages written in another: both count by
// when they came.
func testOrderOfTime(t *testing.T, s *store.Store) {
	tk := ticket(t, s, person(t, s, "Ира").ID, nil)
	base := s.Now(t.Context())
	for i, m := range []tickets.Message{{Seq: 9, AddedAt: base}, {Seq: 2, AddedAt: base.Add(time.Second), SourceID: 5}, {Seq: 1, AddedAt: base.Add(time.Second)}} {
		m.ID, m.TicketID, m.CreatedAt = int64(i+1), tk.ID, base.Add(-time.Duration(i)*time.Hour)
		must(t, s.InsertMessage(t.Context(), m))
	}
	list, err := s.Messages(t.Context(), tk.ID)
	must(t, err)
	var ids []int64
	for _, m := range list {
		ids = append(ids, m.ID)
	}
	if !slices.Equal(ids, []int64{1, 3, 2}) || list[2].SourceID != 5 {
		t.Errorf("order %v, %+v", ids, list)
	}
}

func testTicketLinks(t *testing.T, s *store.Store) {
	asker := person(t, s, "Ира").ID
	child, parent := ticket(t, s, asker, nil), ticket(t, s, asker, nil)
	for _, want := range []bool{true, false} {
		if fresh, err := s.PutTicketLink(t.Context(), child.ID, parent.ID, tickets.LinkParent); fresh != want || err != nil {
			t.Errorf("put: %v, %v; want %v", fresh, err, want)
		}
	}
	for of, outgoing := range map[int64]bool{child.ID: true, parent.ID: false} {
		list, err := s.TicketLinks(t.Context(), of)
		if err != nil || len(list) != 1 || list[0].Outgoing != outgoing || list[0].Kind != tickets.LinkParent || list[0].Ticket.ID == of {
			t.Errorf("links %+v, %v", list, err)
		}
	}
	for _, want := range []bool{true, false} {
		if gone, err := s.DeleteTicketLink(t.Context(), child.ID, parent.ID, tickets.LinkParent); gone != want || err != nil {
			t.Errorf("deleted: %v, %v; want %v", gone, err, want)
		}
	}
}

// testGone keeps merged and deleted tickets out of every list but their own.
func testGone(t *testing.T, s *store.Store) {
	asker := person(t, s, "Ира").ID
	now := s.Now(t.Context())
	home := ticket(t, s, asker, nil)
	merged := ticket(t, s, asker, func(tk *tickets.Ticket) { tk.MergedInto, tk.Category = home.ID, tickets.Closed })
	deleted := ticket(t, s, asker, func(tk *tickets.Ticket) { tk.DeletedAt, tk.Spam = now, true })
	for v, want := range map[tickets.View][]int64{
		tickets.ViewOpen: {home.ID}, tickets.ViewSolved: nil, tickets.ViewSpam: nil, tickets.ViewDeleted: {deleted.ID},
	} {
		var ids []int64
		for _, r := range pages(t, s, tickets.ListQuery{View: v}) {
			ids = append(ids, r.ID)
		}
		if !slices.Equal(ids, want) {
			t.Errorf("%s shows %v, want %v", v, ids, want)
		}
	}
	if of, err := s.OfRequester(t.Context(), asker, 5); err != nil || len(of) != 1 {
		t.Errorf("tickets of the person: %+v, %v", of, err)
	}
	if ids, err := s.MergedTickets(t.Context(), home.ID); err != nil || !slices.Equal(ids, []int64{merged.ID}) {
		t.Errorf("merged %v, %v", ids, err)
	}
	for before, want := range map[time.Time][]int64{now: {deleted.ID}, now.Add(-time.Millisecond): nil} {
		if ids, err := s.DeletedBefore(t.Context(), before, 5); err != nil || !slices.Equal(ids, want) {
			t.Errorf("deleted %v, %v; want %v", ids, err, want)
		}
	}
}

// testBurial removes a ticket with everything that names it, and nothing of its
// neighbour.
func testBurial(t *testing.T, s *store.Store) {
	c, asker := mailbox(t, s), person(t, s, "Ира").ID
	tk, stays := ticket(t, s, asker, func(tk *tickets.Ticket) { tk.DeletedAt = tk.CreatedAt }), ticket(t, s, asker, nil)
	m, kept := message(t, s, tk, 1), message(t, s, stays, 1)
	fill(t, s, tk, m, stays)
	must(t, s.PutRef(t.Context(), "email", "kept@x", kept.ID))
	entry := came(t, s, c, m.ID)
	if err := s.BuryTicket(t.Context(), stays.ID); !errors.Is(err, people.ErrMissing) {
		t.Errorf("buried alive: %v", err)
	}
	must(t, s.BuryTicket(t.Context(), tk.ID))
	if _, err := s.Ticket(t.Context(), tk.ID); !errors.Is(err, people.ErrMissing) {
		t.Errorf("the ticket: %v", err)
	}
	if _, err := s.MessageByRef(t.Context(), "email", "gone@x"); !errors.Is(err, people.ErrMissing) {
		t.Errorf("the message: %v", err)
	}
	events, err := s.TicketEvents(t.Context(), tk.ID)
	if err != nil || len(events) != 1 || string(events[0].Data) != "{}" {
		t.Errorf("events %+v, %v", events, err)
	}
	got, err := s.Entry(t.Context(), entry)
	if err != nil || len(got.Event.Raw) != 0 || got.From != "" || got.Subject != "" || got.Event.Object != "object" || got.Outcome != hub.OutcomeOpened {
		t.Errorf("entry %+v, %v", got, err)
	}
	for ref, want := range map[string]bool{"gone@x": true, "object": true, "kept@x": false} {
		if buried, err := s.Buried(t.Context(), "email", ref); buried != want || err != nil {
			t.Errorf("%s: %v, %v", ref, buried, err)
		}
	}
	if list, err := s.Messages(t.Context(), stays.ID); err != nil || len(list) != 1 {
		t.Errorf("the neighbour has %+v, %v", list, err)
	}
}

// fill lets everything that can name a ticket name it.
func fill(t *testing.T, s *store.Store, tk tickets.Ticket, m tickets.Message, other tickets.Ticket) {
	t.Helper()
	ctx := t.Context()
	must(t, s.PutRef(ctx, "email", "gone@x", m.ID))
	must(t, s.PutNoticeRef(ctx, "email", "notice@x", tk.ID))
	must(t, s.PutVersion(ctx, tickets.Version{MessageID: m.ID, Number: 1, Body: "b"}))
	must(t, s.InsertAnswers(ctx, tickets.Filled{TicketID: tk.ID}))
	must(t, s.PutRating(ctx, tickets.Rating{TicketID: tk.ID}))
	must(t, s.PutMention(ctx, tickets.Mention{TicketID: tk.ID, AgentID: 7, MessageID: m.ID, At: m.CreatedAt}))
	must(t, s.PutDraft(ctx, tickets.Draft{TicketID: tk.ID, AgentID: 7, Body: "b"}))
	must(t, s.MarkRead(ctx, tk.ID, 7, 1))
	must(t, s.PutTags(ctx, tk.ID, []string{"a"}))
	must(t, s.AppendEvents(ctx, []tickets.Event{event(tk.ID, 1)}))
	delivery(t, s, "l", m.ID)
	for _, ends := range [][2]int64{{tk.ID, other.ID}, {other.ID, tk.ID}} {
		_, err := s.PutTicketLink(ctx, ends[0], ends[1], tickets.LinkRelated)
		must(t, err)
	}
	_, err := s.Once(ctx, "form", m.ID)
	must(t, err)
}

// came is a settled journal entry that made a message.
func came(t *testing.T, s *store.Store, c hub.Channel, message int64) int64 {
	t.Helper()
	put(t, s, c.ID, channels.Event{Key: "k", Object: "object", Raw: []byte("secret"), Hint: "secret"})
	ids := claim(t, s.Inbox(), "me", time.Hour)
	must(t, s.SettleEntry(t.Context(), hub.Entry{ID: ids[0], Outcome: hub.OutcomeOpened, From: "ira@x", Subject: "secret", MessageID: message, Ticket: 1}))
	return ids[0]
}

func testTimers(t *testing.T, s *store.Store) {
	at := s.Now(t.Context()).Add(time.Hour)
	must(t, s.PutTimer(t.Context(), "tickets:purge", 5, at.Add(time.Hour)))
	must(t, s.PutTimer(t.Context(), "tickets:purge", 5, at))
	if next, err := s.Jobs().NextAt(t.Context()); err != nil || !next.Equal(at) {
		t.Errorf("next %v, %v", next, err)
	}
	must(t, s.DropTimer(t.Context(), "tickets:purge", 5))
	if next, err := s.Jobs().NextAt(t.Context()); err != nil || !next.IsZero() {
		t.Errorf("next %v, %v", next, err)
	}
}

func testBlocked(t *testing.T, s *store.Store) {
	p := person(t, s, "Ира")
	must(t, s.BlockPerson(t.Context(), p.ID, true))
	must(t, s.UpdatePerson(t.Context(), p))
	if got, err := s.Person(t.Context(), p.ID); err != nil || !got.Blocked {
		t.Errorf("person %+v, %v", got, err)
	}
	if err := s.BlockPerson(t.Context(), 1, true); !errors.Is(err, people.ErrMissing) {
		t.Errorf("nobody: %v", err)
	}
}
