package understand

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mostPeople is how many words are looked up at most.
const mostPeople = 8

var (
	namePattern   = regexp.MustCompile(`\p{L}+(?:-\p{L}+)*`)
	handlePattern = regexp.MustCompile(`(?:^|[^\p{L}\p{N}.])@([A-Za-z0-9_.]{3,32})`)
)

// People are the words of a text that may be a part of a person's name, or their
// address, for a look-up in the directory: addresses whole, handles without @,
// and words with a capital. Names are cut to what their Russian cases have in
// common (Иван Петров of "для Ивана Петрова"), so that a search by beginnings
// finds them; they are at most eight, addresses first, in the order of the text.
func People(text string) []string {
	if len(text) > longest {
		text = text[:longest]
	}
	found := emailPattern.FindAllString(text, -1)
	for _, m := range handlePattern.FindAllStringSubmatch(text, -1) {
		found = append(found, strings.TrimRight(m[1], "."))
	}
	bare := emailPattern.ReplaceAllString(text, " ")
	for _, name := range namePattern.FindAllString(bare, -1) {
		if mayBeName(name) {
			found = append(found, beginning(name))
		}
	}
	var distinct []string
	for _, word := range found {
		if !slices.Contains(distinct, word) && word != "" && len(distinct) < mostPeople {
			distinct = append(distinct, word)
		}
	}
	return distinct
}

// Whom is which of some people, by their different names, a text means: the only
// one with two words of their name in it, in any case, or the only one found when
// all there was to look up is an address. A first name alone means nobody.
func Whom(text string, names []string) (int, bool) {
	if words := People(text); len(names) == 1 && len(words) == 1 && strings.Contains(words[0], "@") {
		return 0, true
	}
	said, meant := beginnings(text), -1
	for i, name := range names {
		n := 0
		for part := range beginnings(name) {
			if said[part] {
				n++
			}
		}
		switch {
		case n < 2:
		case meant >= 0:
			return 0, false
		default:
			meant = i
		}
	}
	return max(meant, 0), meant >= 0
}

// beginnings are the words of a text as names are compared.
func beginnings(text string) map[string]bool {
	all := map[string]bool{}
	for _, word := range namePattern.FindAllString(text, -1) {
		all[beginning(plain(word))] = true
	}
	return all
}

// mayBeName says that a word has a capital, no more than that, and is not what
// sentences of this kind begin with.
func mayBeName(word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) || utf8.RuneCountInString(word) < fewestLetters || strings.ToUpper(word) == word {
		return false
	}
	_, isDay := weekday(plain(word))
	_, isMonth := month(plain(word))
	return !isDay && !isMonth && !isOpening(plain(word)) && strings.ToLower(word[size:]) == word[size:] || strings.Contains(word, "-")
}

// beginning is a Russian name without the ending of its case; other names are
// left alone.
func beginning(name string) string {
	for ending := range strings.FieldsSeq("ого ому ыми ой ым ом ем ую ая ий ей ами а я у ю е ы и й ь") {
		if rest, ok := strings.CutSuffix(name, ending); ok && utf8.RuneCountInString(rest) >= fewestLetters {
			return rest
		}
	}
	return name
}

func isOpening(word string) bool {
	switch word {
	case "здравствуйте", "привет", "добрый", "доброе", "доброго", "коллеги", "прошу", "нужен", "нужна", "нужно", "нужны", "хочу", "можно", "подскажите",
		"пожалуйста", "спасибо", "помогите", "надо", "как", "где", "когда", "что", "это", "для", "или", "завтра", "сегодня", "послезавтра", "меня", "мне", "мой",
		"доступ", "пропуск", "парковка", "справка", "заявка", "необходимо", "требуется", "дайте", "оформите", "закажите", "выдайте", "сломался", "сломалась",
		"hello", "good", "morning", "dear", "team", "please", "thanks", "thank", "need", "want", "could", "can", "would", "the", "for", "and", "help", "today",
		"tomorrow", "how", "what", "when", "where", "our", "his", "her", "they", "she", "you", "access", "parking", "certificate", "request", "printer":
		return true
	}
	return false
}
