// Package store owns the database. One type, Store, implements what tickets,
// channels/hub, server/jobs and server/feed ask to have kept, with one SQL text
// for SQLite and PostgreSQL. Only engine_*.go, migrate.go and fault.go know
// which of the two it is.
//
// How it works: InTx puts a transaction into ctx and every method finds it
// there; without one, reads use the pool and writes make a transaction of their
// own. What many transactions change (the counters of the views, the positions
// of the events) is collected and written at the very end of a transaction, so
// that its rows are locked for as short as possible. On SQLite one goroutine
// takes the waiting transactions, runs each in a savepoint and commits them
// together; on PostgreSQL transactions run side by side and are run again after
// a deadlock, so a function given to InTx must be harmless to repeat.
package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"okno/channels/hub"
	"okno/server/feed"
	"okno/server/jobs"
	"okno/tickets"
)

var (
	_ tickets.Store = (*Store)(nil)
	_ hub.Store     = (*Store)(nil)
	_ jobs.Store    = (*Store)(nil)
	_ feed.Store    = (*Store)(nil)
)

// ErrClosed is the answer to writes after Close.
var ErrClosed = errors.New("store is closed")

// Sealer encrypts what must not lie readable in the database.
type Sealer interface {
	Seal(plain []byte) (string, error)
	Open(sealed string) ([]byte, error)
}

// Options say what to open. Only Now is required, and Dir unless URL is
// "memory".
type Options struct {
	Dir string // data directory; locked while the store is open
	URL string // postgres://..., "" for SQLite in Dir, "memory" for SQLite in memory
	Now func() time.Time
	// Beside opens the SQLite database of Dir for a short visit while another
	// process may have it, without locking Dir. It answers ErrNoSchema when there
	// is none yet.
	Beside bool
	Sealer Sealer // needed by channels that have secrets
	Logger *slog.Logger
	// Step is called after every statement and every commit of a transaction;
	// crash tests end the process in it.
	Step func(name string)
	// Metered is told of every commit: how many transactions shared it and how
	// long it took from its begin.
	Metered func(transactions int, took time.Duration)
}

// Store is the database. It is safe for concurrent use.
type Store struct {
	now    func() time.Time
	sealer Sealer
	log    *slog.Logger
	step   func(name string)
	meter  func(transactions int, took time.Duration)
	lock   *dirLock
	engine engine
	bell   *bell
	ids    *idSource
	health health
}

// engine is one of the two databases.
type engine interface {
	// reader is the pool for reads outside of transactions.
	reader() *sqlx.DB
	// run runs body in a transaction and commits it when body answers nil.
	run(ctx context.Context, body func(on sqlx.ExtContext) error) error
	// shield says how long a statement inside a transaction may be stopped by ctx.
	shield(ctx context.Context) context.Context
	// alone makes other transactions that name the same thing wait for the end
	// of this one.
	alone(ctx context.Context, on sqlx.ExtContext, name string) error
	// announce tells other processes, at commit, which tables were written to.
	announce(ctx context.Context, on sqlx.ExtContext, tables []string) error
	close() error
}

// Open locks the data directory, opens the database, and brings its schema up
// to date. It answers *LockedError while another process has the directory, and
// *NewerSchemaError when a newer version wrote the database.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{now: o.Now, sealer: o.Sealer, log: o.Logger, step: o.Step, bell: newBell(), ids: newIDSource(o.Now)}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.meter = o.Metered
	if s.meter == nil {
		s.meter = func(int, time.Duration) {}
	}
	locked := o.Dir
	if o.Beside {
		locked = ""
	}
	lock, err := lockDir(locked)
	if err != nil {
		return nil, err
	}
	s.lock = lock
	if s.engine, err = s.openEngine(ctx, o); err != nil {
		return nil, errors.Join(err, lock.release())
	}
	return s, nil
}

func (s *Store) openEngine(ctx context.Context, o Options) (engine, error) {
	switch {
	case o.URL == "memory":
		return openMemory(ctx, s)
	case o.URL != "" && !strings.HasPrefix(o.URL, "postgres://") && !strings.HasPrefix(o.URL, "postgresql://"):
		return nil, fmt.Errorf("database URL is neither postgres://... nor empty")
	case o.URL != "":
		return openPostgres(ctx, s, o.URL)
	case o.Dir == "":
		return nil, errors.New("neither a data directory nor a database URL is given")
	}
	if o.Beside {
		return openBeside(ctx, s, o.Dir)
	}
	return openFile(ctx, s, o.Dir)
}

// Close waits for the transactions under way, closes the database and unlocks
// the data directory.
func (s *Store) Close() error {
	return errors.Join(s.engine.close(), s.lock.release())
}

// Now is the one time of the transaction in ctx, or the present: UTC, whole
// milliseconds, as the database keeps it.
func (s *Store) Now(ctx context.Context) time.Time {
	if t := s.tx(ctx); t != nil {
		return t.now
	}
	return s.present()
}

func (s *Store) present() time.Time { return s.now().UTC().Truncate(time.Millisecond) }
