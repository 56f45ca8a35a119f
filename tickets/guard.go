package tickets

import (
	"context"
	"fmt"
)

// guard refuses a message whose author has not seen what somebody else said
// since event seen, so that nobody answers past another.
func (s *Service) guard(ctx context.Context, by Actor, w *work, seen int64) error {
	if seen == 0 || seen >= w.was.LastSeq {
		return nil
	}
	events, err := s.store.TicketEvents(ctx, w.was.ID)
	if err != nil {
		return fmt.Errorf("load events: %w", err)
	}
	id := saidSince(events, seen, by)
	if id == 0 {
		return nil
	}
	m, err := s.store.Message(ctx, id)
	if err != nil {
		return fmt.Errorf("load newer message: %w", err)
	}
	return NewError(Conflict, "body", "error.reply.newer", "who", m.AuthorAs, "what", Snippet(m.Body))
}

// saidSince answers the last message somebody else added after seen and did not
// take back, 0 when there is none.
func saidSince(events []Event, seen int64, by Actor) int64 {
	var last []int64
	for _, e := range events {
		if e.Seq <= seen || (e.Actor.Kind == by.Kind && e.Actor.ID == by.ID) {
			continue
		}
		switch e.Type {
		case MessageAdded:
			last = append(last, messageOf(e))
		case TicketMerged, TicketUnsplit:
			last = append(last, broughtBy(e)...)
		case MessageWithdrawn:
			last = edited(last, nil, []int64{messageOf(e)})
		}
	}
	if len(last) == 0 {
		return 0
	}
	return last[len(last)-1]
}

// broughtBy answers the messages that came to a ticket with an event.
func broughtBy(e Event) []int64 {
	var ids []int64
	err := read(e, func(d MoveData) error {
		if !d.Left {
			ids = numbers(d.Messages)
		}
		return nil
	})
	if err != nil {
		return nil
	}
	return ids
}

// messageOf answers the message an event is about, 0 when it is about none.
func messageOf(e Event) int64 {
	var id int64
	err := read(e, func(d MessageData) error { id = d.MessageID; return nil })
	if err != nil {
		return 0
	}
	return id
}
