package e2e

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite" // to look at the database from outside
)

// books are the database of a desk, looked at from outside.
type books struct {
	t   testing.TB
	dir string
	db  *sql.DB
}

func openBooks(t testing.TB, dir string) *books {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "okno.db")+"?_pragma=busy_timeout(10000)&_pragma=query_only(1)")
	if err != nil {
		t.Fatal(err)
	}
	b := &books{t, dir, db}
	t.Cleanup(b.close)
	return b
}

// close lets go of the database, so that the next desk finds it as the last one
// left it.
func (b *books) close() { _ = b.db.Close() }

func (b *books) count(query string, args ...any) (n int) {
	b.t.Helper()
	if err := b.db.QueryRowContext(b.t.Context(), query, args...).Scan(&n); err != nil {
		b.t.Fatalf("%s: %v", query, err)
	}
	return n
}

// progress waits until done holds, however long it takes, as long as the desk
// gets on with its mails.
func (b *books) progress(sentence string, done func(*books) bool) {
	b.t.Helper()
	last, deadline := -1, time.Now().Add(patience)
	for !done(b) {
		now := b.count(`SELECT COUNT(*) FROM inbox WHERE outcome <> 'pending'`)
		if now > last {
			last, deadline = now, time.Now().Add(patience)
		}
		if time.Now().After(deadline) {
			b.t.Fatalf("stands still at %d mails: %s", now, sentence)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// received says that every mail is processed and everybody was told.
func (b *books) received(mails int) bool {
	return b.count(`SELECT COUNT(*) FROM inbox WHERE outcome <> 'pending'`) >= mails && b.quiet()
}

// sent says that the agent's answer is out, not only the desk's own word on the
// ticket, and that everybody was told.
func (b *books) sent() bool { return b.answers() > 0 && b.quiet() }

// answers counts the agents' answers that left.
func (b *books) answers() int {
	return b.count(`SELECT COUNT(*) FROM messages WHERE author_kind = 'agent' AND delivery_state = 'sent'`)
}

// quiet says that nothing is left to do.
func (b *books) quiet() bool {
	return b.count(`SELECT (SELECT COUNT(*) FROM inbox WHERE outcome = 'pending')
		+ (SELECT COUNT(*) FROM outbox WHERE state IN ('queued', 'sending'))
		+ (SELECT COUNT(*) FROM events WHERE pos > COALESCE((SELECT MIN(pos) FROM followers), 0))`) == 0
}

// faults are the rows no desk may ever have, by the sentence that says so.
func faults() map[string]string {
	return map[string]string{
		"a row points to one that is not there":           `SELECT COUNT(*) FROM pragma_foreign_key_check`,
		"a ticket has no message":                         `SELECT COUNT(*) FROM tickets t WHERE NOT EXISTS (SELECT 1 FROM messages m WHERE m.ticket_id = t.id)`,
		"a mail counts as taken without a message":        `SELECT COUNT(*) FROM inbox i WHERE outcome IN ('opened', 'added') AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.id = i.message_id)`,
		"a mail made two messages":                        `SELECT COUNT(*) FROM (SELECT 1 FROM messages WHERE original <> '' GROUP BY original HAVING COUNT(*) > 1) AS twice`,
		"a mail's message is in no ledger":                `SELECT COUNT(*) FROM messages m WHERE original <> '' AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.message_id = m.id)`,
		"a mail was set aside":                            `SELECT COUNT(*) FROM inbox WHERE outcome = 'aside'`,
		"a delivery belongs to no message":                `SELECT COUNT(*) FROM outbox o WHERE message_id <> 0 AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.id = o.message_id)`,
		"an answer was planned other than once":           `SELECT COUNT(*) FROM messages m WHERE author_kind = 'agent' AND kind = 'reply' AND (SELECT COUNT(*) FROM outbox o WHERE o.message_id = m.id) <> 1`,
		"an answer says something else than its delivery": `SELECT COUNT(*) FROM messages m JOIN outbox o ON o.message_id = m.id WHERE o.state <> m.delivery_state`,
		"a ticket forgot an event":                        `SELECT COUNT(*) FROM tickets t WHERE last_seq <> (SELECT COUNT(*) FROM events e WHERE e.ticket_id = t.id)`,
		"the log has a gap":                               `SELECT value - (SELECT COUNT(*) FROM events) FROM counters WHERE name = 'event_pos'`,
		"a ticket number was lost":                        `SELECT value - (SELECT COUNT(*) FROM tickets) FROM counters WHERE name = 'ticket_number'`,
		"the view of open tickets counts wrongly":         `SELECT COALESCE((SELECT value FROM counts WHERE key = 'open'), 0) - (SELECT COUNT(*) FROM tickets WHERE listed)`,
		"the ledger counts wrongly":                       `SELECT COUNT(*) FROM counts c WHERE key LIKE 'ledger:%' AND value <> (SELECT COUNT(*) FROM inbox WHERE 'ledger:' || outcome = c.key)`,
		"something is claimed by nobody":                  `SELECT COUNT(*) FROM inbox WHERE owner <> ''`,
		"a delivery is claimed by nobody":                 `SELECT COUNT(*) FROM outbox WHERE owner <> ''`,
	}
}

// check reports everything that is wrong in the books of a desk that has stopped.
func (b *books) check() {
	b.t.Helper()
	for sentence, query := range faults() {
		if n := b.count(query); n != 0 {
			b.t.Errorf("%s (%d)", sentence, n)
		}
	}
	var said string
	if err := b.db.QueryRowContext(b.t.Context(), `PRAGMA integrity_check`).Scan(&said); err != nil || said != "ok" {
		b.t.Errorf("the database is damaged: %q, %v", said, err)
	}
	b.checkFiles()
}

// checkFiles looks for drafts nobody will finish, and for mails without bytes.
func (b *books) checkFiles() {
	b.t.Helper()
	kept := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(b.dir, "files", "*", "*", "*"))
	if err != nil {
		b.t.Fatal(err)
	}
	for _, f := range files {
		kept[filepath.Base(f)] = true
	}
	for _, blob := range b.texts(`SELECT blob FROM inbox WHERE blob <> ''`) {
		if !kept[blob] {
			b.t.Errorf("the bytes of a mail are gone")
		}
	}
	drafts, err := filepath.Glob(filepath.Join(b.dir, "files", ".part-*"))
	if err != nil || len(drafts) > 0 {
		b.t.Errorf("%d files begun are left over, %v", len(drafts), err)
	}
}

func (b *books) texts(query string) (all []string) {
	b.t.Helper()
	rows, err := b.db.QueryContext(context.WithoutCancel(b.t.Context()), query)
	if err != nil {
		b.t.Fatalf("%s: %v", query, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			b.t.Fatal(err)
		}
		all = append(all, text)
	}
	if err := rows.Err(); err != nil {
		b.t.Fatal(err)
	}
	return all
}

// letter is a mail with an id and a writer of its own.
func letter(id string) []byte {
	return []byte(strings.ReplaceAll(fmt.Sprintf("From: Anna <%[1]s@people.test>\nTo: %[2]s\nSubject: About %[1]s\n"+
		"Message-ID: <%[1]s@people.test>\n\nPlease look at %[1]s.\n", id, helpAddress), "\n", "\r\n"))
}
