package store

import (
	"database/sql"
	"errors"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"okno/tickets"
	"okno/tickets/people"
)

// PostgreSQL's error codes (SQLSTATE, appendix A of its manual).
const (
	pgUnique        = "23505"
	pgDiskFull      = "53100"
	pgIOError       = "58030"
	pgSerialization = "40001"
	pgDeadlock      = "40P01"
)

// fault turns errors of the drivers into words the domain knows and leaves all
// others as they are. It is the only place that reads driver errors.
func fault(err error) error {
	switch {
	case err == nil, tickets.KindOf(err) != "":
		return err
	case errors.Is(err, sql.ErrNoRows):
		return people.ErrMissing
	case isTaken(err):
		return errors.Join(people.ErrTaken, err)
	case isDisk(err):
		return &tickets.Error{Kind: tickets.Unavailable, Message: "error.disk_full", Err: err}
	case isGone(err):
		return &tickets.Error{Kind: tickets.Unavailable, Message: "error.database_gone", Err: err}
	}
	return err
}

func isTaken(err error) bool {
	switch code := sqliteCode(err); code {
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return true
	}
	return pgCode(err) == pgUnique
}

func isDisk(err error) bool {
	switch sqliteCode(err) & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
		return true
	}
	code := pgCode(err)
	return code == pgDiskFull || code == pgIOError ||
		errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EROFS)
}

// isGone says that PostgreSQL could not be reached or is going down (classes
// 08 and 57P).
func isGone(err error) bool {
	var dial *pgconn.ConnectError
	if errors.As(err, &dial) {
		return true
	}
	code := pgCode(err)
	return len(code) == 5 && (code[:2] == "08" || code[:3] == "57P")
}

// endsTransaction says that SQLite has rolled the whole transaction back, or
// may have: no statement must follow in it.
func endsTransaction(err error) bool {
	switch sqliteCode(err) & 0xff {
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_BUSY,
		sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CORRUPT:
		return true
	}
	return false
}

// isRepeatable says that PostgreSQL asks to run the transaction again.
func isRepeatable(err error) bool {
	code := pgCode(err)
	return code == pgSerialization || code == pgDeadlock
}

func sqliteCode(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

func pgCode(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
