package tickets_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"okno/tickets"
)

func TestTicketBegunWithANote(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, _ tickets.Ticket) {
		n := tickets.NewTicket{Subject: " Called  by phone ", RequesterID: 12, TeamID: 21, Tags: []string{"Phone"},
			Followers: []int64{13, 12, 13}, Kind: tickets.Note,
			Outgoing: &tickets.NewMessage{Body: "wants a new mouse", Once: "form", Mentions: []int64{2}}}
		made, m, err := s.Create(t.Context(), anna(), n)
		must(t, err)
		row := w.row(t, made.ID)
		if row.Subject != "Called by phone" || row.TeamID != 21 || !slices.Equal(row.Followers, []int64{13}) || !slices.Equal(row.Tags, []string{"phone"}) {
			t.Errorf("row %+v", row)
		}
		if m.Kind != tickets.Note || m.Delivery.State != "" || !row.LastPublicAt.IsZero() || !row.WaitingSince.IsZero() {
			t.Errorf("a note counts as said to the requester: %+v, %+v", m, row)
		}
		page, err := s.List(t.Context(), boris(), tickets.ListQuery{View: tickets.ViewMentions})
		if err != nil || len(page.Rows) != 1 || page.Rows[0].ID != made.ID || !page.Rows[0].Unread {
			t.Errorf("mentions %+v, %v", page.Rows, err)
		}
		again, _, err := s.Create(t.Context(), anna(), n)
		if err != nil || again.ID != made.ID {
			t.Errorf("the same form made ticket %d, then %d, %v", made.Number, again.Number, err)
		}
	})
}

func TestNewTicketIsRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, _ tickets.Ticket) {
		before := len(w.log(t))
		for message, spoil := range map[string]func(*tickets.NewTicket){
			"error.subject.empty":     func(n *tickets.NewTicket) { n.Subject = " \n" },
			"error.body.empty":        func(n *tickets.NewTicket) { n.Outgoing.Body = " " },
			"error.requester.unknown": func(n *tickets.NewTicket) { n.RequesterID = 99 },
			"error.team.unknown":      func(n *tickets.NewTicket) { n.TeamID = 99 },
			"error.assignee.unknown":  func(n *tickets.NewTicket) { n.AssigneeID = 99 },
			"error.assignee.disabled": func(n *tickets.NewTicket) { n.AssigneeID = 3 },
			"error.followers.unknown": func(n *tickets.NewTicket) { n.Followers = []int64{12, 99} },
			"error.status.unknown":    func(n *tickets.NewTicket) { n.StatusID = 99 },
			"error.priority.unknown":  func(n *tickets.NewTicket) { n.Priority = 9 },
		} {
			n := tickets.NewTicket{Subject: "x", RequesterID: 11, Outgoing: &tickets.NewMessage{Body: "x", Once: message}}
			spoil(&n)
			_, _, err := s.Create(t.Context(), anna(), n)
			says(t, err, message)
		}
		if after := len(w.log(t)); after != before {
			t.Errorf("refusals left %d events", after-before)
		}
	})
}

// TestTags is the table of what becomes of typed tags.
func TestTags(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		many := strings.Split(strings.Repeat("x ", 21), " ")
		for i := range many {
			many[i] = strings.Repeat("x", i+1)
		}
		for _, c := range []struct {
			add, remove, want []string
			message           string
		}{
			{[]string{" New  Tag ", "ПРИНТЕР"}, nil, []string{"new-tag", "принтер"}, ""},
			{[]string{"принтер", "a"}, []string{"NEW TAG"}, []string{"a", "принтер"}, ""},
			{[]string{" "}, nil, []string{"a", "принтер"}, ""},
			{[]string{strings.Repeat("я", 41)}, nil, []string{"a", "принтер"}, "error.tags.long"},
			{many[:21], nil, []string{"a", "принтер"}, "error.tags.many"},
			{nil, []string{"a", "принтер", "unknown"}, nil, ""},
		} {
			_, err := s.Change(t.Context(), anna(), made.ID, 0, tickets.Change{AddTags: c.add, RemoveTags: c.remove})
			if c.message == "" {
				must(t, err)
			} else {
				says(t, err, c.message)
			}
			if got := w.row(t, made.ID).Tags; !slices.Equal(got, c.want) {
				t.Errorf("%q without %q: %q", c.add, c.remove, got)
			}
		}
	})
}

// TestFailedReplyNeedsAttention holds that a ticket whose reply did not arrive
// stands above those where nobody waits, until it has left after all.
func TestFailedReplyNeedsAttention(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, first tickets.Ticket) {
		reply, err := s.Reply(t.Context(), anna(), first.ID, tickets.NewMessage{Body: "x"})
		must(t, err)
		w.ms.Add(time.Hour.Milliseconds())
		calm := asked(t, s)
		_, err = s.Reply(t.Context(), anna(), calm.ID, tickets.NewMessage{Body: "y"})
		must(t, err)
		top := func() int64 {
			page, err := s.List(t.Context(), anna(), tickets.ListQuery{View: tickets.ViewOpen, Limit: 50})
			must(t, err)
			return page.Rows[0].ID
		}
		if top() != calm.ID {
			t.Error("of two answered tickets the latest change does not come first")
		}
		must(t, s.Settle(t.Context(), reply.ID, "", tickets.Delivery{State: tickets.DeliveryFailed}))
		if top() != first.ID {
			t.Error("the ticket whose reply failed does not come first")
		}
	})
}

// TestAttention is the table of what comes before what in a list: who waits
// longest, moved by priority, and where nobody waits the latest change.
func TestAttention(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, first tickets.Ticket) {
		start := w.at()
		ids := map[int64]string{first.ID: "waits ninety hours"}
		for _, c := range []struct {
			name     string
			after    time.Duration
			priority tickets.Priority
			answered time.Duration // after start; 0: not
		}{
			{"urgent, waits nineteen hours", 71 * time.Hour, tickets.Urgent, 0},
			{"high, waits eighty hours", 10 * time.Hour, tickets.High, 0},
			{"low, waits ninety hours", 0, tickets.Low, 0},
			{"waits seventy hours", 20 * time.Hour, tickets.Normal, 0},
			{"answered early", time.Hour, tickets.Urgent, 80 * time.Hour},
			{"answered late", time.Hour, tickets.Low, 85 * time.Hour},
		} {
			w.ms.Store(start.Add(c.after).UnixMilli())
			made := asked(t, s)
			ids[made.ID] = c.name
			_, err := s.Change(t.Context(), tickets.System(), made.ID, 0, tickets.Change{Priority: &c.priority})
			must(t, err)
			if c.answered > 0 {
				w.ms.Store(start.Add(c.answered).UnixMilli())
				_, err = s.Reply(t.Context(), anna(), made.ID, tickets.NewMessage{Body: "x"})
				must(t, err)
			}
		}
		page, err := s.List(t.Context(), anna(), tickets.ListQuery{View: tickets.ViewOpen, Limit: 50})
		must(t, err)
		var got []string
		for _, r := range page.Rows {
			got = append(got, ids[r.ID])
		}
		want := []string{"high, waits eighty hours", "urgent, waits nineteen hours", "waits ninety hours",
			"waits seventy hours", "low, waits ninety hours", "answered late", "answered early"}
		if !slices.Equal(got, want) {
			t.Errorf("order\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}

func says(t *testing.T, err error, message string) {
	t.Helper()
	var e *tickets.Error
	if !errors.As(err, &e) || e.Message != message {
		t.Errorf("got %v, want %s", err, message)
	}
}
