package store

import (
	"context"

	"okno/tickets"
)

type statusRow struct {
	ID       int64
	Category string
	NameEN   string `db:"name_en"`
	NameRU   string `db:"name_ru"`
	Color    string
	Emoji    string
	Position int
	Used     bool
}

func (r statusRow) status() tickets.Status {
	return tickets.Status{ID: r.ID, Category: tickets.Category(r.Category), NameEN: r.NameEN, NameRU: r.NameRU,
		Color: r.Color, Emoji: r.Emoji, Position: r.Position, Used: r.Used}
}

// Statuses implements tickets.StatusStore.
func (s *Store) Statuses(ctx context.Context) ([]tickets.Status, error) {
	var rows []statusRow
	err := s.list(ctx, &rows, `SELECT id, category, name_en, name_ru, color, emoji, position, used
		FROM statuses ORDER BY position, id`)
	found := make([]tickets.Status, len(rows))
	for i, r := range rows {
		found[i] = r.status()
	}
	return found, err
}

// PutStatus implements tickets.StatusStore.
func (s *Store) PutStatus(ctx context.Context, x tickets.Status) error {
	_, err := s.exec(ctx, `INSERT INTO statuses (id, category, name_en, name_ru, color, emoji, position, used)
		VALUES ($1, $2, $3, $4, $5, $6, $7, FALSE) ON CONFLICT (id) DO UPDATE SET name_en = excluded.name_en,
		name_ru = excluded.name_ru, color = excluded.color, emoji = excluded.emoji, position = excluded.position`,
		x.ID, string(x.Category), x.NameEN, x.NameRU, x.Color, x.Emoji, x.Position)
	return err
}

// DeleteStatus implements tickets.StatusStore.
func (s *Store) DeleteStatus(ctx context.Context, id int64) error {
	return orTaken(s.exec(ctx, `DELETE FROM statuses WHERE id = $1 AND NOT used`, id))
}

// UseStatus implements tickets.StatusStore.
func (s *Store) UseStatus(ctx context.Context, id int64) error {
	_, err := s.exec(ctx, `UPDATE statuses SET used = TRUE WHERE id = $1 AND NOT used`, id)
	return err
}
