package forms

import (
	"cmp"
	"regexp"
	"strings"
	"unicode/utf8"
)

// longestSubject is the most characters a subject made of answers has.
const longestSubject = 120

// slot is a place for an answer: a step's key in braces.
var slot = regexp.MustCompile(`\{([a-z0-9_]+)\}`)

// Subject is what a ticket of a form is called: the words of the definition with
// the answers in them, on one line. Slots without an answer leave no punctuation
// behind. Without words of its own it is the form's name.
func Subject(t RequestType, lists []List, a Answers, language string) string {
	words := t.Subject.In(language)
	made := slot.ReplaceAllStringFunc(words, func(found string) string {
		s, _ := t.Step(strings.Trim(found, "{}"))
		return Show(s, Options(s, lists), a[s.Key], language)
	})
	return cmp.Or(cut(tidy(made)), t.Name.In(language))
}

// tidy puts words on one line, without separators that have nothing on one of
// their sides and without brackets around nothing.
func tidy(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }), " ")
	for _, empty := range []string{"()", "«»", "“”", `""`} {
		text = strings.ReplaceAll(text, empty, "")
	}
	for again := true; again; {
		before := text
		text = emptyPart.ReplaceAllString(text, "$1")
		text = strings.Trim(strings.ReplaceAll(text, "  ", " "), " ,;:–—-·")
		again = text != before
	}
	return text
}

// emptyPart is two separators with nothing between; the first stays.
var emptyPart = regexp.MustCompile(`(\s*[,;:–—·])\s*[,;:–—·]`)

func cut(text string) string {
	if utf8.RuneCountInString(text) <= longestSubject {
		return text
	}
	return strings.TrimRight(string([]rune(text)[:longestSubject-1]), " ,;:–—-") + "…"
}
