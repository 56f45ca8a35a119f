package tickets_test

import (
	"testing"

	"okno/tickets"
)

// linked answers the links of a ticket by the number of the other.
func linked(t *testing.T, s *tickets.Service, number int64) map[int64]tickets.TicketLink {
	t.Helper()
	talk, err := s.Conversation(t.Context(), anna(), number)
	must(t, err)
	out := map[int64]tickets.TicketLink{}
	for _, l := range talk.Links {
		out[l.Ticket.Number] = l
	}
	return out
}

func TestLinksAreSeenFromBothSides(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		child, third := another(t, w, s), another(t, w, s)
		link := func(a, b tickets.Ticket, k tickets.LinkKind) { must(t, s.Link(t.Context(), anna(), a.ID, b.ID, k)) }
		link(child, made, tickets.LinkParent)
		link(child, made, tickets.LinkParent) // again
		link(third, child, tickets.LinkRelated)
		link(child, third, tickets.LinkRelated) // the same the other way round
		if l := linked(t, s, child.Number); len(l) != 2 || l[1].Kind != tickets.LinkParent || !l[1].Outgoing || l[3].Kind != tickets.LinkRelated {
			t.Errorf("links of the child: %+v", l)
		}
		if l := linked(t, s, made.Number); len(l) != 1 || l[2].Outgoing {
			t.Errorf("links of the parent: %+v", l)
		}
		if row := w.row(t, made.ID); row.LastSeq != made.LastSeq+1 {
			t.Errorf("%d events for one link", row.LastSeq-made.LastSeq)
		}
		must(t, s.Unlink(t.Context(), anna(), child.ID, made.ID, tickets.LinkParent))
		must(t, s.Unlink(t.Context(), anna(), child.ID, made.ID, tickets.LinkParent))
		must(t, s.Unlink(t.Context(), anna(), child.ID, third.ID, tickets.LinkRelated))
		if l := linked(t, s, child.Number); len(l) != 0 || w.row(t, made.ID).LastSeq != made.LastSeq+2 {
			t.Errorf("links left: %+v", l)
		}
	})
}

func TestLinksAreRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, w *world, s *tickets.Service, made tickets.Ticket) {
		second, third := another(t, w, s), another(t, w, s)
		link := func(a, b tickets.Ticket, k tickets.LinkKind) error { return s.Link(t.Context(), anna(), a.ID, b.ID, k) }
		blocked(t, link(made, made, tickets.LinkRelated), "error.link.self")
		blocked(t, link(made, second, "friend"), "error.link.kind")
		blocked(t, s.Link(t.Context(), tickets.AsPerson(11), made.ID, second.ID, tickets.LinkRelated), "error.denied.agents")
		must(t, link(second, made, tickets.LinkParent))
		must(t, link(third, second, tickets.LinkParent))
		blocked(t, link(made, third, tickets.LinkParent), "error.link.circle")
		blocked(t, link(third, made, tickets.LinkParent), "error.link.taken.parent")
		must(t, link(made, second, tickets.LinkDuplicate))
		blocked(t, link(second, made, tickets.LinkDuplicate), "error.link.circle")
		blocked(t, link(made, third, tickets.LinkDuplicate), "error.link.taken.duplicate")
		must(t, s.Delete(t.Context(), anna(), third.ID))
		blocked(t, link(made, third, tickets.LinkRelated), "error.ticket.missing")
		if l := linked(t, s, second.Number); len(l) != 1 {
			t.Errorf("a deleted ticket is shown: %+v", l)
		}
	})
}

// TestLinksFollowAMerge: who was linked to a merged ticket sees the other.
func TestLinksFollowAMerge(t *testing.T) {
	w, s, made := desk(t, "memory")
	second, third := another(t, w, s), another(t, w, s)
	must(t, s.Link(t.Context(), anna(), third.ID, second.ID, tickets.LinkParent))
	must(t, errOf(s.Merge(t.Context(), anna(), second.ID, made.ID)))
	if l := linked(t, s, third.Number); len(l) != 1 || l[1].Ticket.ID != made.ID {
		t.Errorf("links %+v", l)
	}
}
