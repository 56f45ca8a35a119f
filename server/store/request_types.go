package store

import (
	"context"
	"errors"

	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

type requestTypeRow struct {
	ID       int64
	Key      string
	Draft    document[forms.RequestType]
	TeamID   int64 `db:"team_id"`
	Revision int64
	Version  int
	Changed  bool
	Position int
	Archived bool
}

const requestTypeColumns = `id, key, draft, team_id, revision, version, changed, position, archived`

func (r requestTypeRow) draft() tickets.RequestDraft {
	t := r.Draft.V
	t.ID, t.Key, t.TeamID, t.Position, t.Archived = r.ID, r.Key, r.TeamID, r.Position, r.Archived
	return tickets.RequestDraft{Type: t, Revision: r.Revision, Published: r.Version, Changed: r.Changed}
}

// RequestDrafts implements tickets.RequestTypeStore.
func (s *Store) RequestDrafts(ctx context.Context) ([]tickets.RequestDraft, error) {
	var rows []requestTypeRow
	err := s.list(ctx, &rows, `SELECT `+requestTypeColumns+` FROM request_types ORDER BY position, id`)
	found := make([]tickets.RequestDraft, len(rows))
	for i, r := range rows {
		found[i] = r.draft()
	}
	return found, err
}

// RequestDraft implements tickets.RequestTypeStore.
func (s *Store) RequestDraft(ctx context.Context, id int64) (tickets.RequestDraft, error) {
	var r requestTypeRow
	err := s.get(ctx, &r, `SELECT `+requestTypeColumns+` FROM request_types WHERE id = $1`, id)
	return r.draft(), err
}

// InsertRequestType implements tickets.RequestTypeStore.
func (s *Store) InsertRequestType(ctx context.Context, d tickets.RequestDraft) error {
	t := d.Type
	return s.recatalogue(ctx, func(ctx context.Context) error {
		return orTaken(s.exec(ctx, `INSERT INTO request_types (`+requestTypeColumns+`)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
			t.ID, t.Key, asJSON(t), t.TeamID, d.Revision, d.Published, d.Changed, t.Position, t.Archived))
	})
}

// UpdateRequestType implements tickets.RequestTypeStore.
func (s *Store) UpdateRequestType(ctx context.Context, d tickets.RequestDraft, was int64) error {
	t := d.Type
	return s.recatalogue(ctx, func(ctx context.Context) error {
		return orStale(s.exec(ctx, `UPDATE request_types SET draft = $3, team_id = $4, revision = $5, version = $6,
			changed = $7, position = $8, archived = $9 WHERE id = $1 AND revision = $2`,
			t.ID, was, asJSON(t), t.TeamID, d.Revision, d.Published, d.Changed, t.Position, t.Archived))
	})
}

// orStale makes "nothing changed" a lost race.
func orStale(n int64, err error) error {
	if err := orMissing(n, err); errors.Is(err, people.ErrMissing) {
		return tickets.ErrStale
	}
	return err
}

// PlaceRequestType implements tickets.RequestTypeStore.
func (s *Store) PlaceRequestType(ctx context.Context, id int64, position int) error {
	return s.recatalogue(ctx, func(ctx context.Context) error {
		return orMissing(s.exec(ctx, `UPDATE request_types SET position = $2 WHERE id = $1`, id, position))
	})
}

// recatalogue changes something in the catalogue: whoever has it in memory reads
// it anew. The version is an id, so that one a transaction gave and took back
// never comes again. Its row stays locked until the transaction ends, so changes
// come one after another.
func (s *Store) recatalogue(ctx context.Context, change func(context.Context) error) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.exec(ctx, `UPDATE counters SET value = $1 WHERE name = 'catalog'`, s.NewID()); err != nil {
			return err
		}
		return change(ctx)
	})
}

// CatalogVersion implements tickets.MenuStore.
func (s *Store) CatalogVersion(ctx context.Context) (int64, error) {
	var version int64
	err := s.get(ctx, &version, `SELECT value FROM counters WHERE name = 'catalog'`)
	return version, err
}
