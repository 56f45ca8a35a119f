package e2e

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // to look at the database from outside

	"okno/channels/email/mailtest"
	"okno/server/store/pgtest"
)

// twins are two desks on one PostgreSQL that share files and the key.
type twins struct {
	t        testing.TB
	rig      *mailtest.Rig
	books    *books
	boot     func() *program
	a, b     *program
	atA, atB *visitor
}

// startTwins starts the first of them; second starts the other.
func startTwins(t *testing.T) *twins {
	t.Helper()
	cluster := &pgtest.Cluster{}
	t.Cleanup(cluster.Stop)
	database := cluster.Database(t)
	db, err := sql.Open("pgx", database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	w := &twins{t: t, rig: mailtest.Start(t), books: &books{t: t, db: db}}
	w.rig.AddUser(helpAddress, helpPassword)
	w.rig.AddUser(annaAddress, "annapw")
	shared := t.TempDir()
	w.boot = func() *program { return bootTwin(t, shared, database) }
	w.a = w.boot()
	w.atA = visit(t, w.a.url, adminEmail, adminPassword)
	return w
}

func (w *twins) second() {
	w.t.Helper()
	w.b = w.boot()
	w.atB = visit(w.t, w.b.url, adminEmail, adminPassword)
}

// bootTwin starts a desk in a data directory of its own.
func bootTwin(t testing.TB, shared, database string) *program {
	t.Helper()
	dir, files := t.TempDir(), filepath.Join(shared, "files")
	if err := os.MkdirAll(files, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(files, filepath.Join(dir, "files")); err != nil {
		t.Fatal(err)
	}
	return boot(t, "OKNO_DATA="+dir, "OKNO_DATABASE="+database, "OKNO_SECRET_FILE="+filepath.Join(shared, "secret.key"))
}

// ask puts the questions of so many people into the mailbox.
func (w *twins) ask(from, to int) {
	w.t.Helper()
	var mails [][]byte
	for i := from; i < to; i++ {
		mails = append(mails, asks(fmt.Sprintf("anna+%03d@example.test", i), helpAddress, fmt.Sprintf("Request %03d", i)))
	}
	w.rig.DeliverMany(helpAddress, mails)
}

// answer replies to tickets by number, at both desks in turn.
func (w *twins) answer(from, to int) {
	w.t.Helper()
	for i := from; i < to; i++ {
		at := []*visitor{w.atA, w.atB}[i%2]
		at.led(fmt.Sprintf("/tickets/%d/messages", i), says(fmt.Sprintf("Answer %03d.", i)))
	}
}

func (w *twins) tickets() int { return w.books.count(`SELECT COUNT(*) FROM tickets`) }

func (w *twins) sent() int { return w.books.count(`SELECT COUNT(*) FROM outbox WHERE state = 'sent'`) }

// check reports what is wrong once everything is done.
func (w *twins) check() {
	w.t.Helper()
	for sentence, query := range faults() {
		if strings.Contains(query, "pragma") {
			continue // SQLite's own
		}
		if n := w.books.count(query); n != 0 {
			w.t.Errorf("%s (%d)", sentence, n)
		}
	}
}

// copies counts the mails Anna got by what they answer; each answer has one
// Message-ID, however often it came.
func (w *twins) copies() map[string]int {
	w.t.Helper()
	got, ids := map[string]int{}, map[string]string{}
	for _, m := range w.rig.Messages(annaAddress) {
		_, after, found := strings.Cut(m.Body(), "Answer ")
		if !found {
			continue
		}
		answer, id := after[:3], m.Header.Get("Message-Id")
		got[answer]++
		if ids[answer] != "" && ids[answer] != id {
			w.t.Errorf("answer %s left with two Message-IDs", answer)
		}
		ids[answer] = id
	}
	return got
}

// arrived checks that so many answers came, and how many came twice. A mail server
// has taken a mail before it is in the mailbox.
func (w *twins) arrived(answers, twice int) {
	w.t.Helper()
	within(w.t, patience, "the answers are in the mailbox", func() bool { return len(w.copies()) >= answers })
	got, extra := w.copies(), 0
	for i := 1; i <= answers; i++ {
		n := got[fmt.Sprintf("%03d", i)]
		if n == 0 || n > 2 {
			w.t.Errorf("answer %d came %d times", i, n)
		}
		extra += max(0, n-1)
	}
	if extra > twice {
		w.t.Errorf("%d answers came twice", extra)
	}
}

// TestTwinsShareTheWork lets both work on one mailbox and then kills the one
// that reads it, while mail comes in and answers leave.
func TestTwinsShareTheWork(t *testing.T) {
	t.Parallel()
	w := startTwins(t)
	w.atA.connect(w.rig, helpAddress, helpPassword)
	within(t, patience, "the first reads the mailbox", func() bool { return w.books.count(`SELECT COUNT(*) FROM leases`) == 1 })
	w.second()
	w.ask(1, 151)
	took := within(t, patience, "150 mails are tickets", func() bool { return w.tickets() == 150 })
	t.Logf("150 mails became tickets in %v", took)
	w.answer(1, 41)
	took = within(t, patience, "40 answers have left", func() bool { return w.sent() == 40 })
	t.Logf("40 answers left %v after the last was written", took)
	w.arrived(40, 0)

	w.answer(41, 81)
	within(t, patience, "answers are leaving", func() bool { return w.sent() > 40 })
	w.ask(151, 301)
	w.a.kill()
	killed, before := time.Now(), w.tickets()
	t.Logf("killed with %d tickets and %d answers sent", before, w.sent())
	took = within(t, time.Minute, "the other reads the mailbox", func() bool {
		return w.books.count(`SELECT COUNT(*) FROM inbox`) == 300
	})
	t.Logf("the other had read the mailbox after %v", took)
	within(t, 2*time.Minute, "every mail is a ticket and every answer has left", func() bool {
		return w.tickets() == 300 && w.sent() == 80 && w.books.quiet()
	})
	t.Logf("all done %v after the kill", time.Since(killed).Round(time.Millisecond))
	t.Logf("the other stopped in %v", w.b.terminate())
	w.check()
	w.arrived(80, 4) // as many as one desk sends at a time
	if n := w.books.count(`SELECT COUNT(DISTINCT subject) FROM tickets`); n != 300 {
		t.Errorf("300 mails made tickets with %d subjects", n)
	}
}

// TestTwinsMeetOneMailInTwoMailboxes writes to two mailboxes at once, each mail
// to both.
func TestTwinsMeetOneMailInTwoMailboxes(t *testing.T) {
	t.Parallel()
	const mails, sales = 60, "sales@example.test"
	w := startTwins(t)
	w.second()
	w.rig.AddUser(sales, "salespw")
	w.ask(0, mails)
	for _, m := range w.rig.Messages(helpAddress) {
		w.rig.Deliver(sales, m.Raw)
	}
	w.atA.led("/settings/channels/new/email", channelFields(w.rig, helpAddress, helpPassword))
	w.atB.led("/settings/channels/new/email", channelFields(w.rig, sales, "salespw"))
	within(t, patience, "every mail was processed", func() bool {
		return w.books.count(`SELECT COUNT(*) FROM inbox WHERE outcome <> 'pending'`) == 2*mails
	})
	if n := w.tickets(); n != mails {
		t.Errorf("%d mails to two mailboxes made %d tickets", mails, n)
	}
	if n := w.books.count(`SELECT COUNT(*) FROM inbox WHERE outcome = 'seen'`); n != mails {
		t.Errorf("%d of %d copies were recognised", n, mails)
	}
	w.a.terminate()
	w.b.terminate()
	w.check()
}
