package read

import (
	"math"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// cyrillic finds the single-byte charset in which bytes read as Russian, or nil
// when they do in none. Each charset is judged by how common its letters are
// and by where the capitals stand: koi8-r read as windows-1251 swaps the cases.
func cyrillic(sample []byte) *charmap.Charmap {
	if betweenLatin(sample) {
		return nil
	}
	var best *charmap.Charmap
	bestScore := leastRussian
	for _, enc := range []*charmap.Charmap{charmap.Windows1251, charmap.KOI8R, charmap.CodePage866, charmap.ISO8859_5, charmap.MacintoshCyrillic} {
		if score := russian(sample, enc); score > bestScore {
			best, bestScore = enc, score
		}
	}
	return best
}

// leastRussian is the mean score below which a text is no Russian: that of
// letters met in random order lies near -5.
const leastRussian = -4.3

// betweenLatin says that most high bytes touch ASCII letters, as the accents of
// Western languages do.
func betweenLatin(sample []byte) bool {
	high, touching := 0, 0
	for i, c := range sample {
		if c < 0x80 {
			continue
		}
		high++
		if i > 0 && latin(sample[i-1]) || i+1 < len(sample) && latin(sample[i+1]) {
			touching++
		}
	}
	return 2*touching > high
}

func latin(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// russian is the mean score of the high bytes of a sample.
func russian(sample []byte, enc *charmap.Charmap) float64 {
	sum, count := 0.0, 0
	before := ' '
	for _, c := range sample {
		r := enc.DecodeByte(c)
		if c >= 0x80 {
			sum += letterScore(before, r)
			count++
		}
		before = r
	}
	if count == 0 {
		return math.Inf(-1)
	}
	return sum/float64(count) - rarity(enc)
}

// rarity is what a charset that hardly anybody sends has to make up for.
func rarity(enc *charmap.Charmap) float64 {
	switch enc {
	case charmap.MacintoshCyrillic:
		return 0.6
	case charmap.ISO8859_5:
		return 0.1
	}
	return 0
}

// letterScore is the logarithm of a letter's share of Russian text, less when
// it stands where it rarely does.
func letterScore(before, r rune) float64 {
	lower := unicode.ToLower(r)
	share, known := letterShare(lower)
	if !known {
		return symbolScore(r)
	}
	score := math.Log(share / 100)
	if lower != r {
		score -= capitalCost(before)
	}
	if (before == ' ' || before == '\n') && (lower == 'ь' || lower == 'ъ' || lower == 'ы') {
		score -= 4
	}
	return score
}

// capitalCost is what a capital costs: little at the start of a word or inside
// a word of capitals, much after a small letter.
func capitalCost(before rune) float64 {
	switch {
	case unicode.IsLower(before):
		return 6
	case unicode.IsUpper(before):
		return 0.25
	}
	return 0.3
}

// symbolScore judges what is no Russian letter.
func symbolScore(r rune) float64 {
	switch r {
	case '«', '»', '—', '–', '№', '\u00a0', '…', '“', '”', '„', '’', '•', '€':
		return -4
	}
	return -9
}

// letterShare is how often a letter is met, in per cent of a Russian text.
func letterShare(r rune) (percent float64, known bool) {
	at := strings.IndexRune(alphabet, r)
	if at < 0 {
		return 0, false
	}
	// Every letter of the alphabet takes two bytes.
	return [...]float64{
		10.97, 8.45, 8.01, 7.35, 6.70, 6.26, 5.47, 4.73, 4.54, 4.40, 3.49, 3.21, 2.98, 2.81, 2.62, 2.01, 1.90,
		1.74, 1.70, 1.65, 1.59, 1.44, 1.21, 0.97, 0.94, 0.73, 0.64, 0.48, 0.36, 0.32, 0.26, 0.04, 0.04,
	}[at/2], true
}

// alphabet holds the letters from the commonest to the rarest.
const alphabet = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
