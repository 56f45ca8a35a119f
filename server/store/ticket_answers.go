package store

import (
	"context"

	"okno/tickets"
	"okno/tickets/forms"
)

// InsertAnswers implements tickets.AnswerStore.
func (s *Store) InsertAnswers(ctx context.Context, f tickets.Filled) error {
	_, err := s.exec(ctx, `INSERT INTO ticket_answers (ticket_id, type_id, version, answers, files) VALUES ($1, $2, $3, $4, $5)`,
		f.TicketID, f.Type, f.Version, asJSON(f.Answers), asJSON(f.Files))
	return err
}

// Answers implements tickets.AnswerStore.
func (s *Store) Answers(ctx context.Context, ticket int64) (tickets.Filled, error) {
	var r struct {
		TypeID  int64 `db:"type_id"`
		Version int
		Answers document[forms.Answers]
		Files   document[map[string][]tickets.File]
	}
	err := s.get(ctx, &r, `SELECT type_id, version, answers, files FROM ticket_answers WHERE ticket_id = $1`, ticket)
	return tickets.Filled{TicketID: ticket, Type: r.TypeID, Version: r.Version, Answers: r.Answers.V, Files: r.Files.V}, err
}

// PutRating implements tickets.RatingStore.
func (s *Store) PutRating(ctx context.Context, r tickets.Rating) error {
	_, err := s.exec(ctx, `INSERT INTO ratings (ticket_id, person_id, stars, comment, given_at, changed_at)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (ticket_id) DO UPDATE SET person_id = excluded.person_id,
		stars = excluded.stars, comment = excluded.comment, given_at = excluded.given_at, changed_at = excluded.changed_at`,
		r.TicketID, r.PersonID, r.Stars, r.Comment, ms(r.At), ms(r.ChangedAt))
	return err
}

// Rating implements tickets.RatingStore.
func (s *Store) Rating(ctx context.Context, ticket int64) (tickets.Rating, error) {
	var r struct {
		PersonID  int64 `db:"person_id"`
		Stars     int
		Comment   string
		GivenAt   int64 `db:"given_at"`
		ChangedAt int64 `db:"changed_at"`
	}
	err := s.get(ctx, &r, `SELECT person_id, stars, comment, given_at, changed_at FROM ratings WHERE ticket_id = $1`, ticket)
	return tickets.Rating{TicketID: ticket, PersonID: r.PersonID, Stars: r.Stars, Comment: r.Comment,
		At: at(r.GivenAt), ChangedAt: at(r.ChangedAt)}, err
}
