package store

import (
	"slices"
	"strings"
	"sync"
)

// bell wakes those who wait for commits that wrote to a table. Rings before
// somebody looks are merged into one.
type bell struct {
	mu      sync.Mutex
	waiting map[chan struct{}]string // table
}

func newBell() *bell { return &bell{waiting: map[chan struct{}]string{}} }

// Committed answers a channel that gets a value after commits that added events,
// of this process or, on PostgreSQL, of any; bursts are merged. stop ends it.
func (s *Store) Committed() (woken <-chan struct{}, stop func()) { return s.bell.join("events") }

// Committed answers a channel that gets a value after commits that changed rows
// of the queue otherwise than by leasing them; as Store.Committed.
func (q *Queue) Committed() (woken <-chan struct{}, stop func()) { return q.store.bell.join(q.table) }

func (b *bell) join(table string) (woken <-chan struct{}, stop func()) {
	c := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.waiting[c] = table
	return c, func() { b.leave(c) }
}

func (b *bell) leave(c chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.waiting, c)
}

// ring wakes those who wait for one of the tables.
func (b *bell) ring(tables ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c, table := range b.waiting {
		if slices.Contains(tables, table) {
			b.wake(c)
		}
	}
}

// ringAll wakes everybody.
func (b *bell) ringAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.waiting {
		b.wake(c)
	}
}

func (b *bell) wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// awaited are the tables somebody waits for.
func awaited() []string { return []string{"events", "jobs", "inbox", "outbox"} }

// tableOf is the table a writing statement changes when somebody may wait for
// it, "" for others.
func tableOf(query string) string {
	for _, verb := range []string{"INSERT INTO ", "UPDATE ", "DELETE FROM "} {
		rest, ok := strings.CutPrefix(strings.TrimSpace(query), verb)
		if !ok {
			continue
		}
		for _, table := range awaited() {
			if after, ok := strings.CutPrefix(rest, table); ok && strings.TrimLeft(after, " \n\t(") != after {
				return table
			}
		}
	}
	return ""
}
