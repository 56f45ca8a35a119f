package store

import (
	"context"

	"okno/tickets"
)

// MoveMessages implements tickets.MessageStore. A message that is no longer in
// from makes the whole move tickets.ErrStale.
func (s *Store) MoveMessages(ctx context.Context, from, to int64, messages []int64) error {
	if len(messages) == 0 {
		return nil
	}
	return s.InTx(ctx, func(ctx context.Context) error {
		n, err := s.execIn(ctx, `UPDATE messages SET ticket_id = ? WHERE ticket_id = ? AND id IN (?)`, to, from, messages)
		if err != nil {
			return err
		}
		if int(n) != len(messages) {
			return tickets.ErrStale
		}
		return s.moveMentions(ctx, from, to, messages)
	})
}

// moveMentions lets the mentions follow their notes and marks the newest of each
// agent in both tickets anew.
func (s *Store) moveMentions(ctx context.Context, from, to int64, messages []int64) error {
	n, err := s.execIn(ctx, `UPDATE mentions SET ticket_id = ? WHERE ticket_id = ? AND message_id IN (?)`, to, from, messages)
	if err != nil || n == 0 {
		return err
	}
	_, err = s.exec(ctx, `UPDATE mentions SET latest = NOT EXISTS (SELECT 1 FROM mentions o WHERE o.ticket_id = mentions.ticket_id
		AND o.agent_id = mentions.agent_id AND (o.at, o.message_id) > (mentions.at, mentions.message_id))
		WHERE ticket_id = $1 OR ticket_id = $2`, from, to)
	return err
}

// UnseenMentions implements tickets.MarkStore.
func (s *Store) UnseenMentions(ctx context.Context, ticket int64) (map[int64]int, error) {
	var rows []struct {
		AgentID int64 `db:"agent_id"`
		N       int
	}
	err := s.list(ctx, &rows, `SELECT agent_id, COUNT(*) AS n FROM mentions WHERE ticket_id = $1 AND NOT seen GROUP BY agent_id`, ticket)
	found := map[int64]int{}
	for _, r := range rows {
		found[r.AgentID] = r.N
	}
	return found, err
}
