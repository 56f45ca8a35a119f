package tickets

import (
	"context"
	"slices"
)

// LinkKind says how two tickets belong together.
type LinkKind string

// The kinds of links.
const (
	LinkRelated   LinkKind = "related"   // both alike
	LinkParent    LinkKind = "parent"    // the other is the parent of this one
	LinkDuplicate LinkKind = "duplicate" // this one asks the same as the other
)

// TicketLink is one link as seen from one of its tickets.
type TicketLink struct {
	Kind   LinkKind
	Ticket Ticket // the other one
	// Outgoing says that the link reads from this ticket to the other: with
	// LinkParent the other is the parent when true and a child when false. It
	// means nothing with LinkRelated.
	Outgoing bool
}

// Link joins two tickets: with LinkParent other is the parent of ticket, with
// LinkDuplicate ticket asks the same as other. A ticket has one parent, and no
// ticket is its own ancestor. A link there is already makes no event.
func (s *Service) Link(ctx context.Context, by Actor, ticket, other int64, kind LinkKind) error {
	return s.relink(ctx, by, ticket, other, kind, func(ctx context.Context, a, b *work) (bool, error) {
		if err := s.linkable(ctx, a.was, b.was, kind); err != nil {
			return false, err
		}
		from, to := ends(ticket, other, kind)
		return s.store.PutTicketLink(ctx, from, to, kind)
	}, TicketLinked)
}

// Unlink undoes Link; the arguments are the same. Without such a link nothing
// happens.
func (s *Service) Unlink(ctx context.Context, by Actor, ticket, other int64, kind LinkKind) error {
	return s.relink(ctx, by, ticket, other, kind, func(ctx context.Context, _, _ *work) (bool, error) {
		from, to := ends(ticket, other, kind)
		return s.store.DeleteTicketLink(ctx, from, to, kind)
	}, TicketUnlinked)
}

// ends are the tickets of a link as they are stored: related ones have no order
// of their own.
func ends(ticket, other int64, kind LinkKind) (from, to int64) {
	if kind == LinkRelated {
		return min(ticket, other), max(ticket, other)
	}
	return ticket, other
}

// relink changes a link by change and tells both tickets.
func (s *Service) relink(ctx context.Context, by Actor, ticket, other int64, kind LinkKind,
	change func(ctx context.Context, a, b *work) (bool, error), told EventType) error {
	if err := onlyAgents(by); err != nil {
		return err
	}
	if !slices.Contains([]LinkKind{LinkRelated, LinkParent, LinkDuplicate}, kind) {
		return NewError(Invalid, "kind", "error.link.kind")
	}
	return s.insist(ctx, func(ctx context.Context) error {
		a, b, err := s.linking(ctx, by, ticket, other)
		if err != nil {
			return err
		}
		changed, err := change(ctx, a, b)
		if err != nil || !changed {
			return wrap("change link", err)
		}
		if err := a.record(by, fact{told, linkTo(b.was, kind, true)}); err != nil {
			return err
		}
		if err := b.record(by, fact{told, linkTo(a.was, kind, false)}); err != nil {
			return err
		}
		return s.saveAll(ctx, a, b)
	})
}

// linking loads two tickets that can be worked on.
func (s *Service) linking(ctx context.Context, by Actor, ticket, other int64) (a, b *work, err error) {
	if ticket == other {
		return nil, nil, NewError(Invalid, "other", "error.link.self")
	}
	if a, b, err = s.pair(ctx, ticket, other); err != nil {
		return nil, nil, err
	}
	if err := s.workable(ctx, by, a.was); err != nil {
		return nil, nil, err
	}
	return a, b, s.workable(ctx, by, b.was)
}

func linkTo(t Ticket, kind LinkKind, outgoing bool) LinkData {
	return LinkData{Kind: kind, TicketID: t.ID, Number: t.Number, Outgoing: outgoing}
}

// linkable refuses links that say what cannot be.
func (s *Service) linkable(ctx context.Context, t, other Ticket, kind LinkKind) error {
	if kind == LinkRelated {
		return nil
	}
	parents, err := s.above(ctx, t.ID, kind)
	if err != nil {
		return err
	}
	for _, p := range parents {
		if p.ID != other.ID {
			return NewError(Blocked, "other", "error.link.taken."+string(kind), "number", textOf(t.Number), "other", textOf(p.Number))
		}
	}
	return s.climb(ctx, t.ID, other.ID, kind)
}

// climb follows links of a kind and refuses a circle. There is none yet, so it
// ends.
func (s *Service) climb(ctx context.Context, ticket, other int64, kind LinkKind) error {
	if ticket == other {
		return NewError(Blocked, "other", "error.link.circle")
	}
	next, err := s.above(ctx, other, kind)
	if err != nil || len(next) == 0 {
		return err
	}
	return s.climb(ctx, ticket, next[0].ID, kind)
}

// above answers the tickets a ticket points to by links of a kind.
func (s *Service) above(ctx context.Context, ticket int64, kind LinkKind) ([]Ticket, error) {
	links, err := s.store.TicketLinks(ctx, ticket)
	if err != nil {
		return nil, wrap("load links", err)
	}
	var out []Ticket
	for _, l := range links {
		if l.Kind == kind && l.Outgoing {
			out = append(out, l.Ticket)
		}
	}
	return out, nil
}

// links answers the links of a ticket. A ticket that was merged is shown as the
// one it went into; what an actor may not see is left out.
func (s *Service) links(ctx context.Context, by Actor, t Ticket) ([]TicketLink, error) {
	all, err := s.store.TicketLinks(ctx, t.ID)
	if err != nil {
		return nil, wrap("load links", err)
	}
	var out []TicketLink
	for _, l := range all {
		if l.Ticket, err = s.Home(ctx, l.Ticket.ID); err != nil {
			return nil, err
		}
		if l.Ticket.ID != t.ID && visible(by, l.Ticket) == nil {
			out = append(out, l)
		}
	}
	return out, nil
}
