package tickets

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"okno/tickets/people"
)

// RatingChangeable is how long a rating can be changed after it was given.
const RatingChangeable = 24 * time.Hour

// Most of a rating.
const (
	mostStars      = 5
	longestOpinion = 2000
)

// Rating is what the requester thought of the work on a ticket.
type Rating struct {
	TicketID  int64
	PersonID  int64
	Stars     int // 1 to 5
	Comment   string
	At        time.Time // when it was given first since the ticket was closed
	ChangedAt time.Time // when it was changed last
}

// Rateable says whether a rating of a ticket may be given or changed at a time:
// once after each closing, and for a day after that.
func Rateable(t Ticket, r Rating, at time.Time) bool {
	switch {
	case t.Category.Active() || t.Gone() || t.Spam:
		return false
	case r.Stars == 0 || r.At.Before(t.SolvedAt):
		return true
	}
	return at.Sub(r.At) < RatingChangeable
}

// Rate keeps what the requester thought of the work. Stars 0 and an empty comment
// leave what was given before.
func (s *Service) Rate(ctx context.Context, by Actor, ticket int64, stars int, comment string) error {
	comment = strings.TrimSpace(comment)
	_, err := s.edit(ctx, ticket, func(ctx context.Context, w *work) error {
		if err := s.onlyRequester(ctx, by, w.was); err != nil {
			return err
		}
		r, _, err := s.Rating(ctx, ticket)
		if err != nil {
			return err
		}
		if err := checkRating(w, r, stars, comment); err != nil {
			return err
		}
		return s.rate(w, by, rated(w, r, by, stars, comment))
	})
	return err
}

// onlyRequester refuses everybody but who asked, and work on a ticket that is
// gone.
func (s *Service) onlyRequester(ctx context.Context, by Actor, t Ticket) error {
	if by.Kind != ByPerson || by.ID != t.RequesterID {
		return NewError(Missing, "", "error.ticket.missing")
	}
	return s.workable(ctx, by, t)
}

func checkRating(w *work, r Rating, stars int, comment string) error {
	switch {
	case w.was.Category.Active() || w.was.Spam:
		return NewError(Blocked, "stars", "error.rating.open")
	case !Rateable(w.was, r, w.at):
		return NewError(Blocked, "stars", "error.rating.late")
	case stars < 0 || stars > mostStars || stars == 0 && r.Stars == 0:
		return NewError(Invalid, "stars", "error.rating.stars")
	case utf8.RuneCountInString(comment) > longestOpinion:
		return NewError(Invalid, "comment", "error.body.long", "most", textOf(longestOpinion))
	}
	return nil
}

// rated is the rating as it is from now on. One that was given before the ticket
// was last closed begins anew.
func rated(w *work, was Rating, by Actor, stars int, comment string) Rating {
	r := Rating{TicketID: w.was.ID, PersonID: by.ID, Stars: cmp.Or(stars, was.Stars), Comment: comment, At: w.at, ChangedAt: w.at}
	if !was.At.Before(w.was.SolvedAt) {
		r.At, r.Comment = was.At, cmp.Or(comment, was.Comment)
	}
	return r
}

// rate records a rating and has it written.
func (s *Service) rate(w *work, by Actor, r Rating) error {
	w.then(func(ctx context.Context) error { return wrap("keep rating", s.store.PutRating(ctx, r)) })
	return w.record(by, fact{TicketRated, RatingData{Stars: r.Stars, Comment: r.Comment, Was: w.was.Rating}})
}

// Rating answers the rating of a ticket; false when it has none.
func (s *Service) Rating(ctx context.Context, ticket int64) (Rating, bool, error) {
	r, err := s.store.Rating(ctx, ticket)
	if errors.Is(err, people.ErrMissing) {
		return Rating{}, false, nil
	}
	return r, err == nil, wrap("load rating", err)
}

// Reopen opens a ticket again whose requester is not satisfied; they wait from
// now on. One that is open already stays as it is.
func (s *Service) Reopen(ctx context.Context, by Actor, ticket int64) error {
	_, err := s.edit(ctx, ticket, func(ctx context.Context, w *work) error {
		if err := s.onlyRequester(ctx, by, w.was); err != nil {
			return err
		}
		open := w.list.first(Open)
		if w.was.Category.Active() || open == 0 {
			return nil
		}
		return w.record(by, moved(StatusChanged, w.was.StatusID, open), fact{TicketReopened, ReopenedData{}})
	})
	return err
}
