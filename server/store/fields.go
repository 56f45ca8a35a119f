package store

import (
	"context"

	"okno/tickets/fields"
)

type fieldRow struct {
	ID       int64
	Key      string
	Type     string
	NameEN   string `db:"name_en"`
	NameRU   string `db:"name_ru"`
	Options  document[[]fields.Option]
	Currency string
	Required bool
	TeamID   int64 `db:"team_id"`
	Position int
	Archived bool
}

func (r fieldRow) field() fields.Field {
	return fields.Field{ID: r.ID, Key: r.Key, Type: fields.Type(r.Type), NameEN: r.NameEN, NameRU: r.NameRU,
		Options: r.Options.V, Currency: r.Currency, Required: r.Required, TeamID: r.TeamID, Position: r.Position,
		Archived: r.Archived}
}

// Fields implements tickets.FieldStore.
func (s *Store) Fields(ctx context.Context) ([]fields.Field, error) {
	var rows []fieldRow
	err := s.list(ctx, &rows, `SELECT id, key, type, name_en, name_ru, options, currency, required, team_id, position,
		archived FROM fields ORDER BY position, id`)
	found := make([]fields.Field, len(rows))
	for i, r := range rows {
		found[i] = r.field()
	}
	return found, err
}

// PutField implements tickets.FieldStore.
func (s *Store) PutField(ctx context.Context, f fields.Field) error {
	_, err := s.exec(ctx, `INSERT INTO fields (id, key, type, name_en, name_ru, options, currency, required, team_id,
		position, archived) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (id) DO UPDATE SET
		name_en = excluded.name_en, name_ru = excluded.name_ru, options = excluded.options, currency = excluded.currency,
		required = excluded.required, team_id = excluded.team_id, position = excluded.position,
		archived = excluded.archived`, f.ID, f.Key, string(f.Type), f.NameEN, f.NameRU, asJSON(f.Options), f.Currency,
		f.Required, f.TeamID, f.Position, f.Archived)
	return err
}
