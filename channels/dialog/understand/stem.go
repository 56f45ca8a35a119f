package understand

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fewestLetters is what is left of a word at least.
const fewestLetters = 3

// endings are what Russian nouns, adjectives and participles end with, the
// longest first within a line.
const russianEndings = `иями ями ами его ого ему ому ыми ими ием иях ией
	ях ах ов ев ей ой ый ий ая яя ое ее ые ие ым им ом ем ую юю ию ия их ых ью ья ьи ам ям ет ит ут ют
	а я о е ы и у ю ь й`

const englishEndings = `ings ing ies ied ers ed es er s e y`

// stem is what the cases and numbers of a word have in common. It is simple: two
// words with one stem may still differ, which matters little where they are
// compared with the few words of a list.
func stem(word string) string {
	endings := englishEndings
	for _, r := range word {
		if unicode.Is(unicode.Cyrillic, r) {
			endings = russianEndings
		}
	}
	for ending := range strings.FieldsSeq(endings) {
		if rest, ok := strings.CutSuffix(word, ending); ok && utf8.RuneCountInString(rest) >= fewestLetters {
			return rest
		}
	}
	return word
}

func isSmall(word string) bool {
	switch word {
	case "и", "или", "на", "в", "во", "с", "со", "к", "ко", "у", "для", "от", "до", "из", "по", "о", "об", "не", "за", "при", "под", "над", "а", "мне", "я",
		"the", "a", "an", "of", "to", "in", "on", "at", "for", "with", "from", "by", "and", "or", "my", "is", "me", "i", "it":
		return true
	}
	return false
}
