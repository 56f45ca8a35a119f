package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strings"
)

// mostCompiled is how many statements a connection keeps: all texts we have, and
// the usual lengths of lists in them.
const mostCompiled = 256

// compiledConnector opens SQLite connections that keep their statements
// compiled. Compiling costs as much as running for most of ours, and a pool's
// own prepared statements cannot be made while its one connection writes.
type compiledConnector struct {
	driver driver.Driver
	dsn    string
}

// openCompiled answers a pool of such connections.
func openCompiled(dsn string) (*sql.DB, error) {
	plain, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(compiledConnector{plain.Driver(), dsn}), plain.Close()
}

// Connect implements driver.Connector.
func (c compiledConnector) Connect(context.Context) (driver.Conn, error) {
	conn, err := c.driver.Open(c.dsn)
	if err != nil {
		return nil, err
	}
	full, ok := conn.(sqliteConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("connections of %T lack a method", c.driver), conn.Close())
	}
	return &compiledConn{full, map[string]*compiledStmt{}}, nil
}

// Driver implements driver.Connector.
func (c compiledConnector) Driver() driver.Driver { return c.driver }

// sqliteConn is what a connection of the SQLite driver can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// compiledConn is a connection with its statements, by text. The pool lets one
// goroutine at a time use it.
type compiledConn struct {
	sqliteConn
	kept map[string]*compiledStmt
}

// compiledStmt is busy while its rows are read; meanwhile the same text runs
// uncompiled.
type compiledStmt struct {
	driver.StmtExecContext
	driver.StmtQueryContext
	close func() error
	busy  bool
}

// ExecContext implements driver.ExecerContext.
func (c *compiledConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	s, err := c.compiled(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.sqliteConn.ExecContext(ctx, query, args)
	}
	return s.ExecContext(ctx, args)
}

// QueryContext implements driver.QueryerContext.
func (c *compiledConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	s, err := c.compiled(ctx, query)
	if err != nil {
		return nil, err
	}
	if s == nil {
		return c.sqliteConn.QueryContext(ctx, query, args)
	}
	rows, err := s.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	s.busy = true
	return &compiledRows{rows, s}, nil
}

// compiled answers the statement, nil when it must run uncompiled.
func (c *compiledConn) compiled(ctx context.Context, query string) (*compiledStmt, error) {
	if s := c.kept[query]; s != nil {
		if s.busy {
			return nil, nil
		}
		return s, nil
	}
	if len(c.kept) == mostCompiled || !worthKeeping(query) {
		return nil, nil
	}
	made, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	s := &compiledStmt{close: made.Close}
	var execs, queries bool
	s.StmtExecContext, execs = made.(driver.StmtExecContext)
	s.StmtQueryContext, queries = made.(driver.StmtQueryContext)
	if !execs || !queries {
		return nil, made.Close()
	}
	c.kept[query] = s
	return s, nil
}

// worthKeeping leaves migrations and pragmas out, which run once.
func worthKeeping(query string) bool {
	verb, _, _ := strings.Cut(strings.TrimSpace(query), " ")
	switch verb {
	case "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "SAVEPOINT", "RELEASE":
		return true
	}
	return false
}

// most limits a query to the rows that argument n says. SQLite looks at a bare
// argument when it plans, and compiles the statement anew for every run.
func most(n int) string { return fmt.Sprintf("LIMIT CAST($%d AS BIGINT)", n) }

// Close implements driver.Conn.
func (c *compiledConn) Close() error {
	var err error
	for _, s := range c.kept {
		err = errors.Join(err, s.close())
	}
	return errors.Join(err, c.sqliteConn.Close())
}

// compiledRows gives the statement free when they end.
type compiledRows struct {
	driver.Rows
	of *compiledStmt
}

// Close implements driver.Rows.
func (r *compiledRows) Close() error {
	r.of.busy = false
	return r.Rows.Close()
}
