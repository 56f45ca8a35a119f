package tickets

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"
)

// EditIncoming gives what a person wrote its new text and keeps the old one. The
// message is named by its id on the network; in.At is when it was changed. A
// change never reopens a ticket. A text that is the same already changes
// nothing, and one older than the present one only joins those kept.
func (s *Service) EditIncoming(ctx context.Context, network, ref string, in Incoming) error {
	return s.amend(ctx, network, ref, in.PersonID, func(_ context.Context, w *work, m *Message) error {
		if sameWords(*m, in) || m.Markdown { // what a form made is changed by no message
			return nil
		}
		at := written(in.At, w.at)
		if at.Before(m.EditedAt) {
			s.keepVersion(w, late(*m, in, at))
			return nil
		}
		s.keepVersion(w, present(*m))
		m.Body, m.Quoted, m.HTML, m.Files = in.Body, in.Quoted, in.HTML, in.Files
		m.Warnings, m.EditedAt = in.Warnings, at
		return w.reword(MessageEdited, m, EditData{Version: len(m.Earlier) + 2})
	})
}

// RemoveIncoming marks what a person wrote as taken back. Agents can still read
// it: they may have acted on it.
func (s *Service) RemoveIncoming(ctx context.Context, network, ref string, person int64) error {
	return s.amend(ctx, network, ref, person, func(_ context.Context, w *work, m *Message) error {
		if !m.RemovedAt.IsZero() {
			return nil
		}
		m.RemovedAt = w.at
		return w.record(m.Author, fact{MessageRemoved, MessageData{MessageID: m.ID, Kind: m.Kind}})
	})
}

// AppendFiles adds what came later of one album to its first message, which ref
// names: files, and the words under them. in.Ref becomes one more name of it.
func (s *Service) AppendFiles(ctx context.Context, network, ref string, in Incoming) error {
	return s.amend(ctx, network, ref, in.PersonID, func(_ context.Context, w *work, m *Message) error {
		m.Files = append(slices.Clone(m.Files), in.Files...)
		m.Warnings = append(slices.Clone(m.Warnings), in.Warnings...)
		if in.Body != "" && m.Body != "" {
			m.Body += "\n\n"
		}
		m.Body += in.Body
		s.keepRef(w, in, m.ID)
		return w.reword(MessageExtended, m, EditData{Files: len(in.Files)})
	})
}

// React records the emoji a person put on any message, "" when they took it off.
func (s *Service) React(ctx context.Context, network, ref string, person int64, emoji string) error {
	m, err := s.store.MessageByRef(ctx, network, ref)
	if err != nil {
		return missing(err, "error.message.missing")
	}
	return s.editMessage(ctx, m.ID, func(_ context.Context, w *work, m *Message) error {
		return w.record(AsPerson(person), fact{MessageReacted, ReactionData{MessageID: m.ID, Emoji: emoji}})
	})
}

// amend changes a message of a person by decide and writes it where that made
// an event. Nobody changes what others wrote.
func (s *Service) amend(ctx context.Context, network, ref string, person int64, decide func(context.Context, *work, *Message) error) error {
	m, err := s.store.MessageByRef(ctx, network, ref)
	if err != nil {
		return missing(err, "error.message.missing")
	}
	return s.editMessage(ctx, m.ID, func(ctx context.Context, w *work, m *Message) error {
		if m.Author != AsPerson(person) {
			return NewError(Missing, "", "error.message.missing")
		}
		if err := s.know(ctx, w); err != nil {
			return err
		}
		if err := decide(ctx, w, m); err != nil || len(w.events) == 0 {
			return err
		}
		w.then(func(ctx context.Context) error {
			return wrap("rewrite message", s.store.RewriteMessage(ctx, *m))
		})
		return nil
	})
}

// reword records that a message has other words or files.
func (w *work) reword(kind EventType, m *Message, d EditData) error {
	d.MessageID, d.Last = m.ID, w.last() == m.ID
	w.known.Messages[m.ID] = *m
	return w.record(m.Author, fact{kind, d})
}

// last answers the message whose words the list shows.
func (w *work) last() int64 {
	var id int64
	for _, m := range inOrder(slices.Collect(maps.Values(w.known.Messages))) {
		if m.Delivery.State != DeliveryWithdrawn {
			id = m.ID
		}
	}
	return id
}

func (s *Service) keepVersion(w *work, v Version) {
	w.then(func(ctx context.Context) error {
		if err := s.store.PutVersion(ctx, v); err != nil {
			return fmt.Errorf("keep version: %w", err)
		}
		return nil
	})
}

// present is the text a message has now, to be kept.
func present(m Message) Version {
	at := m.EditedAt
	if at.IsZero() {
		at = m.CreatedAt
	}
	return Version{
		MessageID: m.ID, Number: len(m.Earlier) + 1, Body: m.Body, Quoted: m.Quoted, HTML: m.HTML, Files: m.Files, At: at,
	}
}

// late is a text that was overtaken by a newer one on its way.
func late(m Message, in Incoming, at time.Time) Version {
	return Version{
		MessageID: m.ID, Number: len(m.Earlier) + 1, Body: in.Body, Quoted: in.Quoted, HTML: in.HTML, Files: in.Files, At: at,
	}
}

// sameWords says that an edit changes nothing people see.
func sameWords(m Message, in Incoming) bool {
	same := slices.EqualFunc(m.Files, in.Files, func(a, b File) bool { return a.Blob == b.Blob })
	return same && m.Body == in.Body && m.Quoted == in.Quoted
}
