package store

import (
	"context"
	"errors"

	"okno/tickets"
	"okno/tickets/people"
)

// BegunForm implements web.BegunForms.
func (s *Store) BegunForm(ctx context.Context, owner, form string) (tickets.BegunForm, error) {
	var filling document[tickets.BegunForm]
	err := s.get(ctx, &filling, `SELECT filling FROM begun_forms WHERE owner = $1 AND form = $2 AND updated_at > $3`,
		owner, form, s.begunBefore(ctx))
	return filling.V, err
}

// BegunForms implements web.BegunForms.
func (s *Store) BegunForms(ctx context.Context, owner string) ([]string, error) {
	var found []string
	err := s.list(ctx, &found, `SELECT form FROM begun_forms WHERE owner = $1 AND updated_at > $2 ORDER BY form`,
		owner, s.begunBefore(ctx))
	return found, err
}

// ChangeBegunForm implements web.BegunForms.
func (s *Store) ChangeBegunForm(ctx context.Context, owner, form string, change func(tickets.BegunForm) (tickets.BegunForm, bool)) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		if err := s.engine.alone(ctx, s.tx(ctx).on, "begun form "+owner+" "+form); err != nil {
			return fault(err)
		}
		was, err := s.BegunForm(ctx, owner, form)
		if err != nil && !errors.Is(err, people.ErrMissing) {
			return err
		}
		now, stays := change(was)
		if !stays {
			_, err := s.execQuietly(ctx, `DELETE FROM begun_forms WHERE owner = $1 AND form = $2`, owner, form)
			return err
		}
		return s.putBegunForm(ctx, owner, form, now)
	})
}

// putBegunForm keeps a form and forgets what is too old or too much.
func (s *Store) putBegunForm(ctx context.Context, owner, form string, b tickets.BegunForm) error {
	_, err := s.execQuietly(ctx, `INSERT INTO begun_forms (owner, form, filling, updated_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (owner, form) DO UPDATE SET filling = excluded.filling, updated_at = excluded.updated_at`,
		owner, form, asJSON(b), ms(s.Now(ctx)))
	if err != nil {
		return err
	}
	if _, err := s.execQuietly(ctx, `DELETE FROM begun_forms WHERE updated_at <= $1`, s.begunBefore(ctx)); err != nil {
		return err
	}
	_, err = s.execQuietly(ctx, `DELETE FROM begun_forms WHERE owner = $1 AND form NOT IN
		(SELECT form FROM begun_forms WHERE owner = $1 ORDER BY updated_at DESC, form `+most(2)+`)`, owner, tickets.MostBegunForms)
	return err
}

// MoveBegunForms implements web.BegunForms.
func (s *Store) MoveBegunForms(ctx context.Context, from, to string) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		_, err := s.execQuietly(ctx, `DELETE FROM begun_forms WHERE owner = $2 AND form IN
			(SELECT form FROM begun_forms WHERE owner = $1)`, from, to)
		if err != nil {
			return err
		}
		_, err = s.execQuietly(ctx, `UPDATE begun_forms SET owner = $2 WHERE owner = $1`, from, to)
		return err
	})
}

// begunBefore is the time before which nobody goes on with a form.
func (s *Store) begunBefore(ctx context.Context) int64 {
	return ms(s.Now(ctx).Add(-tickets.BegunFormLasts))
}
