package store

import (
	"context"
	"errors"

	"okno/tickets"
	"okno/tickets/people"
)

// MarkRead implements tickets.MarkStore.
func (s *Store) MarkRead(ctx context.Context, ticket, agent, seq int64) error {
	_, err := s.execQuietly(ctx, `INSERT INTO read_marks (ticket_id, agent_id, seq) VALUES ($1, $2, $3)
		ON CONFLICT (ticket_id, agent_id) DO UPDATE SET seq = excluded.seq WHERE read_marks.seq < excluded.seq`, ticket, agent, seq)
	return err
}

// ReadSeq implements tickets.MarkStore; 0 when the agent has seen nothing.
func (s *Store) ReadSeq(ctx context.Context, ticket, agent int64) (int64, error) {
	var seq int64
	err := s.get(ctx, &seq, `SELECT seq FROM read_marks WHERE ticket_id = $1 AND agent_id = $2`, ticket, agent)
	if errors.Is(err, people.ErrMissing) {
		return 0, nil
	}
	return seq, err
}

// PutMention implements tickets.MarkStore; putting it again changes nothing.
func (s *Store) PutMention(ctx context.Context, m tickets.Mention) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		n, err := s.exec(ctx, `INSERT INTO mentions (agent_id, ticket_id, message_id, at, seen, latest)
			VALUES ($1, $2, $3, $4, FALSE, TRUE) ON CONFLICT DO NOTHING`, m.AgentID, m.TicketID, m.MessageID, ms(m.At))
		if err != nil || n == 0 {
			return err
		}
		_, err = s.exec(ctx, `UPDATE mentions SET latest = FALSE
			WHERE agent_id = $1 AND ticket_id = $2 AND message_id <> $3 AND latest`, m.AgentID, m.TicketID, m.MessageID)
		return err
	})
}

// SeeMentions implements tickets.MarkStore.
func (s *Store) SeeMentions(ctx context.Context, ticket, agent int64) (int, error) {
	n, err := s.exec(ctx, `UPDATE mentions SET seen = TRUE WHERE agent_id = $1 AND ticket_id = $2 AND NOT seen`, agent, ticket)
	return int(n), err
}
