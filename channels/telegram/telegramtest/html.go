package telegramtest

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
)

// units counts characters as Telegram does: UTF-16 code units.
func units(s string) int { return len(utf16.Encode([]rune(s))) }

// formatted reads a text in a parse mode into what people see and how. Modes
// other than HTML are refused: nothing of ours writes them.
func formatted(text, mode string) (string, []Entity, *refusal) {
	switch strings.ToLower(mode) {
	case "":
		return strings.TrimSpace(text), nil, nil
	case "html":
		return parseHTML(text)
	default:
		return "", nil, bad("unsupported parse_mode")
	}
}

// open is a tag that waits for its end.
type open struct {
	name   string
	at     int // byte offset of the tag
	entity Entity
}

// markup is HTML being read.
type markup struct {
	out   strings.Builder
	units int
	stack []open
	found []Entity
}

// markupToken finds the next tag or character reference.
var markupToken = regexp.MustCompile(`<[^>]*>?|&(?:#x?[0-9a-fA-F]+|[a-z]+);?`)

func parseHTML(text string) (string, []Entity, *refusal) {
	m := &markup{}
	last := 0
	for _, span := range markupToken.FindAllStringIndex(text, -1) {
		m.write(text[last:span[0]])
		token := text[span[0]:span[1]]
		last = span[1]
		var refused *refusal
		switch {
		case token[0] == '&':
			m.write(reference(token))
		case !strings.HasSuffix(token, ">"):
			refused = unparsable("Unclosed start tag at byte offset %d", span[0])
		case strings.HasPrefix(token, "</"):
			refused = m.end(strings.TrimSpace(token[2:len(token)-1]), span[0])
		default:
			refused = m.start(token[1:len(token)-1], span[0])
		}
		if refused != nil {
			return "", nil, refused
		}
	}
	m.write(text[last:])
	if n := len(m.stack); n > 0 {
		return "", nil, unparsable("Can't find end tag corresponding to start tag \"%s\"", m.stack[n-1].name)
	}
	return m.trimmed()
}

func unparsable(format string, args ...any) *refusal {
	return bad("can't parse entities: " + fmt.Sprintf(format, args...))
}

func (m *markup) write(s string) {
	m.out.WriteString(s)
	m.units += units(s)
}

// reference answers the character of &lt; &gt; &amp; &quot; and numbers; others
// stay as they are.
func reference(token string) string {
	name := strings.TrimSuffix(strings.TrimPrefix(token, "&"), ";")
	if known, ok := map[string]string{"lt": "<", "gt": ">", "amp": "&", "quot": `"`}[name]; ok {
		return known
	}
	if number, ok := strings.CutPrefix(name, "#"); ok {
		base := 10
		if hex, ok := strings.CutPrefix(number, "x"); ok {
			number, base = hex, 16
		}
		if n, err := strconv.ParseInt(number, base, 32); err == nil && n > 0 {
			return string(rune(n))
		}
	}
	return token
}

// tags are those Telegram knows and what they make.
func tags() map[string]string {
	return map[string]string{
		"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
		"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler", "span": "spoiler",
		"a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote", "tg-emoji": "custom_emoji",
	}
}

var (
	tagHead   = regexp.MustCompile(`^([a-zA-Z0-9-]+)\s*(.*)$`)
	attribute = regexp.MustCompile(`(?s)^([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?\s*`)
)

func (m *markup) start(inside string, at int) *refusal {
	head := tagHead.FindStringSubmatch(strings.ReplaceAll(inside, "\n", " "))
	if head == nil || tags()[strings.ToLower(head[1])] == "" {
		return unparsable("Unsupported start tag \"%s\" at byte offset %d", strings.ToLower(strings.Fields(inside + " ?")[0]), at)
	}
	name := strings.ToLower(head[1])
	given, refused := attributes(head[2], at)
	if refused != nil {
		return refused
	}
	e := Entity{Type: tags()[name], Offset: m.units}
	switch name {
	case "a":
		e.URL = given["href"]
	case "code":
		e.Language = strings.TrimPrefix(given["class"], "language-")
	case "span":
		if given["class"] != "tg-spoiler" {
			return unparsable("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", at)
		}
	}
	m.stack = append(m.stack, open{name, at, e})
	return nil
}

// attributes reads what stands in a tag after its name.
func attributes(text string, at int) (map[string]string, *refusal) {
	found := map[string]string{}
	for text != "" {
		parts := attribute.FindStringSubmatch(text)
		if parts == nil {
			return nil, unparsable("Unexpected character in the start tag at byte offset %d", at)
		}
		found[strings.ToLower(parts[1])] = markupToken.ReplaceAllStringFunc(parts[2]+parts[3]+parts[4], reference)
		text = text[len(parts[0]):]
	}
	return found, nil
}

func (m *markup) end(name string, at int) *refusal {
	n := len(m.stack)
	if n == 0 {
		return unparsable("Unexpected end tag at byte offset %d", at)
	}
	top := m.stack[n-1]
	if !strings.EqualFold(name, top.name) && name != "" {
		return unparsable("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", at, top.name, strings.ToLower(name))
	}
	m.stack = m.stack[:n-1]
	top.entity.Length = m.units - top.entity.Offset
	if top.entity.Length > 0 && (top.entity.Type != "text_link" || top.entity.URL != "") {
		m.found = append(m.found, top.entity)
	}
	return nil
}

// trimmed drops the blanks around the text and moves the entities along.
func (m *markup) trimmed() (string, []Entity, *refusal) {
	whole := m.out.String()
	text := strings.TrimSpace(whole)
	cut := units(whole) - units(strings.TrimLeft(whole, " \t\r\n"))
	size := units(text)
	var list []Entity
	for _, e := range m.found {
		from, to := max(e.Offset-cut, 0), min(e.Offset-cut+e.Length, size)
		if e.Offset, e.Length = from, to-from; e.Length > 0 {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b Entity) int { return a.Offset - b.Offset })
	return text, list, nil
}
