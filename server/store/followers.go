package store

import (
	"context"
	"slices"

	"okno/tickets"
)

// putFollowers keeps by person which tickets they follow. The list in the
// ticket's row stays the truth; this is how a person's tickets are found.
func (s *Store) putFollowers(ctx context.Context, ticket int64, followers []int64) error {
	if _, err := s.exec(ctx, `DELETE FROM ticket_followers WHERE ticket_id = $1`, ticket); err != nil {
		return err
	}
	return s.insertFollowers(ctx, ticket, followers)
}

func (s *Store) insertFollowers(ctx context.Context, ticket int64, followers []int64) error {
	for _, person := range followers {
		_, err := s.exec(ctx, `INSERT INTO ticket_followers (person_id, ticket_id) VALUES ($1, $2) ON CONFLICT DO NOTHING`, person, ticket)
		if err != nil {
			return err
		}
	}
	return nil
}

// changeFollowers is putFollowers for a row that may follow nobody new. Where the
// row before is not known, it counts as changed.
func (s *Store) changeFollowers(ctx context.Context, was tickets.Ticket, known bool, t tickets.Ticket) error {
	if known && slices.Equal(was.Followers, t.Followers) {
		return nil
	}
	return s.putFollowers(ctx, t.ID, t.Followers)
}

// ofFollower reads the tickets a person follows, the latest first.
const ofFollower = `SELECT ` + ticketColumns + ` FROM ticket_followers f JOIN tickets t ON t.id = f.ticket_id
	WHERE f.person_id = $1 AND NOT t.gone ORDER BY f.ticket_id DESC LIMIT $2`

// OfFollower implements tickets.ViewStore.
func (s *Store) OfFollower(ctx context.Context, person int64, limit int) ([]tickets.Ticket, error) {
	var rows []ticketRow
	err := s.list(ctx, &rows, ofFollower, person, limit)
	found := make([]tickets.Ticket, len(rows))
	for i, r := range rows {
		found[i] = r.ticket()
	}
	return found, err
}
