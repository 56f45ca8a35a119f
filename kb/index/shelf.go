package index

import (
	"context"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"

	"okno/kb"
)

// stemField is the only field there is: the stems of all passages.
const stemField = "stems"

// candidates is how many documents Bleve picks for each one that is wanted, and
// fewest how many it picks at least; they are scored anew.
const (
	candidates = 4
	fewest     = 32
)

// shelf has the documents of one kind. It does not change once it is built.
type shelf struct {
	found     bleve.Index
	documents map[string][]passage // by id
	spread    map[string]int       // documents a stem is in
	spellings []spelling           // of all stems
	heaviest  float64              // weight among all passages
}

// passage is a part of a document as its stems, each once.
type passage struct {
	weight float64
	stems  []string
	worth  float64 // of all its stems
}

func (x *Index) newShelf(ctx context.Context, all []kb.Document) (*shelf, error) {
	found, err := newBleve()
	if err != nil {
		return nil, err
	}
	s := &shelf{found: found, documents: map[string][]passage{}, spread: map[string]int{}}
	batch := found.NewBatch()
	for _, d := range all {
		stems := s.keep(d, x.words)
		if err == nil {
			err = batch.Index(d.ID, map[string]string{stemField: strings.Join(stems, " ")})
		}
	}
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = found.Batch(batch)
	}
	if err != nil {
		_ = s.close()
		return nil, err
	}
	s.settle()
	return s, nil
}

// settle works out what needs all documents to be known.
func (s *shelf) settle() {
	for stem := range s.spread {
		s.spellings = append(s.spellings, spell(stem))
	}
	for _, parts := range s.documents {
		for i, p := range parts {
			for _, stem := range p.stems {
				parts[i].worth += s.worth(stem)
			}
		}
	}
}

// keep remembers a document's passages and answers all of its stems.
func (s *shelf) keep(d kb.Document, w *words) []string {
	var whole []string
	var parts []passage
	for _, p := range d.Texts {
		stems := w.stems(p.Text)
		if len(stems) == 0 {
			continue
		}
		parts = append(parts, passage{weight: p.Weight, stems: stems})
		whole = append(whole, stems...)
		s.heaviest = max(s.heaviest, p.Weight)
	}
	s.documents[d.ID] = parts
	distinct := map[string]bool{}
	for _, stem := range whole {
		if !distinct[stem] {
			distinct[stem] = true
			s.spread[stem]++
		}
	}
	return whole
}

// newBleve makes an index in memory of texts that were analysed already: blanks
// stand between their stems.
func newBleve() (bleve.Index, error) {
	m := bleve.NewIndexMapping()
	err := m.AddCustomAnalyzer(stemField, map[string]any{"type": custom.Name, "tokenizer": whitespace.Name})
	if err != nil {
		return nil, err
	}
	field := bleve.NewTextFieldMapping()
	field.Analyzer, field.Store, field.IncludeTermVectors, field.IncludeInAll, field.DocValues = stemField, false, false, false, false
	m.DefaultMapping = &mapping.DocumentMapping{
		Enabled: true, Properties: map[string]*mapping.DocumentMapping{stemField: {Enabled: true, Fields: []*mapping.FieldMapping{field}}},
	}
	return bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
}

// pick answers the ids of the documents that have the most of some stems.
func (s *shelf) pick(ctx context.Context, stems map[string]int, limit int) ([]string, error) {
	var any []query.Query
	for stem := range stems {
		q := bleve.NewTermQuery(stem)
		q.SetField(stemField)
		any = append(any, q)
	}
	request := bleve.NewSearchRequestOptions(bleve.NewDisjunctionQuery(any...), max(fewest, limit*candidates), 0, false)
	result, err := s.found.SearchInContext(ctx, request)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, hit := range result.Hits {
		ids = append(ids, hit.ID)
	}
	return ids, nil
}

// close frees the index; there may be none.
func (s *shelf) close() error {
	if s == nil {
		return nil
	}
	return s.found.Close()
}
