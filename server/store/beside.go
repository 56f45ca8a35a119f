package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
)

// ErrNoSchema says that a database is not there yet or still has the schema of
// an older version.
var ErrNoSchema = errors.New("database is not made yet")

// openBeside opens the SQLite database in dir while another process may have it,
// for a short visit: the lock, the schema and the leases are that process's.
// SQLite itself makes the writers of both wait for each other.
func openBeside(ctx context.Context, s *Store, dir string) (engine, error) {
	path := filepath.Join(dir, databaseFile)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoSchema
	}
	db, err := connect(ctx, fileDSN(path), 1)
	if err != nil {
		return nil, err
	}
	if err := currentSchema(ctx, db); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &sqliteEngine{writer: startWriter(s, db), pool: db}, nil //nolint:contextcheck // the writer outlives the opening
}

// currentSchema answers ErrNoSchema, *NewerSchemaError, or nil when the schema is
// ours.
func currentSchema(ctx context.Context, db *sqlx.DB) error {
	var tables int
	if err := db.GetContext(ctx, &tables, `SELECT COUNT(*) FROM sqlite_master WHERE name = 'goose_db_version'`); err != nil {
		return fault(fmt.Errorf("look at the schema: %w", err))
	}
	if tables == 0 {
		return ErrNoSchema
	}
	p, err := provider(goose.DialectSQLite3, db, migrations)
	if err != nil {
		return err
	}
	switch found, known, err := p.GetVersions(ctx); {
	case err != nil:
		return fault(fmt.Errorf("read schema version: %w", err))
	case found > known:
		return &NewerSchemaError{Found: found, Known: known}
	case found < known:
		return ErrNoSchema
	}
	return nil
}
