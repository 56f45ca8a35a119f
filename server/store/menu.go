package store

import (
	"context"
	"errors"

	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// Menu implements tickets.MenuStore.
func (s *Store) Menu(ctx context.Context) (forms.Menu, error) {
	var r struct {
		Version int64
		Body    document[forms.Menu]
	}
	err := s.get(ctx, &r, `SELECT version, body FROM menu WHERE id = 1`)
	if errors.Is(err, people.ErrMissing) {
		return forms.Menu{}, nil
	}
	m := r.Body.V
	m.Version = r.Version
	return m, err
}

// PutMenu implements tickets.MenuStore.
func (s *Store) PutMenu(ctx context.Context, m forms.Menu) error {
	return s.recatalogue(ctx, func(ctx context.Context) error {
		if m.Version == 0 {
			return orStale(s.exec(ctx, `INSERT INTO menu (id, version, body) VALUES (1, 1, $1) ON CONFLICT DO NOTHING`, asJSON(m)))
		}
		return orStale(s.exec(ctx, `UPDATE menu SET version = version + 1, body = $2 WHERE id = 1 AND version = $1`,
			m.Version, asJSON(m)))
	})
}

type referenceRow struct {
	Key     string
	Version int64
	Name    document[forms.Text]
	Entries document[[]fields.Option]
}

// Lists implements tickets.ReferenceStore.
func (s *Store) Lists(ctx context.Context) ([]forms.List, error) {
	var rows []referenceRow
	err := s.list(ctx, &rows, `SELECT key, version, name, entries FROM reference_lists ORDER BY key`)
	found := make([]forms.List, len(rows))
	for i, r := range rows {
		found[i] = forms.List{Key: r.Key, Version: r.Version, Name: r.Name.V, Entries: r.Entries.V}
	}
	return found, err
}

// PutList implements tickets.ReferenceStore.
func (s *Store) PutList(ctx context.Context, l forms.List) error {
	return s.recatalogue(ctx, func(ctx context.Context) error {
		if l.Version == 0 {
			return orStale(s.exec(ctx, `INSERT INTO reference_lists (key, version, name, entries) VALUES ($1, 1, $2, $3)
				ON CONFLICT DO NOTHING`, l.Key, asJSON(l.Name), asJSON(l.Entries)))
		}
		return orStale(s.exec(ctx, `UPDATE reference_lists SET version = version + 1, name = $3, entries = $4
			WHERE key = $1 AND version = $2`, l.Key, l.Version, asJSON(l.Name), asJSON(l.Entries)))
	})
}

// DeleteList implements tickets.ReferenceStore.
func (s *Store) DeleteList(ctx context.Context, key string) error {
	return s.recatalogue(ctx, func(ctx context.Context) error {
		return orMissing(s.exec(ctx, `DELETE FROM reference_lists WHERE key = $1`, key))
	})
}
