package understand

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"okno/tickets/fields"
)

// longest is how much of a text is read, in bytes: nobody says when they come
// after that.
const longest = 3000

// token is a word, a number or a single mark. Blanks part tokens and are none.
type token struct {
	text       string // in lower case, ё as е
	start, end int    // bytes of the text
	number     int    // -1: none, or more digits than anything here needs
	taken      bool   // read as a part of a thing
	loose      bool   // taken as a number, which may be in the name of an option as well
}

// thing is something a text says, as the canonical text of its type.
type thing struct {
	kind  fields.Type
	value string
	unit  string // of numbers: the stem of the word behind
	until bool   // of dates: a last day
}

// reading is a text that is being understood.
type reading struct {
	text   string
	tokens []token
	now    time.Time
	things []thing
}

var tokenPattern = regexp.MustCompile(`\p{L}+(?:['’]\p{L}+)*|\p{Nd}+|[^\p{L}\p{Nd}\s]`)

// read finds all there is in a text.
func read(text string, now time.Time) *reading {
	if len(text) > longest {
		text = text[:longest]
	}
	r := &reading{text: strings.ToValidUTF8(text, " "), now: now}
	for _, at := range tokenPattern.FindAllStringIndex(r.text, -1) {
		r.tokens = append(r.tokens, tokenOf(r.text[at[0]:at[1]], at[0]))
	}
	r.findAddresses()
	r.findPlates()
	r.findPhones()
	r.passVersions()
	r.findMoney()
	r.passLabels()
	r.findDays()
	r.findTimes()
	r.findNumbers()
	return r
}

func tokenOf(raw string, start int) token {
	t := token{text: plain(raw), start: start, end: start + len(raw), number: -1}
	if n, err := strconv.Atoi(t.text); err == nil && len(t.text) <= 9 && n >= 0 {
		t.number = n
	}
	return t
}

// plain is how words are compared.
func plain(raw string) string {
	return strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(raw), "ё", "е"), "’", "'")
}

// at is a token that nothing has read, an empty one beyond the ends.
func (r *reading) at(i int) token {
	if i < 0 || i >= len(r.tokens) || r.tokens[i].taken {
		return token{number: -1}
	}
	return r.tokens[i]
}

// is says that a token is one of some words or marks.
func (r *reading) is(i int, words ...string) bool {
	text := r.at(i).text
	for _, word := range words {
		if text == word && text != "" {
			return true
		}
	}
	return false
}

// ends says that nothing follows that a number could count: the end, a mark, or
// something that was read already.
func (r *reading) ends(i int) bool {
	text := r.at(i).text
	return text == "" || !unicode.IsLetter([]rune(text)[0]) && r.at(i).number < 0
}

// joined says that there is no blank between some tokens.
func (r *reading) joined(i, n int) bool {
	for ; n > 1; i, n = i+1, n-1 {
		if i < 0 || i+1 >= len(r.tokens) || r.tokens[i].end != r.tokens[i+1].start {
			return false
		}
	}
	return true
}

// raw is a token as it was written.
func (r *reading) raw(i int) string {
	if i < 0 || i >= len(r.tokens) {
		return ""
	}
	return r.text[r.tokens[i].start:r.tokens[i].end]
}

// take keeps a thing and the tokens it was read from.
func (r *reading) take(i, n int, t thing) {
	r.pass(i, n)
	r.things = append(r.things, t)
}

// pass reads tokens that say nothing to anybody else.
func (r *reading) pass(i, n int) {
	for ; n > 0 && i < len(r.tokens); i, n = i+1, n-1 {
		r.tokens[i].taken = true
	}
}

// passLoosely is pass for numbers that may be in the name of an option.
func (r *reading) passLoosely(i int) {
	r.tokens[i].taken, r.tokens[i].loose = true, true
}

// takeBytes is take for a part of the text. It is refused where the part begins
// or ends within a word or a number, or was read before.
func (r *reading) takeBytes(start, end int, t thing) {
	first, n := r.within(start, end)
	for _, token := range r.tokens[first : first+n] {
		if token.taken || token.start < start || token.end > end {
			return
		}
	}
	r.pass(first, n)
	if t.kind != "" && n > 0 {
		r.things = append(r.things, t)
	}
}

// within are the tokens that have a part between two bytes of the text.
func (r *reading) within(start, end int) (first, n int) {
	first, _ = slices.BinarySearchFunc(r.tokens, start, func(t token, start int) int { return cmp.Compare(t.end, start+1) })
	for n = 0; first+n < len(r.tokens) && r.tokens[first+n].start < end; n++ {
	}
	return first, n
}

// values are the different things of a kind, in the order of the text.
func (r *reading) values(kind fields.Type) []thing {
	var found []thing
	seen := map[string]bool{}
	for _, t := range r.things {
		if t.kind == kind && !seen[t.value] {
			seen[t.value] = true
			found = append(found, t)
		}
	}
	return found
}
