package store

import (
	"context"
	"maps"
	"slices"
)

// AddCounts implements tickets.ViewStore. The counters are written at the end of
// the transaction, always in the same order, so that transactions wait for one
// another instead of blocking each other.
func (s *Store) AddCounts(ctx context.Context, delta map[string]int) error {
	return s.InTx(ctx, func(ctx context.Context) error {
		t := s.tx(ctx)
		if t.counts == nil {
			t.counts = map[string]int{}
		}
		for name, n := range delta {
			t.counts[name] += n
		}
		return nil
	})
}

func (s *Store) flushCounts(ctx context.Context, t *tx) error {
	counts := t.counts
	t.counts = nil
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		if counts[name] == 0 {
			continue
		}
		_, err := s.execQuietly(ctx, `INSERT INTO counts (key, value) VALUES ($1, $2)
			ON CONFLICT (key) DO UPDATE SET value = counts.value + excluded.value`, name, counts[name])
		if err != nil {
			return err
		}
	}
	return nil
}

// Counts implements tickets.ViewStore; keys never counted are 0.
func (s *Store) Counts(ctx context.Context, keys []string) (map[string]int, error) {
	found := map[string]int{}
	if len(keys) == 0 {
		return found, nil
	}
	if err := s.written(ctx); err != nil {
		return nil, err
	}
	var rows []struct {
		Key   string
		Value int
	}
	err := s.listIn(ctx, &rows, `SELECT key, value FROM counts WHERE key IN (?)`, keys)
	for _, k := range keys {
		found[k] = 0
	}
	for _, r := range rows {
		found[r.Key] = r.Value
	}
	return found, err
}
