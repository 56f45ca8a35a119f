package ui

import (
	"hash/fnv"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"okno/tickets"
)

// initials are the first letters of the first and the last word.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	switch len(words) {
	case 0:
		return "?"
	case 1:
		return first(words[0])
	}
	return first(words[0]) + first(words[len(words)-1])
}

func first(word string) string {
	r, _ := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(r))
}

// hue gives a name one of the six colours of the look, always the same.
func hue(name string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return "h" + strconv.Itoa(int(h.Sum32()%6)+1)
}

// Glyph is how the look names the sign of a category.
func Glyph(category tickets.Category) string {
	switch category {
	case tickets.OnHold:
		return "snoozed"
	case tickets.New, tickets.Open, tickets.Waiting, tickets.Solved, tickets.Closed:
		return string(category)
	}
	return string(tickets.Open)
}
