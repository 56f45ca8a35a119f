package web

import (
	escape "html"
	"regexp"
	"strings"

	"okno/channels/markdown"
	"okno/tickets"
)

// address finds web addresses in plain text. The last character is never
// punctuation, which belongs to the sentence.
var address = regexp.MustCompile(`https?://[^\s<>"]*[^\s<>".,;:!?)\]}'»]`)

// textOf is the text of a message as safe HTML: Markdown of agents, plain text
// of people.
func textOf(m tickets.Message) string {
	if m.Markdown {
		return markdown.HTML(m.Body)
	}
	return plain(m.Body)
}

// plain makes paragraphs and links of plain text.
func plain(text string) string {
	var b strings.Builder
	for _, part := range strings.Split(strings.ReplaceAll(strings.TrimSpace(text), "\r\n", "\n"), "\n\n") {
		if part = strings.Trim(part, "\n"); part != "" {
			b.WriteString("<p>" + strings.ReplaceAll(linked(part), "\n", "<br>") + "</p>")
		}
	}
	return b.String()
}

// linked escapes a text and makes its web addresses clickable.
func linked(text string) string {
	var b strings.Builder
	last := 0
	for _, at := range address.FindAllStringIndex(text, -1) {
		where := escape.EscapeString(text[at[0]:at[1]])
		b.WriteString(escape.EscapeString(text[last:at[0]]))
		b.WriteString(`<a href="` + where + `" target="_blank" rel="noopener noreferrer nofollow">` + where + `</a>`)
		last = at[1]
	}
	b.WriteString(escape.EscapeString(text[last:]))
	return b.String()
}
