package tickets

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// Apply answers the row after an event. It is pure, and the only place where a
// row changes: all events of a ticket applied to the zero Ticket give its row.
func Apply(t Ticket, e Event, k Known) (Ticket, error) {
	var err error
	switch e.Type {
	case TicketCreated:
		err = read(e, func(d CreatedData) error { t = created(d, e, k); return nil })
	case MessageAdded:
		err = read(e, func(d MessageData) error { added(&t, d, e, k); return nil })
	case MessageWithdrawn:
		err = read(e, func(d MessageData) error { show(&t, d.Shown, k); return nil })
	case DeliverySettled, BounceReceived:
		err = read(e, func(d DeliveryData) error { settled(&t, d); return nil })
	case TagsChanged, FollowersChanged:
		err = read(e, func(d ListData) error { listed(&t, e.Type, d); return nil })
	case MessageEdited, MessageExtended:
		err = read(e, func(d EditData) error { return reworded(&t, d, k) })
	case MessageRemoved, MessageReacted, ReachChanged, TicketLinked, TicketUnlinked:
		// The row shows nothing of these; the conversation does.
	case TicketMerged, TicketUnmerged, TicketSplit, TicketUnsplit:
		err = read(e, func(d MoveData) error { regrouped(&t, e, d, k); return nil })
	case ApprovalAsked, ApprovalSettled:
		err = approval(&t, e)
	case ApprovalReminded, ApprovalAnswered:
		// The questions show it.
	case TicketRated:
		err = read(e, func(d RatingData) error { t.Rating = d.Stars; return nil })
	case TicketReopened:
		t.WaitingSince = earlier(t.WaitingSince, e.At)
	case TicketDeleted:
		t.DeletedAt = e.At
	case TicketRestored:
		t.DeletedAt = time.Time{}
	default:
		err = read(e, func(d ChangeData) error { return changed(&t, e, d, k) })
	}
	if err != nil {
		return t, fmt.Errorf("apply %s: %w", e.Type, err)
	}
	t.LastSeq, t.Version = e.Seq, e.Seq
	if !quiet(e) {
		t.NewsSeq, t.UpdatedAt = e.Seq, e.At
	}
	t.Attention = attention(t)
	return t, nil
}

// quiet says that an event is nothing to look at: a reply that left as it
// should, an emoji, a reminder.
func quiet(e Event) bool {
	var d DeliveryData
	return e.Type == MessageReacted || e.Type == ApprovalReminded || e.Type == DeliverySettled && json.Unmarshal(e.Data, &d) == nil &&
		d.State == DeliverySent && d.Was != DeliveryFailed
}

// Replay applies events to the zero Ticket.
func Replay(events []Event, k Known) (Ticket, error) {
	var t Ticket
	for _, e := range events {
		var err error
		if t, err = Apply(t, e, k); err != nil {
			return t, err
		}
	}
	return t, nil
}

// read decodes the data of an event for do.
func read[D any](e Event, do func(D) error) error {
	var d D
	if err := json.Unmarshal(e.Data, &d); err != nil {
		return fmt.Errorf("decode data: %w", err)
	}
	return do(d)
}

func created(d CreatedData, e Event, k Known) Ticket {
	t := Ticket{
		ID: e.TicketID, Number: e.Number, Subject: d.Subject, Priority: d.Priority,
		TeamID: d.TeamID, AssigneeID: d.AssigneeID, RequesterID: d.RequesterID,
		ChannelID: d.ChannelID, Place: d.Place, Tags: d.Tags, LooksLike: d.LooksLike,
		Fields: d.Fields, CreatedAt: e.At,
	}
	if d.Form != nil {
		t.TypeID, t.TypeVersion = d.Form.TypeID, d.Form.Version
	}
	setStatus(&t, d.StatusID, e.At, k)
	return t
}

// setStatus moves a ticket to a status. Nobody waits for us in a solved ticket.
func setStatus(t *Ticket, status int64, at time.Time, k Known) {
	t.StatusID, t.Category = status, k.Categories[status]
	switch {
	case t.Category.Active():
		t.SolvedAt = time.Time{}
	case t.SolvedAt.IsZero():
		t.SolvedAt = at
	}
	if !t.Category.Active() {
		t.WaitingSince = time.Time{}
	}
}

// added counts a message that was deleted for good since as one without words.
func added(t *Ticket, d MessageData, e Event, k Known) {
	m, ok := k.Messages[d.MessageID]
	if !ok {
		m = Message{Kind: d.Kind, Author: e.Actor, Auto: d.Auto, CreatedAt: e.At}
	}
	say(t, m)
	t.WaitingSince = waitingAfter(t.WaitingSince, m)
}

// waitingAfter answers since when the requester waits once a message was said.
func waitingAfter(since time.Time, m Message) time.Time {
	switch {
	case m.Kind != Reply:
	case m.Author.Kind == ByAgent:
		return time.Time{}
	case m.Author.Kind == ByPerson && m.Auto == "" && since.IsZero():
		return m.CreatedAt
	}
	return since
}

// say puts what a list shows of the last message into the row.
func say(t *Ticket, m Message) {
	t.Snippet, t.LastBy = m.snippet(), m.Author.Kind
	if m.Kind == Reply {
		t.LastPublicAt = m.CreatedAt
	}
}

// reworded shows the new words of a message where the list showed the old ones.
func reworded(t *Ticket, d EditData, k Known) error {
	m, ok := k.Messages[d.MessageID]
	if !ok {
		return fmt.Errorf("message %d is not known", d.MessageID)
	}
	if d.Last {
		t.Snippet = m.snippet()
	}
	return nil
}

func settled(t *Ticket, d DeliveryData) {
	if d.State == DeliveryFailed {
		t.Undelivered++
	}
	if d.Was == DeliveryFailed {
		t.Undelivered--
	}
}

func listed(t *Ticket, kind EventType, d ListData) {
	if kind == TagsChanged {
		t.Tags = edited(t.Tags, d.Added, d.Removed)
		return
	}
	t.Followers = edited(t.Followers, numbers(d.Added), numbers(d.Removed))
}

func changed(t *Ticket, e Event, d ChangeData, k Known) error {
	switch e.Type {
	case StatusChanged:
		setStatus(t, number(d.To), e.At, k)
	case PriorityChanged:
		t.Priority = Priority(number(d.To))
	case TeamChanged:
		t.TeamID = number(d.To)
	case AssigneeChanged:
		t.AssigneeID = number(d.To)
	case RequesterChanged:
		t.RequesterID = number(d.To)
	case SubjectChanged:
		t.Subject = d.To
	case SpamChanged:
		t.Spam = d.To == strconv.FormatBool(true)
	case FieldsChanged:
		t.Fields = answered(t.Fields, d.Key, d.To)
	default:
		return fmt.Errorf("nobody knows what it means")
	}
	return nil
}
