package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/jmoiron/sqlx"
	_ "modernc.org/sqlite" // the driver named "sqlite"
)

// readers is the size of the pool for reads beside the one writing connection.
const readers = 8

// sqliteEngine is SQLite: one connection that writes, others that read.
type sqliteEngine struct {
	*writer
	pool *sqlx.DB
}

// databaseFile is the name of the database in the data directory.
const databaseFile = "okno.db"

// openFile opens the database in dir. The lock on dir says that no other process
// holds a lease, so the leases a crash left behind end at once.
func openFile(ctx context.Context, s *Store, dir string) (engine, error) {
	path := filepath.Join(dir, databaseFile)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fault(fmt.Errorf("open database file: %w", err))
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("close database file: %w", err)
	}
	dsn := fileDSN(path)
	db, err := connect(ctx, dsn, 1)
	if err != nil {
		return nil, err
	}
	pool, err := connect(ctx, dsn, readers)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return startSQLite(ctx, s, db, pool, dir)
}

// openMemory opens a database that ends with the store. It has one connection,
// which reads and writes in turn.
func openMemory(ctx context.Context, s *Store) (engine, error) {
	db, err := connect(ctx, "file::memory:?"+pragmas(), 1)
	if err != nil {
		return nil, err
	}
	return startSQLite(ctx, s, db, db, "")
}

func startSQLite(ctx context.Context, s *Store, db, pool *sqlx.DB, dir string) (engine, error) {
	err := migrateSQLite(ctx, s.log, db, dir)
	if err == nil {
		err = endLeases(ctx, db, ms(s.present()))
	}
	if err != nil {
		return nil, errors.Join(err, pool.Close(), db.Close())
	}
	return &sqliteEngine{writer: startWriter(s, db), pool: pool}, nil
}

// fileDSN escapes the path, which may hold a question mark.
func fileDSN(path string) string {
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: pragmas()}).String()
}

// pragmas are set on every connection. busy_timeout comes first: setting WAL
// may already have to wait.
func pragmas() string {
	return "_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)" +
		"&_pragma=foreign_keys(1)&_pragma=cache_size(-16000)&_txlock=immediate"
}

func connect(ctx context.Context, dsn string, conns int) (*sqlx.DB, error) {
	plain, err := openCompiled(dsn)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db := sqlx.NewDb(plain, "sqlite")
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fault(fmt.Errorf("open database: %w", err)), db.Close())
	}
	return db, nil
}

// endLeases makes due what a crashed process had claimed; that try counts, so
// that a row which ends the process is set aside sooner or later.
func endLeases(ctx context.Context, db *sqlx.DB, now int64) error {
	for _, table := range []string{"jobs", "inbox", "outbox"} {
		_, err := db.ExecContext(ctx, `UPDATE `+table+` SET run_at = $1, attempts = attempts + 1, owner = '' WHERE owner <> ''`, now)
		if err != nil {
			return fmt.Errorf("end leases: %w", fault(err))
		}
	}
	for _, table := range []string{"followers", "leases"} {
		if _, err := db.ExecContext(ctx, `UPDATE `+table+` SET leased_until = 0 WHERE leased_until > 0`); err != nil {
			return fmt.Errorf("end leases: %w", fault(err))
		}
	}
	return nil
}

func (e *sqliteEngine) reader() *sqlx.DB { return e.pool }

// shield keeps ctx from interrupting a statement: SQLite answers that by rolling
// back the whole transaction, which others share.
func (e *sqliteEngine) shield(ctx context.Context) context.Context { return context.WithoutCancel(ctx) }

// alone has nothing to do: transactions run one after another.
func (e *sqliteEngine) alone(context.Context, sqlx.ExtContext, string) error { return nil }

// announce has nobody to tell: one process has the file.
func (e *sqliteEngine) announce(context.Context, sqlx.ExtContext, []string) error { return nil }

func (e *sqliteEngine) close() error {
	e.stop()
	return errors.Join(e.pool.Close(), e.db.Close())
}
