package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"okno/tickets"
)

// txKey finds the transaction of one store in a ctx.
type txKey struct{ of *Store }

// tx is a transaction under way.
type tx struct {
	on     sqlx.ExtContext
	now    time.Time
	wrote  bool                     // something will be committed
	rings  []string                 // tables it changed that somebody may wait for
	broken error                    // the database gave the transaction up
	counts map[string]int           // collected by AddCounts
	events [][]tickets.Event        // collected by AppendEvents
	seen   map[int64]tickets.Ticket // rows as this transaction read or wrote them last
}

func (s *Store) tx(ctx context.Context) *tx {
	t, _ := ctx.Value(txKey{s}).(*tx)
	return t
}

// InTx runs fn in one transaction and joins one that ctx carries already. fn
// must hand its ctx on to the store, and may run again after a deadlock. A panic
// in fn becomes an error of this transaction.
func (s *Store) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if s.tx(ctx) != nil {
		return fn(ctx)
	}
	var t *tx
	err := s.engine.run(ctx, func(on sqlx.ExtContext) error {
		t = &tx{on: on, now: s.present()}
		return s.body(context.WithValue(ctx, txKey{s}, t), t, fn)
	})
	err = fault(err)
	s.settle(t, err)
	return err
}

// body runs fn and then writes what was left to the end.
func (s *Store) body(ctx context.Context, t *tx, fn func(ctx context.Context) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a transaction: %v\n%s", p, debug.Stack())
		}
	}()
	if err := fn(ctx); err != nil {
		return errors.Join(err, t.broken)
	}
	if err := s.flush(ctx, t); err != nil {
		return err
	}
	if len(t.rings) > 0 {
		if err := s.engine.announce(ctx, t.on, t.rings); err != nil {
			return err
		}
	}
	return t.broken
}

// flush writes the counters and the events collected so far.
func (s *Store) flush(ctx context.Context, t *tx) error {
	if err := s.flushCounts(ctx, t); err != nil {
		return err
	}
	return s.flushEvents(ctx, t)
}

// settle remembers how a transaction ended and wakes who waits for it.
func (s *Store) settle(t *tx, err error) {
	if t == nil || !t.wrote {
		s.health.failed(err)
		return
	}
	s.health.ended(err)
	if err != nil {
		return
	}
	if s.step != nil {
		s.step("commit")
	}
	s.bell.ring(t.rings...)
}

// exec runs a writing statement that others may wait for and answers how many
// rows it changed.
func (s *Store) exec(ctx context.Context, query string, args ...any) (int64, error) {
	return s.write(ctx, true, query, args)
}

// execQuietly is exec for writes that nobody waits for: leases, marks, drafts.
func (s *Store) execQuietly(ctx context.Context, query string, args ...any) (int64, error) {
	return s.write(ctx, false, query, args)
}

func (s *Store) write(ctx context.Context, loud bool, query string, args []any) (n int64, err error) {
	err = s.InTx(ctx, func(ctx context.Context) error {
		t := s.tx(ctx)
		t.wrote = true
		if table := tableOf(query); loud && table != "" && !slices.Contains(t.rings, table) {
			t.rings = append(t.rings, table)
		}
		var res sql.Result
		err := s.statement(ctx, query, func(ctx context.Context, on sqlx.ExtContext) (err error) {
			res, err = on.ExecContext(ctx, query, clean(args)...)
			return err
		})
		if err == nil {
			n, err = res.RowsAffected()
		}
		return err
	})
	return n, err
}

// execIn is exec for a query in which one ? stands for each slice argument.
func (s *Store) execIn(ctx context.Context, query string, args ...any) (int64, error) {
	query, args, err := sqlx.In(query, args...)
	if err != nil {
		return 0, fmt.Errorf("expand query: %w", err)
	}
	return s.exec(ctx, sqlx.Rebind(sqlx.DOLLAR, query), args...)
}

// execReturning runs a writing statement with RETURNING and reads its rows into
// a pointer to a slice; quiet as execQuietly.
func (s *Store) execReturning(ctx context.Context, rows any, query string, args ...any) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		s.tx(ctx).wrote = true
		return s.list(ctx, rows, query, args...)
	})
}

// execReturningIn is execReturning for a query in which one ? stands for each
// slice argument.
func (s *Store) execReturningIn(ctx context.Context, rows any, query string, args ...any) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		s.tx(ctx).wrote = true
		return s.listIn(ctx, rows, query, args...)
	})
}

// get reads one row; people.ErrMissing when there is none.
func (s *Store) get(ctx context.Context, row any, query string, args ...any) error {
	return s.statement(ctx, query, func(ctx context.Context, on sqlx.ExtContext) error {
		return sqlx.GetContext(ctx, on, row, query, clean(args)...)
	})
}

// list reads rows into a pointer to a slice.
func (s *Store) list(ctx context.Context, rows any, query string, args ...any) error {
	return s.statement(ctx, query, func(ctx context.Context, on sqlx.ExtContext) error {
		return sqlx.SelectContext(ctx, on, rows, query, clean(args)...)
	})
}

// listIn is list for a query in which one ? stands for each slice argument.
func (s *Store) listIn(ctx context.Context, rows any, query string, args ...any) error {
	query, args, err := expanded(query, args)
	if err != nil {
		return err
	}
	return s.list(ctx, rows, query, args...)
}

// expanded writes a query with ? as one with $1.
func expanded(query string, args []any) (string, []any, error) {
	query, args, err := sqlx.In(query, args...)
	if err != nil {
		return "", nil, fmt.Errorf("expand query: %w", err)
	}
	return sqlx.Rebind(sqlx.DOLLAR, query), args, nil
}

// statement runs do on the transaction in ctx or on the pool.
func (s *Store) statement(ctx context.Context, query string, do func(ctx context.Context, on sqlx.ExtContext) error) error {
	t := s.tx(ctx)
	if t == nil {
		return fault(do(ctx, s.engine.reader()))
	}
	if t.broken != nil {
		return t.broken
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	err := do(s.engine.shield(ctx), t.on)
	if endsTransaction(err) {
		t.broken = fault(err)
	}
	if s.step != nil {
		s.step(firstWords(query))
	}
	return fault(err)
}

// firstWords names a statement: "INSERT INTO tickets".
func firstWords(query string) string {
	words := strings.Fields(query)
	return strings.Join(words[:min(3, len(words))], " ")
}
