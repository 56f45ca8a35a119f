package index

import (
	"cmp"
	"context"
	"math"
	"slices"

	"okno/kb"
)

// A score says how much of a question a document speaks of, from 0 to 1, and
// means the same for every question, so that one threshold serves them all:
//
//   - Each word of the question has a worth: 1 when a single document has it,
//     less the more have it, and a little when none has.
//   - The question is covered by the worth of its words that the document has
//     against the worth of all. Words count less in passages that weigh less, and
//     when they are taken for misspelt ones.
//   - A passage is covered by the worth of its words that are in the question
//     against the worth of all of its words: a name said in full within a long
//     story counts. Passages of one common word cover little by this.
//
// The score is the mean of the two, the question counting as ofQuestion.
const (
	ofQuestion = 0.5
	unknown    = 0.5 // worth of a word no document has
	light      = 0.5 // how much passages that weigh less fall behind
	slip       = 0.8 // of a word taken for a misspelt one
	enough     = 0.6 // a score below is weak: misspelt words are looked for
)

// asked is one word of a question with the stems it may stand for.
type asked struct {
	stems   []string
	quality float64 // 1 as it was written
}

func asWritten(stems []string) []asked {
	var question []asked
	for _, stem := range stems {
		question = append(question, asked{stems: []string{stem}, quality: 1})
	}
	return question
}

func weak(hits []kb.Hit) bool { return len(hits) == 0 || hits[0].Score < enough }

func (s *shelf) search(ctx context.Context, question []asked, limit int) ([]kb.Hit, error) {
	words := s.wordsOf(question)
	ids, err := s.pick(ctx, words, limit)
	if err != nil {
		return nil, err
	}
	var hits []kb.Hit
	for _, id := range ids {
		hits = append(hits, kb.Hit{ID: id, Score: s.score(question, words, s.documents[id])})
	}
	slices.SortFunc(hits, func(a, b kb.Hit) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID)) })
	return hits[:min(limit, len(hits))], nil
}

// wordsOf says which word of a question each stem belongs to.
func (s *shelf) wordsOf(question []asked) map[string]int {
	words := map[string]int{}
	for i, word := range question {
		for _, stem := range word.stems {
			words[stem] = i
		}
	}
	return words
}

func (s *shelf) score(question []asked, words map[string]int, parts []passage) float64 {
	passages, best := 0.0, make([]float64, len(question)) // how well each word is had: 1 in a heaviest passage
	for _, p := range parts {
		strength, said := s.strength(p), 0.0
		for _, stem := range p.stems {
			if i, ok := words[stem]; ok {
				said += s.worth(stem) * question[i].quality
				best[i] = max(best[i], strength*question[i].quality)
			}
		}
		passages = max(passages, strength*said/max(p.worth, 1))
	}
	had, all := 0.0, 0.0
	for i, word := range question {
		worth := s.worthOf(word)
		had, all = had+worth*best[i], all+worth
	}
	return ofQuestion*had/all + (1-ofQuestion)*passages
}

// strength is 1 for the heaviest passages and falls slowly with the weight.
func (s *shelf) strength(p passage) float64 {
	if s.heaviest <= 0 || p.weight <= 0 {
		return 0
	}
	return math.Pow(p.weight/s.heaviest, light)
}

func (s *shelf) worthOf(word asked) float64 {
	worth := 0.0
	for _, stem := range word.stems {
		worth = max(worth, s.worth(stem))
	}
	return worth
}

func (s *shelf) worth(stem string) float64 {
	spread := s.spread[stem]
	if spread == 0 {
		return unknown
	}
	return 1 / (1 + math.Log(float64(spread)))
}
