package tickets

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"okno/tickets/people"
)

// Withdraw undoes a reply that has not left and gives its text back as a draft
// of its author. The requester waits again as if the reply had not been; the
// status it changed comes back when nothing else happened since. The assignee
// stays: whoever takes a reply back is still at it.
func (s *Service) Withdraw(ctx context.Context, by Actor, message int64) (Message, error) {
	if err := onlyAgents(by); err != nil {
		return Message{}, err
	}
	var taken Message
	err := s.editMessage(ctx, message, func(ctx context.Context, w *work, m *Message) error {
		if err := withdrawable(by, w.was, *m); err != nil {
			return err
		}
		err := s.withdraw(ctx, by, w, m)
		taken = *m
		return err
	})
	if err != nil {
		return Message{}, err
	}
	return taken, nil
}

// withdrawable checks that the actor may take a message back.
func withdrawable(by Actor, t Ticket, m Message) error {
	if err := visible(by, t); err != nil {
		return err
	}
	if m.Kind != Reply || m.Author.Kind != ByAgent {
		return NewError(Blocked, "", "error.reply.undo.kind")
	}
	if m.Author.ID != by.ID && by.Role != people.Administrator {
		return NewError(Denied, "", "error.reply.undo.denied", "who", m.AuthorAs)
	}
	return nil
}

func (s *Service) withdraw(ctx context.Context, by Actor, w *work, m *Message) error {
	if !held(*m, w) {
		return NewError(Blocked, "", "error.reply.left")
	}
	events, err := s.store.TicketEvents(ctx, m.TicketID)
	if err != nil {
		return fmt.Errorf("load events: %w", err)
	}
	if err := s.know(ctx, w); err != nil {
		return err
	}
	facts, err := undoing(w.was, events, *m, w.known)
	if err != nil {
		return err
	}
	m.Delivery = Delivery{State: DeliveryWithdrawn, SendAt: m.Delivery.SendAt, At: w.at}
	w.known.Messages[m.ID] = *m
	s.stopSending(w, m)
	return w.record(by, facts...)
}

// held says that a reply can still be on this side. Rows on their way are asked
// when they are stopped; a reply without any waits for its time only.
func held(m Message, w *work) bool {
	switch m.Delivery.State {
	case DeliveryQueued, DeliverySending:
		return true
	case DeliveryNone:
		return w.at.Before(m.Delivery.SendAt)
	default:
		return false
	}
}

// undoing decides what taking back a reply brings about, by telling the story
// of the ticket without it.
func undoing(t Ticket, events []Event, m Message, k Known) ([]fact, error) {
	left := slices.DeleteFunc(slices.Collect(maps.Values(k.Messages)), func(o Message) bool { return o.ID == m.ID })
	since, err := waitingIn(unsaid(events, m.ID), left, k)
	if err != nil {
		return nil, err
	}
	d := MessageData{MessageID: m.ID, Kind: m.Kind, Shown: shownOf(inOrder(left), since)}
	facts := []fact{{MessageWithdrawn, d}}
	before, last := statusBefore(events, m)
	if last && before != 0 && before != t.StatusID {
		facts = append(facts, moved(StatusChanged, t.StatusID, before))
	}
	return facts, nil
}

// unsaid leaves out what a reply and all replies withdrawn before it did: the
// messages, and the statuses they were sent with.
func unsaid(events []Event, message int64) []Event {
	gone := []int64{message}
	for _, e := range events {
		if e.Type == MessageWithdrawn {
			gone = append(gone, messageOf(e))
		}
	}
	var kept []Event
	var skipping *Event
	for _, e := range events {
		about := e.Type == MessageAdded || e.Type == MessageWithdrawn
		if about && slices.Contains(gone, messageOf(e)) {
			skipping = &e
			continue
		}
		if skipping != nil && brought(*skipping, e) {
			continue
		}
		skipping = nil
		kept = append(kept, e)
	}
	return kept
}

// brought says that an event came with the one that added or withdrew a message:
// the same somebody in the same moment.
func brought(message, e Event) bool {
	kind := e.Type == StatusChanged || e.Type == AssigneeChanged || e.Type == ApprovalSettled
	return kind && e.Actor.Kind == message.Actor.Kind && e.Actor.ID == message.Actor.ID && e.At.Equal(message.At)
}

// statusBefore answers the status a reply changed, 0 when it changed none, and
// whether nothing happened since.
func statusBefore(events []Event, m Message) (status int64, last bool) {
	start := slices.IndexFunc(events, func(e Event) bool { return e.Type == MessageAdded && messageOf(e) == m.ID })
	if start < 0 {
		return 0, false
	}
	for _, e := range events[start+1:] {
		if !brought(events[start], e) {
			return 0, false
		}
		if e.Type == StatusChanged && status == 0 {
			status = fromOf(e)
		}
	}
	return status, true
}

// fromOf answers the number before a change.
func fromOf(e Event) int64 {
	var from int64
	err := read(e, func(d ChangeData) error { from = number(d.From); return nil })
	if err != nil {
		return 0
	}
	return from
}

// stopSending has the rows on their way stopped, the message marked and its
// text put before what the author has typed since.
func (s *Service) stopSending(w *work, m *Message) {
	w.then(func(ctx context.Context) error {
		held, err := s.store.CancelOutgoing(ctx, m.ID)
		if err != nil {
			return fmt.Errorf("stop sending: %w", err)
		}
		if !held {
			return NewError(Blocked, "", "error.reply.left")
		}
		if err := s.store.UpdateMessage(ctx, *m); err != nil {
			return fmt.Errorf("mark message: %w", err)
		}
		return s.giveBack(ctx, w, *m)
	})
}

func (s *Service) giveBack(ctx context.Context, w *work, m Message) error {
	d, err := s.draft(ctx, m.TicketID, m.Author.ID)
	if err != nil {
		return err
	}
	d.Kind, d.UpdatedAt = m.Kind, w.at
	d.Body = strings.TrimSpace(m.Body + "\n\n" + d.Body)
	d.Files = append(slices.Clone(m.Files), d.Files...)
	return wrap("give draft back", s.store.PutDraft(ctx, d))
}
