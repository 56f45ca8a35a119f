package tickets

import (
	"cmp"
	"slices"
	"time"
)

// MoveData is what ticket.merged, ticket.unmerged, ticket.split and
// ticket.unsplit carry, on both tickets: messages went from one to the other.
// What it says of the row is how the row is afterwards.
type MoveData struct {
	TicketID int64    `json:"ticket_id,string"` // the other ticket
	Number   int64    `json:"number"`           // of the other ticket
	Left     bool     `json:"left"`             // the messages left this ticket; false: they came to it
	Messages []string `json:"messages"`         // ids of the messages that moved
	// StatusID is the status this ticket got with it, StatusWas the one it had;
	// both 0 when it kept its status.
	StatusID  int64    `json:"status_id,string,omitempty"`
	StatusWas int64    `json:"status_was,string,omitempty"`
	Tags      ListData `json:"tags,omitzero"`      // tags this ticket gained or lost
	Followers ListData `json:"followers,omitzero"` // person ids this ticket gained or lost
	// Waiting comes with ticket.merged where messages came: since when somebody
	// waited in the other ticket.
	Waiting time.Time `json:"waiting,omitzero"`
	Shown   Shown     `json:"shown"`
}

// Shown is what a row shows of its messages once some of them came or went.
type Shown struct {
	Last         int64     `json:"last,string,omitempty"` // id of the message said last; 0: none is left
	LastPublicAt time.Time `json:"last_public_at,omitzero"`
	WaitingSince time.Time `json:"waiting_since,omitzero"`
	Undelivered  int       `json:"undelivered,omitempty"`
}

// DeletedData is what ticket.deleted carries.
type DeletedData struct {
	Until time.Time `json:"until"` // when it is removed for good unless it is restored
}

// LinkData is what ticket.linked and ticket.unlinked carry, on both tickets.
type LinkData struct {
	Kind     LinkKind `json:"kind"`
	TicketID int64    `json:"ticket_id,string"` // the other ticket
	Number   int64    `json:"number"`           // of the other ticket
	Outgoing bool     `json:"outgoing"`         // as TicketLink.Outgoing
}

// regrouped is the row after messages came or left.
func regrouped(t *Ticket, e Event, d MoveData, k Known) {
	if d.StatusID != 0 {
		setStatus(t, d.StatusID, e.At, k)
	}
	t.Tags = edited(t.Tags, d.Tags.Added, d.Tags.Removed)
	t.Followers = edited(t.Followers, numbers(d.Followers.Added), numbers(d.Followers.Removed))
	switch {
	case d.Left && (e.Type == TicketMerged || e.Type == TicketUnsplit):
		t.MergedInto = d.TicketID
	case e.Type == TicketUnmerged && !d.Left:
		t.MergedInto = 0
	}
	show(t, d.Shown, k)
}

// show puts what is left of the messages into the row.
func show(t *Ticket, s Shown, k Known) {
	m := k.Messages[s.Last]
	t.Snippet, t.LastBy = m.snippet(), m.Author.Kind
	t.LastPublicAt, t.WaitingSince, t.Undelivered = s.LastPublicAt, s.WaitingSince, s.Undelivered
}

// shownOf answers what a row shows of these messages, given in their order, when
// somebody waits since waiting.
func shownOf(list []Message, waiting time.Time) Shown {
	s := Shown{WaitingSince: waiting}
	for _, m := range list {
		if m.Delivery.State == DeliveryWithdrawn {
			continue
		}
		s.Last = m.ID
		if m.Kind == Reply {
			s.LastPublicAt = m.CreatedAt
		}
		if m.Delivery.State == DeliveryFailed {
			s.Undelivered++
		}
	}
	return s
}

// inOrder puts messages into the order of the conversation.
func inOrder(list []Message) []Message {
	slices.SortFunc(list, func(a, b Message) int {
		return cmp.Or(a.AddedAt.Compare(b.AddedAt), cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID))
	})
	return list
}

// idsOf names messages as events do.
func idsOf(list []Message) []string {
	out := make([]string, 0, len(list))
	for _, m := range list {
		out = append(out, textOf(m.ID))
	}
	return out
}
