package tickets

import (
	"context"
	"fmt"
)

// Reply adds a public answer of an agent; it leaves after the undo window. It
// opens a new ticket and takes one that is nobody's.
func (s *Service) Reply(ctx context.Context, by Actor, ticket int64, n NewMessage) (Message, error) {
	return s.speak(ctx, by, ticket, Reply, n)
}

// Note adds a private note and tells the agents it mentions.
func (s *Service) Note(ctx context.Context, by Actor, ticket int64, n NewMessage) (Message, error) {
	return s.speak(ctx, by, ticket, Note, n)
}

// speak adds a message of an agent and ends their draft.
func (s *Service) speak(ctx context.Context, by Actor, ticket int64, kind MessageKind, n NewMessage) (Message, error) {
	if err := onlyAgents(by); err != nil {
		return Message{}, err
	}
	if err := checkBody(n.Body, n.Files); err != nil {
		return Message{}, err
	}
	var m Message
	fresh := s.store.NewID()
	_, err := s.edit(ctx, ticket, func(ctx context.Context, w *work) (err error) {
		if m, err = s.earlier(ctx, n.Once, fresh); err != nil || m.ID != 0 {
			return err
		}
		m, err = s.spoken(ctx, by, w, kind, n)
		m.ID = fresh
		if err != nil {
			return err
		}
		return s.add(ctx, by, w, &m, n)
	})
	if err != nil {
		return Message{}, err
	}
	return m, nil
}

// spoken checks what an agent typed against the ticket and makes the message.
func (s *Service) spoken(ctx context.Context, by Actor, w *work, kind MessageKind, n NewMessage) (Message, error) {
	if err := s.workable(ctx, by, w.was); err != nil {
		return Message{}, err
	}
	if err := s.guard(ctx, by, w, n.SeenSeq); err != nil {
		return Message{}, err
	}
	if n.Then != 0 && !w.list.has(n.Then) {
		return Message{}, NewError(Invalid, "status", "error.status.unknown")
	}
	return s.outgoing(ctx, by, w, kind, n)
}

// add records an agent's message and has it written.
func (s *Service) add(ctx context.Context, by Actor, w *work, m *Message, n NewMessage) error {
	mentions, err := s.mentioned(ctx, by, m.Kind, n.Mentions)
	if err != nil {
		return err
	}
	if err := w.say(by, m, mentions, answering(w.was, w.list, by, m.Kind, n.Then)...); err != nil {
		return err
	}
	if err := s.filled(ctx, by, w); err != nil {
		return err
	}
	s.keepMessage(w, m)
	s.keepMentions(w, m, mentions)
	w.then(func(ctx context.Context) error {
		if err := s.store.DeleteDraft(ctx, m.TicketID, by.ID); err != nil {
			return fmt.Errorf("end draft: %w", err)
		}
		return nil
	})
	return nil
}

// answering decides what an agent's message brings about: the status chosen
// with it, or an opened ticket, and an assignee where there was none.
func answering(t Ticket, list statuses, by Actor, kind MessageKind, then int64) []fact {
	var facts []fact
	if kind == Reply && then == 0 && t.Category == New {
		then = list.first(Open)
	}
	if then != 0 && then != t.StatusID {
		facts = append(facts, moved(StatusChanged, t.StatusID, then))
	}
	if kind == Reply && t.AssigneeID == 0 {
		facts = append(facts, moved(AssigneeChanged, 0, by.ID))
	}
	return facts
}

// moved is the change of a number.
func moved[N ~int | ~int64](kind EventType, from, to N) fact {
	return fact{kind, ChangeData{From: textOf(from), To: textOf(to)}}
}

// keepMentions has the mentions of a note written and counted.
func (s *Service) keepMentions(w *work, m *Message, agents []int64) {
	for _, id := range agents {
		w.then(func(ctx context.Context) error {
			if err := s.store.PutMention(ctx, Mention{TicketID: m.TicketID, AgentID: id, MessageID: m.ID, At: m.CreatedAt}); err != nil {
				return fmt.Errorf("put mention: %w", err)
			}
			return s.store.AddCounts(ctx, map[string]int{CountKey(ViewMentions, id): 1})
		})
	}
}
