package tickets

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The longest texts that are taken, in characters.
const (
	longestSnippet = 140
	longestSubject = 300
	longestTag     = 40
	longestBody    = 200_000
	mostTags       = 20
)

// Snippet answers the first words of a text on one line, at most 140
// characters, cut between words where there is a gap in the second half.
func Snippet(body string) string { return cut(oneLine(body), longestSnippet) }

// oneLine joins the words of a text by single spaces.
func oneLine(text string) string {
	return strings.Join(strings.FieldsFunc(text, blank), " ")
}

func blank(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// cut shortens a text to n characters, an ellipsis among them.
func cut(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	kept := string([]rune(text)[:n])
	if gap := strings.LastIndex(kept, " "); gap > len(kept)/2 {
		return kept[:gap] + "…"
	}
	_, last := utf8.DecodeLastRuneInString(kept)
	return kept[:len(kept)-last] + "…"
}

// typedSubject checks the subject an agent typed.
func typedSubject(text string) (string, error) {
	text = oneLine(text)
	switch {
	case text == "":
		return "", NewError(Invalid, "subject", "error.subject.empty")
	case utf8.RuneCountInString(text) > longestSubject:
		return "", NewError(Invalid, "subject", "error.subject.long", "most", textOf(longestSubject))
	}
	return text, nil
}

// checkBody refuses an agent's message that is empty or endless.
func checkBody(body string, files []File) error {
	switch {
	case strings.TrimSpace(body) == "" && len(files) == 0:
		return NewError(Invalid, "body", "error.body.empty")
	case utf8.RuneCountInString(body) > longestBody:
		return NewError(Invalid, "body", "error.body.long", "most", textOf(longestBody))
	}
	return nil
}

// normalTags writes tags the one way we keep them: lower case, hyphens for
// spaces. Empty ones vanish.
func normalTags(tags []string) ([]string, error) {
	var out []string
	for _, tag := range tags {
		tag = strings.Join(strings.FieldsFunc(strings.ToLower(tag), blank), "-")
		if utf8.RuneCountInString(tag) > longestTag {
			return nil, NewError(Invalid, "tags", "error.tags.long", "most", textOf(longestTag))
		}
		if tag != "" {
			out = append(out, tag)
		}
	}
	return edited(nil, out, nil), nil
}

// checkTags refuses more tags than a ticket can carry.
func checkTags(tags []string) error {
	if len(tags) > mostTags {
		return NewError(Invalid, "tags", "error.tags.many", "most", textOf(mostTags))
	}
	return nil
}
