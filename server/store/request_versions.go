package store

import (
	"context"
	"slices"

	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/people"
)

type requestVersionRow struct {
	ID         int64
	Version    int
	Definition document[forms.RequestType]
	TeamID     int64 `db:"team_id"`
	Position   int
	Archived   bool
}

const requestVersion = `SELECT v.type_id AS id, v.version, v.definition, v.team_id, t.position, t.archived
	FROM request_versions v JOIN request_types t ON t.id = v.type_id`

func (r requestVersionRow) published() forms.RequestType {
	t := r.Definition.V
	t.ID, t.Version, t.TeamID, t.Position, t.Archived = r.ID, r.Version, r.TeamID, r.Position, r.Archived
	return t
}

// PublishedTypes implements tickets.RequestVersionStore.
func (s *Store) PublishedTypes(ctx context.Context) ([]forms.RequestType, error) {
	var rows []requestVersionRow
	err := s.list(ctx, &rows, requestVersion+` WHERE v.version = t.version ORDER BY t.position, t.id`)
	found := make([]forms.RequestType, len(rows))
	for i, r := range rows {
		found[i] = r.published()
	}
	return found, err
}

// RequestVersion implements tickets.RequestVersionStore.
func (s *Store) RequestVersion(ctx context.Context, id int64, version int) (forms.RequestType, error) {
	var r requestVersionRow
	err := s.get(ctx, &r, requestVersion+` WHERE v.type_id = $1 AND v.version = $2`, id, version)
	return r.published(), err
}

// RequestVersions implements tickets.RequestVersionStore.
func (s *Store) RequestVersions(ctx context.Context, id int64) ([]tickets.Published, error) {
	var rows []struct {
		Version     int
		PublishedAt int64 `db:"published_at"`
		PublishedBy int64 `db:"published_by"`
	}
	err := s.list(ctx, &rows, `SELECT version, published_at, published_by FROM request_versions WHERE type_id = $1
		ORDER BY version DESC`, id)
	found := make([]tickets.Published, len(rows))
	for i, r := range rows {
		found[i] = tickets.Published{Version: r.Version, At: at(r.PublishedAt), By: r.PublishedBy}
	}
	return found, err
}

// InsertRequestVersion implements tickets.RequestVersionStore.
func (s *Store) InsertRequestVersion(ctx context.Context, t forms.RequestType, p tickets.Published) error {
	return s.recatalogue(ctx, func(ctx context.Context) error {
		_, err := s.exec(ctx, `INSERT INTO request_versions (type_id, version, definition, team_id, published_at, published_by)
			VALUES ($1, $2, $3, $4, $5, $6)`, t.ID, p.Version, asJSON(t), t.TeamID, ms(p.At), p.By)
		return err
	})
}

// ListUser implements tickets.ReferenceStore.
func (s *Store) ListUser(ctx context.Context, key string) (forms.Text, error) {
	var all []document[forms.RequestType]
	err := s.list(ctx, &all, `SELECT draft FROM request_types UNION ALL SELECT definition FROM request_versions`)
	if err != nil {
		return forms.Text{}, err
	}
	for _, d := range all {
		if slices.ContainsFunc(d.V.Steps, func(x forms.Step) bool { return x.List == key }) {
			return d.V.Name, nil
		}
	}
	return forms.Text{}, people.ErrMissing
}
