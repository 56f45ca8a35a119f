package read

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// quoteBox finds the containers that hold a quoted mail and nothing else.
var quoteBox = regexp.MustCompile(`(?i)\b(gmail_quote|gmail_quote_container|yahoo_quoted|protonmail_quote|zmail_extra|tutanota_quote|js-helper-quote)\b`)

// quoteHead finds the elements behind which everything is quoted.
var quoteHead = regexp.MustCompile(`(?i)\b(divRplyFwdMsg|appendonsend|OutlookMessageHeader|moz-cite-prefix|mail-editor-reference-message-container|ms-outlook-mobile-reference-message|isForwardContent|replyforwardheader)\b`)

const maxQuotes = 10 // deeper blockquotes look like this deep

func (t *textWriter) start(token html.Token, alone bool) {
	name := token.Data
	if t.skip != "" {
		return
	}
	switch name {
	case "script", "style", "head", "title", "template", "noscript", "svg", "object":
		if !alone {
			t.skip = name
		}
		return
	case "body":
		return
	}
	t.box(token)
	t.startBlock(name)
	switch name {
	case "a":
		t.openLink(attribute(token, "href"))
	case "img":
		t.image(attribute(token, "alt"))
	}
}

// box notes where a quote container begins.
func (t *textWriter) box(token html.Token) {
	if t.inside != "" && token.Data == t.inside {
		t.depth++
	}
	marks := attribute(token, "id") + " " + attribute(token, "class")
	if t.cut >= 0 || len(marks) > 1000 || marks == " " {
		return
	}
	inside := quoteBox.MatchString(marks)
	if inside || quoteHead.MatchString(marks) {
		t.flush()
		t.cut = t.out.Len()
		if inside {
			t.inside, t.depth = token.Data, 1
		}
	}
}

// leave notes the end of an element and of the quote container.
func (t *textWriter) leave(name string) {
	if t.inside == name && t.inside != "" {
		if t.depth--; t.depth == 0 {
			t.flush()
			t.inside, t.closedAt = "", t.out.Len()
		}
	}
}

func (t *textWriter) startBlock(name string) {
	switch name {
	case "br":
		t.breakLine()
	case "hr":
		t.flush()
		t.line.WriteString("---")
		t.flush()
	case "blockquote":
		t.flush()
		t.quotes++
		t.blank = 1 // no empty line on top of the quote
	case "ul", "ol":
		t.flush()
		t.lists = append(t.lists, map[string]int{"ol": 1}[name])
	case "li":
		t.bullet()
	case "pre", "textarea":
		t.flush()
		t.pre++
	case "td", "th":
		t.space()
	case "p", "h1", "h2", "h3", "h4", "h5", "h6":
		t.paragraph()
	default:
		if isBlock(name) {
			t.flush()
		}
	}
}

func (t *textWriter) end(name string) {
	if t.skip != "" {
		if t.skip == name {
			t.skip = ""
		}
		return
	}
	switch name {
	case "a":
		t.closeLink()
	case "blockquote":
		t.flush()
		t.quotes = max(0, t.quotes-1)
	case "ul", "ol":
		t.flush()
		t.lists = t.lists[:max(0, len(t.lists)-1)]
	case "pre", "textarea":
		t.flush()
		t.pre = max(0, t.pre-1)
	case "p", "h1", "h2", "h3", "h4", "h5", "h6":
		t.paragraph()
	default:
		if isBlock(name) {
			t.flush()
		}
	}
	t.leave(name)
}

func isBlock(name string) bool {
	switch name {
	case "div", "table", "tr", "li", "dl", "dt", "dd", "section", "article", "header", "footer", "main", "aside",
		"address", "center", "form", "fieldset", "figure", "figcaption", "caption", "thead", "tbody", "tfoot", "body", "html", "head":
		return true
	}
	return false
}

// bullet starts a list item.
func (t *textWriter) bullet() {
	t.flush()
	mark := "- "
	if last := len(t.lists) - 1; last >= 0 && t.lists[last] > 0 {
		mark = strconv.Itoa(t.lists[last]) + ". "
		t.lists[last]++
	}
	t.line.WriteString(strings.Repeat("  ", min(maxQuotes, max(0, len(t.lists)-1))) + mark)
}

// paragraph ends the line and leaves one empty one.
func (t *textWriter) paragraph() {
	t.flush()
	if t.out.Len() > 0 && t.blank == 0 {
		t.newLine("")
	}
}

// flush ends the line if anything was written on it.
func (t *textWriter) flush() {
	if strings.TrimSpace(t.line.String()) != "" {
		t.breakLine()
		return
	}
	t.line.Reset()
}

// breakLine ends the line, empty or not.
func (t *textWriter) breakLine() {
	t.newLine(strings.TrimRight(t.line.String(), " \t"))
	t.line.Reset()
}

// newLine writes a line behind the marks of the open quotes. Two empty lines
// never follow each other.
func (t *textWriter) newLine(line string) {
	if line == "" && (t.blank > 0 || t.out.Len() == 0) {
		return
	}
	t.blank = 0
	if line == "" {
		t.blank = 1
	} else if t.closedAt > 0 && t.out.Len() >= t.closedAt {
		t.cut, t.closedAt = -1, 0 // somebody wrote below the quote
	}
	marks := strings.Repeat(">", min(t.quotes, maxQuotes))
	if marks != "" && line != "" {
		marks += " "
	}
	t.out.WriteString(marks + line + "\n")
}

func (t *textWriter) openLink(href string) {
	t.closeLink()
	t.link, t.label = strings.TrimSpace(href), ""
}

// closeLink writes the address behind a link whose text does not show it.
func (t *textWriter) closeLink() {
	link := t.link
	t.link = ""
	if !strings.HasPrefix(link, "http://") && !strings.HasPrefix(link, "https://") || t.label == "" || len(link) > 2000 {
		return
	}
	if label := strings.TrimSuffix(t.label, "/"); strings.Contains(link, label) && strings.Contains(label, ".") {
		return
	}
	t.space()
	t.line.WriteString("(" + cleanLine(link) + ")")
}

func (t *textWriter) image(alt string) {
	if alt = cleanLine(alt); alt != "" && len(alt) < 200 {
		t.line.WriteString("[" + alt + "]")
		if t.link != "" && len(t.label) < 500 {
			t.label += alt
		}
	}
}

func attribute(token html.Token, name string) string {
	for _, a := range token.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
