package understand

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// fewestLetters is what is left of a word at least.
const fewestLetters = 3

// stem is what the cases and numbers of a word have in common. It is simple: two
// words with one stem may still differ, which matters little where they are
// compared with the few words of a list.
func stem(word string) string {
	last, _ := utf8.DecodeLastRuneInString(word)
	isEnding, letter, longest := isEnglishEnding, 1, 4
	if unicode.Is(unicode.Cyrillic, last) {
		isEnding, letter, longest = isRussianEnding, 2, 3
	}
	for n := longest; n > 0; n-- {
		cut := len(word) - n*letter
		if cut > 0 && isEnding(word[cut:]) && utf8.RuneCountInString(word[:cut]) >= fewestLetters {
			return word[:cut]
		}
	}
	return word
}

// isRussianEnding says that nouns, adjectives, participles or verbs end so.
func isRussianEnding(letters string) bool {
	switch letters {
	case "ями", "ами", "его", "ого", "ему", "ому", "ыми", "ими", "ием", "иях", "ией",
		"ях", "ах", "ов", "ев", "ей", "ой", "ый", "ий", "ая", "яя", "ое", "ее", "ые", "ие", "ым", "им", "ом", "ем", "ую", "юю", "ию", "ия",
		"их", "ых", "ью", "ья", "ьи", "ам", "ям", "ет", "ит", "ут", "ют",
		"а", "я", "о", "е", "ы", "и", "у", "ю", "ь", "й":
		return true
	}
	return false
}

func isEnglishEnding(letters string) bool {
	switch letters {
	case "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "s", "e", "y":
		return true
	}
	return false
}

// stemsOf are the stems of the words of a name, small words left out. Letters and
// digits together are one word, as in 1С.
func stemsOf(name string) []string {
	var all []string
	for word := range strings.FieldsFuncSeq(plain(name), func(r rune) bool { return !isAlphanumeric(r) }) {
		if !isSmall(word) {
			all = append(all, stem(word))
		}
	}
	return all
}

func isSmall(word string) bool {
	switch word {
	case "и", "или", "на", "в", "во", "с", "со", "к", "ко", "у", "для", "от", "до", "из", "по", "о", "об", "не", "за", "при", "под", "над", "а", "мне", "я",
		"the", "a", "an", "of", "to", "in", "on", "at", "for", "with", "from", "by", "and", "or", "my", "is", "me", "i", "it":
		return true
	}
	return false
}
