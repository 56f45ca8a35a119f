package store

import (
	"context"
	"errors"

	"okno/tickets/people"
)

// Setting answers a stored setting, "" when it was never put.
func (s *Store) Setting(ctx context.Context, name string) (string, error) {
	var value string
	err := s.get(ctx, &value, `SELECT value FROM settings WHERE key = $1`, name)
	if errors.Is(err, people.ErrMissing) {
		return "", nil
	}
	return value, err
}

// PutSetting stores a setting.
func (s *Store) PutSetting(ctx context.Context, name, value string) error {
	_, err := s.exec(ctx, `INSERT INTO settings (key, value) VALUES ($1, $2)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, name, value)
	return err
}
