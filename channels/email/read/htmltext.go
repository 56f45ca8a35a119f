package read

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
)

// metaTag finds the charset an HTML page names in its head.
var metaTag = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_:.-]{1,40})`)

func metaCharset(data []byte) string {
	if m := metaTag.FindSubmatch(data[:min(len(data), 4096)]); m != nil {
		return string(m[1])
	}
	return ""
}

// htmlText turns HTML into text that keeps links, lists and quotes. cut is the
// byte at which a container begins in which a mail program puts the quoted mail
// up to the end, or -1. It reads tokens, not a tree, so it is linear in time.
func htmlText(source string) (text string, cut int) {
	t := &textWriter{cut: -1}
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return t.result(), t.cut
		case html.TextToken:
			t.write(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			t.start(z.Token(), kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			name, _ := z.TagName()
			t.end(string(name))
		}
	}
}

// textWriter is the state of htmlText.
type textWriter struct {
	out      strings.Builder
	line     strings.Builder
	quotes   int    // open blockquotes
	lists    []int  // next number of the open lists, 0 for bullets
	skip     string // element whose content is not text
	pre      int    // open pre elements
	blank    int    // empty lines written last
	link     string // address of the open link
	label    string // what was written since the link opened
	cut      int    // see htmlText
	inside   string // element that is the open quote container
	depth    int    // elements of that name open inside it
	closedAt int    // where the quote container ended
}

func (t *textWriter) result() string {
	t.flush()
	return strings.TrimRight(t.out.String(), "\n ")
}

func (t *textWriter) write(raw string) {
	if t.skip != "" {
		return
	}
	text := html.UnescapeString(raw)
	if t.pre > 0 {
		t.preformatted(text)
		return
	}
	text = strings.Map(func(r rune) rune {
		switch r {
		case '\u00ad', '\u200b', '\ufeff', '\u200c', '\u034f':
			return -1
		case '\u00a0':
			return ' '
		}
		return r
	}, text)
	words := strings.Join(strings.Fields(text), " ")
	if words != "" && strings.ContainsAny(text[:1], " \t\n\r") {
		t.space()
	}
	t.line.WriteString(words)
	if t.link != "" && len(t.label) < 500 {
		t.label += words
	}
	if words == "" || strings.ContainsAny(text[len(text)-1:], " \t\n\r") {
		t.space()
	}
}

func (t *textWriter) preformatted(text string) {
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			t.breakLine()
		}
		t.line.WriteString(line)
	}
}

// space writes one blank between words.
func (t *textWriter) space() {
	if s := t.line.String(); s != "" && !strings.HasSuffix(s, " ") {
		t.line.WriteByte(' ')
	}
}
