// Package index finds documents by the words of a question, in Russian, in
// English and in both at once. It owns what is looked up and how a find is
// scored; it knows documents and nothing of what they stand for.
//
// The documents of a kind stand on a shelf. A shelf is built aside, never
// changes and takes the place of the one before it at once: whoever searches
// sees all the old documents or all the new ones. Bleve takes words apart, cuts
// them to their stems, picks the documents that may be meant and finds the words
// a misspelt one may stand for. The score is our own, because Bleve's depends on
// the question and on how many documents there are; see score.go for what it
// means.
//
// Everything lives in memory and is built again at the start: a thousand request
// types take a part of a second. Bleve runs goroutines of its own, so an Index
// cannot be used inside a synctest bubble.
package index

import (
	"context"
	"fmt"
	"sync"

	"okno/kb"
)

// Index is a kb.Index in memory. It is safe for use by many at once.
type Index struct {
	words   *words
	replace sync.Mutex // one shelf is built at a time, so that the last Replace wins
	mu      sync.RWMutex
	shelves map[string]*shelf // by kind
}

// New makes an empty index.
func New() (*Index, error) {
	w, err := newWords()
	if err != nil {
		return nil, fmt.Errorf("set up the analysis of words: %w", err)
	}
	return &Index{words: w, shelves: map[string]*shelf{}}, nil
}

// Replace makes these all the documents of a kind. Searches that run meanwhile
// find the ones before, and those are found still when it fails.
func (x *Index) Replace(ctx context.Context, kind string, all []kb.Document) error {
	x.replace.Lock()
	defer x.replace.Unlock()
	next, err := x.newShelf(ctx, all)
	if err != nil {
		return fmt.Errorf("index documents of kind %s: %w", kind, err)
	}
	before := x.put(kind, next)
	if err := before.close(); err != nil {
		return fmt.Errorf("close the former index of kind %s: %w", kind, err)
	}
	return nil
}

// put exchanges a shelf when nobody searches it.
func (x *Index) put(kind string, next *shelf) (before *shelf) {
	x.mu.Lock()
	defer x.mu.Unlock()
	before, x.shelves[kind] = x.shelves[kind], next
	return before
}

// Search answers up to limit documents of a kind, the best first. Words that no
// document has are taken for misspelt ones when the question finds little as it
// was written.
func (x *Index) Search(ctx context.Context, kind, text string, limit int) ([]kb.Hit, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	s := x.shelves[kind]
	stems := x.words.stems(text)
	if s == nil || len(stems) == 0 || limit <= 0 {
		return nil, nil
	}
	hits, err := s.search(ctx, asWritten(stems), limit)
	if err == nil && weak(hits) {
		hits, err = x.corrected(ctx, s, text, hits, limit)
	}
	if err != nil {
		return nil, fmt.Errorf("search documents of kind %s: %w", kind, err)
	}
	return hits, nil
}

// Close frees all of it. An index is not used afterwards.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	for kind, s := range x.shelves {
		if err := s.close(); err != nil {
			return fmt.Errorf("close the index of kind %s: %w", kind, err)
		}
		delete(x.shelves, kind)
	}
	return nil
}
