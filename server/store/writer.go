package store

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/jmoiron/sqlx"
)

// groupSize is how many transactions at most share one commit.
const groupSize = 128

// errAbandoned is the answer to a transaction whose goroutine ended in it.
var errAbandoned = errors.New("transaction was abandoned by its function")

// writer runs SQLite's transactions, one after another. Those that wait while
// one commits go into the next commit together: one fsync for all.
type writer struct {
	of      *Store
	db      *sqlx.DB
	queue   chan *task
	closing chan struct{}
	once    sync.Once
	ended   chan struct{}
}

// task is one transaction waiting for its end.
type task struct {
	ctx  context.Context
	body func(on sqlx.ExtContext) error
	err  error
	done chan struct{}
}

func startWriter(s *Store, db *sqlx.DB) *writer {
	w := &writer{of: s, db: db, queue: make(chan *task), closing: make(chan struct{}), ended: make(chan struct{})}
	go w.loop()
	return w
}

// run waits for the writer to take the task, then for its commit. The queue has
// no buffer, so a task whose ctx ends before its turn never runs.
func (w *writer) run(ctx context.Context, body func(on sqlx.ExtContext) error) error {
	t := &task{ctx: ctx, body: body, done: make(chan struct{})}
	select {
	case w.queue <- t:
		<-t.done
		return t.err
	case <-ctx.Done():
		return ctx.Err()
	case <-w.closing:
		return ErrClosed
	}
}

func (w *writer) loop() {
	defer close(w.ended)
	for {
		select {
		case t := <-w.queue:
			w.group(t)
		case <-w.closing:
			return
		}
	}
}

// group runs the task and all that wait, and commits them together.
func (w *writer) group(t *task) {
	begun := w.of.now()
	on, err := w.db.BeginTxx(context.Background(), nil)
	if err != nil {
		finish([]*task{t}, fmt.Errorf("begin: %w", err))
		return
	}
	if t.err = t.begin(on); t.err != nil {
		// Where SQLite has rolled back already, it only says so.
		_ = on.Rollback()
		finish([]*task{t}, nil)
		return
	}
	tasks, err := w.fill(on, t)
	if err != nil {
		finish(tasks, errors.Join(err, on.Rollback()))
		return
	}
	if err := on.Commit(); err != nil {
		// A failed commit may leave the connection inside the transaction. When
		// SQLite has rolled it back already, as on a full disk, it says so here.
		_, _ = w.db.Exec("ROLLBACK")
		finish(tasks, fmt.Errorf("commit: %w", err))
		return
	}
	w.of.meter(len(tasks), w.of.now().Sub(begun))
	finish(tasks, nil)
}

// fill runs tasks after the first until none waits. An error means that the whole
// transaction is lost.
func (w *writer) fill(on *sqlx.Tx, first *task) (tasks []*task, err error) {
	tasks = []*task{first}
	for len(tasks) < groupSize {
		select {
		case t := <-w.queue:
			tasks = append(tasks, t)
			if err := t.run(on); err != nil {
				return tasks, err
			}
		default:
			return tasks, nil
		}
	}
	return tasks, nil
}

// begin runs the first task of a group. It needs no savepoint: when it fails,
// the transaction has nothing else in it.
func (t *task) begin(on *sqlx.Tx) error {
	if err := t.ctx.Err(); err != nil {
		return err
	}
	return t.perform(on)
}

// run runs the task in a savepoint of its own. It answers an error only when
// the savepoint itself failed.
func (t *task) run(on *sqlx.Tx) error {
	if t.err = t.ctx.Err(); t.err != nil {
		return nil
	}
	if _, err := on.Exec("SAVEPOINT one"); err != nil {
		return fmt.Errorf("savepoint: %w", err)
	}
	if t.err = t.perform(on); t.err != nil {
		if _, err := on.Exec("ROLLBACK TO one"); err != nil {
			return errors.Join(t.err, fmt.Errorf("roll back: %w", err))
		}
	}
	if _, err := on.Exec("RELEASE one"); err != nil {
		return fmt.Errorf("release: %w", err)
	}
	return nil
}

// perform runs the body in a goroutine of its own, so that a body which ends its
// goroutine (as a failing test does) does not end the writer.
func (t *task) perform(on *sqlx.Tx) error {
	err := errAbandoned
	done := make(chan struct{})
	go func() {
		defer close(done)
		err = t.body(on)
	}()
	<-done
	return err
}

// finish answers every task; err is the fate of the common transaction.
func finish(tasks []*task, err error) {
	for _, t := range tasks {
		if t.err == nil {
			t.err = err
		}
		close(t.done)
	}
}

// stop lets the group under way end and refuses all others.
func (w *writer) stop() {
	w.once.Do(func() { close(w.closing) })
	<-w.ended
}
