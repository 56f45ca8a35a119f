package store

import (
	"context"
	"errors"
	"sync"
	"time"

	"okno/tickets"
)

// filesFor is how long a file that found no room counts. Small writes may still
// find some in what the database has allocated, so they do not end it; a mailbox
// that cannot store its mail tries again sooner than this.
const filesFor = 30 * time.Second

// health remembers the last failed write until a later one works.
type health struct {
	mu    sync.Mutex
	why   tickets.Sentence // of the database
	files tickets.Sentence // of the files
	until time.Time        // when files is forgotten
}

// Health says whether the last write that needed the disk worked, and if not,
// why. Reads may work all the same.
func (s *Store) Health() (ok bool, why tickets.Sentence) {
	s.health.mu.Lock()
	defer s.health.mu.Unlock()
	why = s.health.why
	if why.Key == "" && s.present().Before(s.health.until) {
		why = s.health.files
	}
	return why.Key == "", why
}

// Probe writes something tiny, so that Health tells the present.
func (s *Store) Probe(ctx context.Context) error {
	_, err := s.execQuietly(ctx, `UPDATE counters SET value = value + 1 WHERE name = 'probe'`)
	return err
}

// ended takes the end of a transaction that wrote.
func (h *health) ended(err error) {
	if err == nil {
		h.set(tickets.Sentence{})
		return
	}
	h.failed(err)
}

// failed takes an error; refusals of the domain say nothing about the disk.
func (h *health) failed(err error) {
	if why, ok := unavailable(err); ok {
		h.set(why)
	}
}

// filed takes the end of storing a file.
func (h *health) filed(err error, now time.Time) {
	why, full := unavailable(err)
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case full:
		h.files, h.until = why, now.Add(filesFor)
	case err == nil:
		h.until = time.Time{}
	}
}

func unavailable(err error) (why tickets.Sentence, ok bool) {
	var e *tickets.Error
	if !errors.As(err, &e) || e.Kind != tickets.Unavailable {
		return why, false
	}
	return tickets.Sentence{Key: e.Message, Args: e.Args}, true
}

func (h *health) set(why tickets.Sentence) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.why = why
}
