package sanitise

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
)

const maxOpen = 100 // elements inside each other; deeper ones lose their tags

// balance drops end tags that close nothing and closes what stays open.
func balance(source string) string {
	var out strings.Builder
	out.Grow(len(source))
	var open []string
	z := html.NewTokenizer(strings.NewReader(source))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			closeDown(&out, open, 0)
			return out.String()
		case html.StartTagToken, html.SelfClosingTagToken:
			raw := string(z.Raw())
			name, _ := z.TagName()
			if isVoid(string(name)) {
				out.WriteString(raw)
			} else if len(open) < maxOpen {
				out.WriteString(strings.TrimSuffix(raw, "/>") + map[bool]string{true: ">"}[strings.HasSuffix(raw, "/>")])
				open = append(open, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if at := lastIndex(open, string(name)); at >= 0 {
				closeDown(&out, open, at)
				open = open[:at]
			}
		case html.TextToken:
			out.Write(z.Raw())
		}
	}
}

// closeDown closes the open elements from the innermost to the one at.
func closeDown(out *strings.Builder, open []string, at int) {
	for _, name := range slices.Backward(open[at:]) {
		out.WriteString("</" + name + ">")
	}
}

func lastIndex(open []string, name string) int {
	for i, n := range slices.Backward(open) {
		if n == name {
			return i
		}
	}
	return -1
}

func isVoid(name string) bool {
	return name == "br" || name == "hr" || name == "img" || name == "col" || name == "wbr"
}
