package index

import (
	"context"
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"okno/kb"
)

// Words shorter than shortest are not corrected. Those of twiceWrong letters and
// more may have two slips, but the first letter is taken to be right then.
const (
	shortest   = 5
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
		question, changed := s.correct(x.words.stems(typed))
		if !weak(hits) || len(question) == 0 || !changed && typed == text {
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

// correct answers a question whose unknown words are replaced where they can be.
func (s *shelf) correct(stems []string) (question []asked, changed bool) {
	question = asWritten(stems)
	for i, stem := range stems {
		if s.spread[stem] > 0 {
			continue
		}
		if near := s.near(stem); len(near) > 0 {
			question[i], changed = asked{stems: near, quality: slip}, true
		}
	}
	return question, changed
}

// spelling is a stem as slips are counted in it.
type spelling struct {
	stem    string
	letters []rune
	has     uint64 // a bit for each letter, some share one
}

func spell(stem string) spelling {
	s := spelling{stem: stem, letters: []rune(stem)}
	for _, r := range s.letters {
		s.has |= 1 << (uint32(r) % 64)
	}
	return s
}

// near answers the stems that are one slip away, or two when there are none.
func (s *shelf) near(stem string) []string {
	typed := spell(stem)
	if len(typed.letters) < shortest {
		return nil
	}
	near := s.within(typed, 1, func(spelling) bool { return true })
	if len(near) == 0 && len(typed.letters) >= twiceWrong {
		near = s.within(typed, 2, func(known spelling) bool { return known.letters[0] == typed.letters[0] })
	}
	return near
}

// within answers the stems that can be meant and are at most some slips away. A
// slip changes two letters at most, which rules most of them out.
func (s *shelf) within(typed spelling, slips int, can func(spelling) bool) (near []string) {
	for _, known := range s.spellings {
		apart := len(known.letters) - len(typed.letters)
		if max(apart, -apart) > slips || len(known.letters) < shortest-1 || bits.OnesCount64(known.has^typed.has) > 2*slips {
			continue
		}
		if can(known) && distance(typed.letters, known.letters) <= slips {
			near = append(near, known.stem)
		}
	}
	return near
}

// distance counts the slips between two words: a letter too many, too few, wrong,
// or two neighbours that changed places.
func distance(a, b []rune) int {
	above, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		next[0] = i + 1
		for j := range b {
			wrong := 1
			if a[i] == b[j] {
				wrong = 0
			}
			next[j+1] = min(row[j]+wrong, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], above[j-1]+1)
			}
		}
		above, row, next = row, next, above
	}
	return row[len(b)]
}

// retyped is a text in Latin letters as its keys give it on a Russian keyboard;
// nothing for other texts.
func retyped(text string) string {
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
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
