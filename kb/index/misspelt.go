package index

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	index "github.com/blevesearch/bleve_index_api"

	"okno/kb"
)

// Words shorter than shortest are not corrected. Those of twiceWrong letters and
// more may have two wrong ones, but the first is taken to be right then.
const (
	shortest   = 4
	twiceWrong = 7
)

// The letters of a Russian keyboard and what the same keys give in Latin.
const (
	russianKeys = "йцукенгшщзхъфывапролджэячсмитьбю"
	latinKeys   = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
)

// corrected searches again, each word that no document has taken for those it
// may be a slip of, and, when all is written in Latin letters, as if the keyboard
// had been Russian. It answers what was found best.
func (x *Index) corrected(ctx context.Context, s *shelf, text string, hits []kb.Hit, limit int) ([]kb.Hit, error) {
	for _, typed := range []string{text, retyped(text)} {
		if typed == "" || !weak(hits) {
			break
		}
		question, err := s.correct(x.words.stems(typed), typed != text)
		if err != nil {
			return nil, err
		}
		if len(question) == 0 {
			continue
		}
		again, err := s.search(ctx, question, limit)
		if err != nil {
			return nil, err
		}
		if len(again) > 0 && (len(hits) == 0 || again[0].Score > hits[0].Score) {
			hits = again
		}
	}
	return hits, nil
}

// correct answers the question with its unknown words replaced, nothing when
// none could be. A question that was typed anew changed by that.
func (s *shelf) correct(stems []string, changed bool) ([]asked, error) {
	question := asWritten(stems)
	for i, stem := range stems {
		if s.spread[stem] > 0 {
			continue
		}
		near, err := s.near(stem)
		if err != nil {
			return nil, fmt.Errorf("look for words near: %w", err)
		}
		if len(near) > 0 {
			question[i], changed = asked{stems: near, quality: slip}, true
		}
	}
	if !changed {
		return nil, nil
	}
	return question, nil
}

// near answers the stems that differ from one by a slip: a letter too many, too
// few, wrong, or two that changed places.
func (s *shelf) near(stem string) ([]string, error) {
	letters := utf8.RuneCountInString(stem)
	if letters < shortest {
		return nil, nil
	}
	near, err := s.within(stem, 1, "")
	if err == nil && len(near) == 0 && letters >= twiceWrong {
		first, _ := utf8.DecodeRuneInString(stem)
		near, err = s.within(stem, 2, string(first))
	}
	return near, err
}

// within answers the stems with a beginning that are some slips from one.
func (s *shelf) within(stem string, slips int, beginning string) (near []string, err error) {
	inside, err := s.found.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := inside.Reader()
	if err != nil {
		return nil, err
	}
	defer func() { _ = reader.Close() }()
	fuzzy, ok := reader.(index.IndexReaderFuzzy)
	if !ok {
		return nil, nil
	}
	list, err := fuzzy.FieldDictFuzzy(stemField, stem, slips, beginning)
	if err != nil {
		return nil, err
	}
	defer func() { _ = list.Close() }()
	for {
		entry, err := list.Next()
		if err != nil || entry == nil {
			return near, err
		}
		if utf8.RuneCountInString(entry.Term) >= shortest-1 {
			near = append(near, entry.Term)
		}
	}
}

// retyped is a text in Latin letters as its keys give it on a Russian keyboard;
// nothing for other texts.
func retyped(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
		return ""
	}
	russian := []rune(russianKeys)
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune(latinKeys, unicode.ToLower(r)); i >= 0 {
			return russian[i]
		}
		return r
	}, text)
}
