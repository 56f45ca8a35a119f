package store

import (
	"context"

	"okno/tickets"
)

// MessageByRef implements tickets.RefStore.
func (s *Store) MessageByRef(ctx context.Context, network, id string) (tickets.Message, error) {
	var r messageRow
	err := s.get(ctx, &r, `SELECT `+messageColumns+` FROM refs r JOIN messages m ON m.id = r.message_id
		WHERE r.network = $1 AND r.ref = $2`, network, key(id))
	return r.message(), err
}

// PutRef implements tickets.RefStore.
func (s *Store) PutRef(ctx context.Context, network, id string, message int64) error {
	_, err := s.exec(ctx, `INSERT INTO refs (network, ref, message_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		network, key(id), message)
	return err
}

// Refs implements tickets.RefStore.
func (s *Store) Refs(ctx context.Context, network string, ticket int64) ([]tickets.Ref, error) {
	var rows []struct {
		Ref        string
		MessageID  int64  `db:"message_id"`
		AuthorKind string `db:"author_kind"`
	}
	err := s.list(ctx, &rows, `SELECT r.ref, r.message_id, m.author_kind FROM messages m JOIN refs r ON r.message_id = m.id
		WHERE m.ticket_id = $1 AND m.kind = $2 AND r.network = $3 ORDER BY m.added_at, m.seq, m.id, r.ref`,
		ticket, string(tickets.Reply), network)
	found := make([]tickets.Ref, len(rows))
	for i, r := range rows {
		found[i] = tickets.Ref{ID: r.Ref, MessageID: r.MessageID, Incoming: r.AuthorKind == string(tickets.ByPerson)}
	}
	return found, err
}

// TicketByNotice implements tickets.RefStore.
func (s *Store) TicketByNotice(ctx context.Context, network, id string) (tickets.Ticket, error) {
	var r ticketRow
	err := s.get(ctx, &r, `SELECT `+ticketColumns+` FROM notice_refs r JOIN tickets t ON t.id = r.ticket_id
		WHERE r.network = $1 AND r.ref = $2`, network, key(id))
	return r.ticket(), err
}

// PutNoticeRef implements tickets.RefStore.
func (s *Store) PutNoticeRef(ctx context.Context, network, id string, ticket int64) error {
	_, err := s.exec(ctx, `INSERT INTO notice_refs (network, ref, ticket_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		network, key(id), ticket)
	return err
}

// Once implements tickets.OutgoingStore.
func (s *Store) Once(ctx context.Context, form string, message int64) (earlier int64, err error) {
	err = s.InTx(ctx, func(ctx context.Context) error {
		n, err := s.execQuietly(ctx, `INSERT INTO once (key, message_id, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
			key(form), message, ms(s.Now(ctx)))
		if err != nil || n > 0 {
			return err
		}
		return s.get(ctx, &earlier, `SELECT message_id FROM once WHERE key = $1`, key(form))
	})
	return earlier, err
}
