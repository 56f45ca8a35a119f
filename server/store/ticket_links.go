package store

import (
	"context"

	"okno/tickets"
)

// PutTicketLink implements tickets.LinkStore.
func (s *Store) PutTicketLink(ctx context.Context, ticket, other int64, kind tickets.LinkKind) (bool, error) {
	n, err := s.exec(ctx, `INSERT INTO ticket_links (ticket_id, other_id, kind) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		ticket, other, string(kind))
	return n > 0, err
}

// DeleteTicketLink implements tickets.LinkStore.
func (s *Store) DeleteTicketLink(ctx context.Context, ticket, other int64, kind tickets.LinkKind) (bool, error) {
	n, err := s.exec(ctx, `DELETE FROM ticket_links WHERE ticket_id = $1 AND other_id = $2 AND kind = $3`,
		ticket, other, string(kind))
	return n > 0, err
}

// linksOf reads the links of a ticket from both ends.
const linksOf = `SELECT ` + ticketColumns + `, l.kind, l.ticket_id = $1 AS outgoing FROM
	(SELECT ticket_id, other_id, kind FROM ticket_links WHERE ticket_id = $1
	UNION ALL SELECT ticket_id, other_id, kind FROM ticket_links WHERE other_id = $1) l
	JOIN tickets t ON t.id = CASE WHEN l.ticket_id = $1 THEN l.other_id ELSE l.ticket_id END
	ORDER BY l.kind, t.number`

// TicketLinks implements tickets.LinkStore.
func (s *Store) TicketLinks(ctx context.Context, ticket int64) ([]tickets.TicketLink, error) {
	var rows []struct {
		ticketRow
		Kind     string
		Outgoing bool
	}
	err := s.list(ctx, &rows, linksOf, ticket)
	found := make([]tickets.TicketLink, len(rows))
	for i, r := range rows {
		found[i] = tickets.TicketLink{Kind: tickets.LinkKind(r.Kind), Ticket: r.ticket(), Outgoing: r.Outgoing}
	}
	return found, err
}
