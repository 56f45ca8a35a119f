package dialog

import (
	"slices"
	"strings"
	"unicode"
)

// speaks is the language to answer in. Cyrillic says Russian at once. Latin says
// English only where a whole phrase is written in it and no form is under way: a
// name or a car plate is in Latin letters in any language.
func (d *talk) speaks() string {
	known := d.state.Language
	if known == "" {
		known = d.turn.Language
	}
	cyrillic, latin := letters(d.turn.Text)
	switch {
	case cyrillic && (!d.live() || known == ""):
		return "ru"
	case latin && !cyrillic && !d.live() && len(strings.Fields(d.turn.Text)) > 1:
		return "en"
	}
	return known
}

func letters(text string) (cyrillic, latin bool) {
	for _, r := range text {
		cyrillic = cyrillic || unicode.Is(unicode.Cyrillic, r)
		latin = latin || unicode.Is(unicode.Latin, r)
	}
	return cyrillic, latin
}

// normal is a text as words are compared: letters and digits in lower case with
// one blank between, ё as е.
func normal(text string) string {
	text = strings.ReplaceAll(strings.ToLower(text), "ё", "е")
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return strings.Join(words, " ")
}

// saysWord says whether the text is one of the words for a command, in either
// language. A slash before it, as some networks write commands, does not matter.
func (d *talk) saysWord(name string) bool {
	text, _, _ := strings.Cut(d.turn.Text, "@")
	if !strings.HasPrefix(text, "/") { // in groups a command names its bot: /menu@name
		text = d.turn.Text
	}
	word := normal(text)
	if word == "" {
		return false
	}
	for _, language := range []string{"en", "ru"} {
		all := strings.Split(d.words(language, sentence("dialog.words."+name, nil)), ", ")
		if slices.Contains(all, word) {
			return true
		}
	}
	return false
}
