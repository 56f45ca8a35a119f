package store

import (
	"context"
	"errors"
	"sync"

	"okno/tickets"
)

// health remembers the last failed write until a later one works.
type health struct {
	mu  sync.Mutex
	why tickets.Sentence
}

// Health says whether the last write that needed the disk worked, and if not,
// why. Reads may work all the same.
func (s *Store) Health() (ok bool, why tickets.Sentence) {
	s.health.mu.Lock()
	defer s.health.mu.Unlock()
	return s.health.why.Key == "", s.health.why
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
	var e *tickets.Error
	if errors.As(err, &e) && e.Kind == tickets.Unavailable {
		h.set(tickets.Sentence{Key: e.Message, Args: e.Args})
	}
}

func (h *health) set(why tickets.Sentence) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.why = why
}
