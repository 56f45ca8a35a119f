package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/jmoiron/sqlx"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrationLock is the advisory lock under which one process at a time
// migrates a PostgreSQL database.
const migrationLock = 0x6f6b6e6f // "okno"

// NewerSchemaError says that a newer version of the program wrote the database.
type NewerSchemaError struct {
	Found, Known int64  // schema versions
	Backup       string // copy made before that version migrated; "" when none is found
}

// Error implements error.
func (e *NewerSchemaError) Error() string {
	return fmt.Sprintf("database has schema %d, this version knows %d", e.Found, e.Known)
}

// migrateSQLite brings the schema up to date. A database that has one already
// is copied first.
func migrateSQLite(ctx context.Context, log *slog.Logger, db *sqlx.DB, dir string) error {
	return migrate(ctx, log, db, goose.DialectSQLite3, migrations, dir)
}

// migratePostgres does the same while no other process does.
func migratePostgres(ctx context.Context, log *slog.Logger, db *sqlx.DB) (err error) {
	conn, err := db.Connx(ctx)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, migrationLock); err != nil {
		return fmt.Errorf("wait for other migrations: %w", err)
	}
	defer func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, migrationLock)
	}()
	return migrate(ctx, log, db, goose.DialectPostgres, migrations, "")
}

// migrate applies what a set of migrations has and the database has not.
func migrate(ctx context.Context, log *slog.Logger, db *sqlx.DB, dialect goose.Dialect, set fs.FS, dir string) error {
	p, err := provider(dialect, db, set)
	if err != nil {
		return err
	}
	found, known, err := p.GetVersions(ctx)
	switch {
	case err != nil:
		return fault(fmt.Errorf("read schema version: %w", err))
	case found > known:
		return &NewerSchemaError{Found: found, Known: known, Backup: backupIn(dir, known+1)}
	case found == known:
		return nil
	}
	if err := copyBefore(ctx, log, db, dir, found); err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fault(fmt.Errorf("migrate from schema %d to %d: %w", found, known, err))
	}
	return nil
}

func provider(dialect goose.Dialect, db *sqlx.DB, set fs.FS) (*goose.Provider, error) {
	files, err := fs.Sub(set, "migrations")
	if err != nil {
		return nil, fmt.Errorf("open migrations: %w", err)
	}
	p, err := goose.NewProvider(dialect, db.DB, files, goose.WithDisableGlobalRegistry(true), goose.WithSlog(slog.New(slog.DiscardHandler)))
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return p, nil
}

// copyBefore copies an existing SQLite database to backup-before-N.db, N being
// the first migration to come. The copy appears whole or not at all.
func copyBefore(ctx context.Context, log *slog.Logger, db *sqlx.DB, dir string, found int64) error {
	if dir == "" || found == 0 {
		return nil
	}
	path := filepath.Join(dir, backupName(found+1))
	draft := path + ".part"
	if err := os.Remove(draft); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove half a copy: %w", err)
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO $1`, draft); err != nil {
		return fault(fmt.Errorf("copy database before migrating: %w", err))
	}
	if err := errors.Join(os.Chmod(draft, 0o600), syncPath(draft), os.Rename(draft, path), syncPath(dir)); err != nil {
		return fault(fmt.Errorf("keep copy of database: %w", err))
	}
	log.Info("copied the database before migrating it", "copy", path, "schema", found)
	return nil
}

func backupName(version int64) string { return fmt.Sprintf("backup-before-%d.db", version) }

// backupIn answers the copy made before a version, if it is there.
func backupIn(dir string, version int64) string {
	path := filepath.Join(dir, backupName(version))
	if _, err := os.Stat(path); dir == "" || err != nil {
		return ""
	}
	return path
}

// syncPath makes a file, or the names in a directory, durable.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
