package tickets

import (
	"regexp"
	"strings"
)

// What Markdown reads as marks: anywhere, as the first word of a line, and at
// the ends of words (CommonMark 0.31, sections 4 to 6).
var (
	marks    = regexp.MustCompile("[\\\\`*\\[\\]<>~|&]")
	bullet   = regexp.MustCompile(`^(\d*)([-+=#.)]+)(\s|$)`)
	wordMark = regexp.MustCompile(`(^|[^\pL\pN])_|_($|[^\pL\pN])`)
	unmarked = regexp.MustCompile("(?m)^> ?|\\*\\*|\\\\([!-/:-@\\[-`{-~])")
)

// escaped is a plain text that Markdown shows as it is, line by line. Addresses
// stay links.
func escaped(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		line = marks.ReplaceAllString(strings.TrimSpace(line), `\$0`)
		line = bullet.ReplaceAllString(line, `$1\$2$3`)
		lines[i] = wordMark.ReplaceAllStringFunc(line, func(found string) string {
			return strings.ReplaceAll(found, "_", `\_`)
		})
	}
	return strings.Join(lines, "\n")
}

// snippet is what a list shows of a message: the words, without the marks that
// a form puts around its labels.
func (m Message) snippet() string {
	if m.Markdown {
		return Snippet(unmarked.ReplaceAllString(m.Body, "$1"))
	}
	return Snippet(m.Body)
}
