package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver named "pgx"
	"github.com/jmoiron/sqlx"

	"okno/channels"
)

const (
	// tries is how often a transaction runs when the database asks to repeat it.
	tries = 6
	// topic is the channel of NOTIFY.
	topic = "okno"
	// reconnectAfter is the pause before the listening connection is made again.
	reconnectAfter = time.Second
)

// postgresEngine is PostgreSQL: several processes may share the database.
type postgresEngine struct {
	of   *Store
	db   *sqlx.DB
	self string // names this process in notifications
	stop func()
	done chan struct{}
}

func openPostgres(ctx context.Context, s *Store, url string) (engine, error) {
	db, err := sqlx.Open("pgx", url)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db.SetMaxOpenConns(20)
	db.SetMaxIdleConns(10)
	if err := migratePostgres(ctx, s.log, db); err != nil {
		return nil, errors.Join(fault(err), db.Close())
	}
	background, stop := context.WithCancel(context.Background())
	e := &postgresEngine{of: s, db: db, self: strconv.FormatInt(s.NewID(), 36), stop: stop, done: make(chan struct{})}
	go e.listen(background, url, s.bell, s.log)
	return e, nil
}

func (e *postgresEngine) reader() *sqlx.DB { return e.db }

func (e *postgresEngine) shield(ctx context.Context) context.Context { return ctx }

// run repeats the transaction when it met a deadlock.
func (e *postgresEngine) run(ctx context.Context, body func(on sqlx.ExtContext) error) error {
	for try := 1; ; try++ {
		err := e.once(ctx, body)
		if err == nil || try == tries || !isRepeatable(err) {
			return err
		}
	}
}

func (e *postgresEngine) once(ctx context.Context, body func(on sqlx.ExtContext) error) error {
	begun := e.of.now()
	on, err := e.db.BeginTxx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = on.Rollback() }() // after Commit it does nothing
	if err := body(on); err != nil {
		return err
	}
	if err := on.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	e.of.meter(1, e.of.now().Sub(begun))
	return nil
}

// alone holds an advisory lock named by a hash; two names with one hash only
// wait for each other without need.
func (e *postgresEngine) alone(ctx context.Context, on sqlx.ExtContext, name string) error {
	_, err := on.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, name)
	if err != nil {
		return fmt.Errorf("lock: %w", err)
	}
	return nil
}

// announce rings the bells of the other processes when this transaction commits.
func (e *postgresEngine) announce(ctx context.Context, on sqlx.ExtContext, tables []string) error {
	_, err := on.ExecContext(ctx, `SELECT pg_notify($1, $2)`, topic, e.self+" "+strings.Join(tables, " "))
	return err
}

// listen hears the other processes on a connection of its own and makes a new
// one when it breaks. What was committed meanwhile is made up for by one ring.
func (e *postgresEngine) listen(ctx context.Context, url string, b *bell, log *slog.Logger) {
	defer close(e.done)
	for {
		err := e.hear(ctx, url, b)
		if ctx.Err() != nil {
			return
		}
		log.Warn("lost the listening connection to the database", "error", err)
		if !channels.Wait(ctx, reconnectAfter) {
			return
		}
	}
}

func (e *postgresEngine) hear(ctx context.Context, url string, b *bell) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, "LISTEN "+topic); err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	b.ringAll()
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return fmt.Errorf("wait: %w", err)
		}
		if said := strings.Fields(n.Payload); said[0] != e.self {
			b.ring(said[1:]...)
		}
	}
}

func (e *postgresEngine) close() error {
	e.stop()
	<-e.done
	return e.db.Close()
}
