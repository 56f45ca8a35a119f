package read

import (
	"bytes"
	"path"
	"sort"
	"strconv"
	"strings"
)

// media is a Content-Type or Content-Disposition value.
type media struct {
	kind   string // lower case, "text/plain" or "attachment"; "" when there was none
	params map[string]string
}

// parseMedia reads a value with parameters, taking what it can from broken ones.
func parseMedia(value []byte) media {
	pieces := splitOutside(value, ';')
	m := media{params: map[string]string{}}
	if len(pieces) == 0 {
		return m
	}
	m.kind = strings.ToLower(strings.TrimSpace(string(pieces[0])))
	m.kind, _, _ = strings.Cut(m.kind, " ")
	chunks := map[string][]chunk{}
	for _, piece := range pieces[1:] {
		name, value, ok := strings.Cut(string(piece), "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if _, known := chunks[name]; !ok || name == "" || known {
			continue
		}
		base, c := parseChunk(name, unquoteValue(value))
		chunks[base] = append(chunks[base], c)
	}
	for name, list := range chunks {
		m.params[name] = joinChunks(list)
	}
	return m
}

// chunk is a piece of a parameter split by RFC 2231.
type chunk struct {
	number  int
	encoded bool
	value   string
}

func parseChunk(name, value string) (string, chunk) {
	base, rest, split := strings.Cut(name, "*")
	c := chunk{value: value, encoded: strings.HasSuffix(rest, "*") || split && rest == ""}
	c.number, _ = strconv.Atoi(strings.TrimSuffix(rest, "*"))
	return base, c
}

// joinChunks puts a parameter together and decodes it. Encoded words do not
// belong there, but half of the world's mailers write them.
func joinChunks(list []chunk) string {
	sort.SliceStable(list, func(a, b int) bool { return list[a].number < list[b].number })
	var data []byte
	charset, encoded := "", false
	for i, c := range list {
		if !c.encoded {
			data = append(data, c.value...)
			continue
		}
		value := c.value
		if i == 0 {
			if parts := strings.SplitN(value, "'", 3); len(parts) == 3 {
				charset, value = parts[0], parts[2]
			}
		}
		encoded = true
		data = append(data, unpercent(value)...)
	}
	if !encoded {
		text, _ := decodeHeader(data)
		return text
	}
	text, _ := decodeCharset(data, charset)
	return text
}

func unpercent(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && hex(s[i+1]) < 16 && hex(s[i+2]) < 16 {
			out = append(out, hex(s[i+1])<<4|hex(s[i+2]))
			i += 2
			continue
		}
		out = append(out, s[i])
	}
	return out
}

// splitOutside splits at a separator that stands outside of quotation marks.
func splitOutside(value []byte, sep byte) [][]byte {
	var pieces [][]byte
	start, quoted := 0, false
	for i := 0; i < len(value); i++ {
		switch c := value[i]; {
		case c == '\\' && quoted:
			i++
		case c == '"':
			quoted = !quoted
		case c == sep && !quoted:
			pieces = append(pieces, value[start:i])
			start = i + 1
		}
	}
	if rest := value[start:]; len(bytes.TrimSpace(rest)) > 0 || len(pieces) > 0 {
		pieces = append(pieces, rest)
	}
	return pieces
}

// unquoteValue removes quotation marks, comments behind them and escapes.
func unquoteValue(s string) string {
	s = strings.TrimSpace(s)
	if !strings.HasPrefix(s, `"`) {
		return s
	}
	var out strings.Builder
	for i := 1; i < len(s) && s[i] != '"'; i++ {
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') {
			i++
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// fileName makes a name without folders out of whatever a sender wrote.
func fileName(name string) string {
	name = cleanLine(name)
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Trim(name, " .")
	if name == "/" || name == "" {
		return ""
	}
	for len(name) > 200 {
		name = shorten(name)
	}
	return name
}

// shorten takes characters from the middle of a name and keeps its ending.
func shorten(name string) string {
	letters := []rune(name)
	ext := []rune(path.Ext(name))
	if len(ext) > 20 {
		ext = nil
	}
	keep := max(1, (len(letters)-len(ext))*2/3)
	return string(letters[:keep]) + string(ext)
}
