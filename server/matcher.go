package server

import (
	"context"
	"fmt"
	"sync"

	"okno/channels/dialog"
	"okno/channels/dialog/understand"
	"okno/kb"
	"okno/kb/index"
	"okno/tickets"
	"okno/tickets/forms"
)

// mostMatches is how many request types words may mean.
const mostMatches = 5

// formKind is the kind of the documents that are request types.
const formKind = "form"

// matcher finds the request types that words may mean. Its index is made anew
// with the first question after the catalogue changed.
type matcher struct {
	tickets *tickets.Service
	index   kb.Index

	mu      sync.Mutex
	made    bool
	version int64 // of the catalogue the index was made of
}

func newMatcher(s *tickets.Service) (*matcher, error) {
	i, err := index.New()
	if err != nil {
		return nil, fmt.Errorf("make the index of request types: %w", err)
	}
	return &matcher{tickets: s, index: i}, nil
}

// find answers types of the catalogue, the best first.
func (m *matcher) find(ctx context.Context, c forms.Catalog, words string) ([]dialog.Match, error) {
	if len(c.Types) == 0 {
		return nil, nil
	}
	if err := m.refresh(ctx); err != nil {
		return nil, err
	}
	hits, err := m.index.Search(ctx, formKind, words, mostMatches)
	if err != nil {
		return nil, fmt.Errorf("search request types: %w", err)
	}
	seen := map[int64]bool{}
	for _, t := range c.Types {
		seen[t.ID] = true
	}
	var out []dialog.Match
	for _, h := range hits {
		if id, ok := understand.TypeOf(h.ID); ok && seen[id] {
			out = append(out, dialog.Match{Type: id, Score: h.Score})
		}
	}
	return out, nil
}

// refresh makes the index of all there is to ask for, whoever may ask: what one
// person must not see is left out of their answer.
func (m *matcher) refresh(ctx context.Context) error {
	c, err := m.tickets.Catalog(ctx, tickets.System())
	if err != nil {
		return fmt.Errorf("load catalogue: %w", err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.made && m.version == c.Version {
		return nil
	}
	if err := m.index.Replace(ctx, formKind, understand.Documents(c.Types, c.Lists)); err != nil {
		return fmt.Errorf("index request types: %w", err)
	}
	m.made, m.version = true, c.Version
	return nil
}
