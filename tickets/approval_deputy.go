package tickets

import (
	"context"
	"errors"
	"fmt"
	"time"

	"okno/tickets/people"
)

// longestChain is how many deputies in a row are looked for.
const longestChain = 10

// standIn answers who answers for a person at a time, through deputies who are
// away themselves; 0 when the person does, since they are there, their deputies
// are away in a circle, or it would be whoever asks for the ticket.
func (s *Service) standIn(ctx context.Context, t Ticket, person int64, at time.Time) (int64, error) {
	last := person
	for range longestChain {
		d, away, err := s.Deputy(ctx, last)
		switch {
		case err != nil:
			return 0, err
		case away && d.Away(at):
			last = d.DeputyID
		case last == person || last == t.RequesterID:
			return 0, nil
		default:
			return last, nil
		}
	}
	return 0, nil
}

// Deputy answers who answers for a person while they are away; false when they
// named nobody.
func (s *Service) Deputy(ctx context.Context, person int64) (Deputy, bool, error) {
	d, err := s.store.Deputy(ctx, person)
	if errors.Is(err, people.ErrMissing) {
		return Deputy{}, false, nil
	}
	return d, err == nil, wrap("load deputy", err)
}

// SetDeputy has another answer for a person from one time until another, before
// which they are back; a deputy of 0 ends that. People say so for themselves,
// administrators for everybody. What waits for the person goes on to the deputy
// at once when they are away already, else at the first reminder.
func (s *Service) SetDeputy(ctx context.Context, by Actor, person, deputy int64, from, until time.Time) error {
	if err := s.maySpeakFor(ctx, by, person); err != nil {
		return err
	}
	if deputy == 0 {
		return wrap("end deputy", s.store.DeleteDeputy(ctx, person))
	}
	now := s.store.Now(ctx)
	if err := s.checkDeputy(ctx, person, deputy, from, until); err != nil {
		return err
	}
	d := Deputy{PersonID: person, DeputyID: deputy, From: from, Until: until}
	if err := s.store.PutDeputy(ctx, d); err != nil {
		return fmt.Errorf("keep deputy: %w", err)
	}
	if !d.Away(now) {
		return nil
	}
	return s.handOver(ctx, person)
}

func (s *Service) checkDeputy(ctx context.Context, person, deputy int64, from, until time.Time) error {
	switch now := s.store.Now(ctx); {
	case deputy == person:
		return NewError(Invalid, "deputy", "error.deputy.self")
	case !until.After(from):
		return NewError(Invalid, "until", "error.deputy.order")
	case !until.After(now):
		return NewError(Invalid, "until", "error.deputy.past")
	}
	p, err := s.store.Person(ctx, deputy)
	if err == nil && p.Blocked {
		return NewError(Invalid, "deputy", "error.deputy.unknown")
	}
	return unknown(err, "deputy", "error.deputy.unknown")
}

// maySpeakFor lets people speak for themselves and administrators for everybody.
func (s *Service) maySpeakFor(ctx context.Context, by Actor, person int64) error {
	if onlyAdministrators(by) == nil {
		return nil
	}
	own, err := s.personOf(ctx, by)
	if err == nil && own != person {
		return NewError(Denied, "", "error.deputy.foreign")
	}
	return err
}

// personOf answers the person an actor is.
func (s *Service) personOf(ctx context.Context, by Actor) (int64, error) {
	switch by.Kind {
	case ByPerson:
		return by.ID, nil
	case ByAgent:
		a, err := s.store.Agent(ctx, by.ID)
		return a.PersonID, missing(err, "error.denied.agents")
	}
	return 0, nil
}

// handOver passes on what waits for a person who is away.
func (s *Service) handOver(ctx context.Context, person int64) error {
	list, err := s.store.ApprovalsOf(ctx, person)
	if err != nil {
		return fmt.Errorf("load approvals: %w", err)
	}
	for _, a := range list {
		_, err := s.edit(ctx, a.TicketID, func(ctx context.Context, w *work) error {
			r, err := s.round(ctx, w)
			if err != nil || !r.open() {
				return err
			}
			return s.passAway(ctx, w, r)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// passAway passes on the questions of a round whose people are away by now.
func (s *Service) passAway(ctx context.Context, w *work, r *round) error {
	for _, a := range r.waiting() {
		deputy, err := s.standIn(ctx, w.now, a.PersonID, w.at)
		if err != nil {
			return err
		}
		if a.PersonID == 0 || deputy == 0 {
			continue
		}
		if err := s.passOn(w, r, a, deputy); err != nil {
			return err
		}
	}
	return nil
}
