package locale

import (
	"fmt"
	"regexp"
	"strings"
)

// parts is a text cut at its arguments: words, name, words, name, ..., words.
type parts []string

// argument is the one action that nearly all texts use.
var argument = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

// parts answers a text that needs no template to be filled in. A page has hundreds
// of words and times, and to look them up and run templates anew costs more than
// drawing it. It is nil for a text with plural forms or other actions, and for no
// text.
func (c *Catalog) parts(p phrase) parts {
	if cut, ok := c.cut.Load(p); ok {
		return cut.(parts)
	}
	text, ok := c.plain[p]
	if !ok {
		return nil
	}
	cut := cutAt(text)
	c.cut.Store(p, cut)
	return cut
}

// cutAt cuts a text at its arguments; nil where something else is written too.
func cutAt(text string) parts {
	if strings.Contains(argument.ReplaceAllString(text, ""), "{{") {
		return nil
	}
	var cut parts
	from := 0
	for _, at := range argument.FindAllStringSubmatchIndex(text, -1) {
		cut, from = append(cut, text[from:at[0]], text[at[2]:at[3]]), at[1]
	}
	return append(cut, text[from:])
}

// with fills in what args, name and value pairs, say.
func (p parts) with(args []any) string {
	if len(p) == 1 {
		return p[0]
	}
	var b strings.Builder
	for i, part := range p {
		if i%2 == 0 {
			b.WriteString(part)
			continue
		}
		fmt.Fprint(&b, valueOf(args, part))
	}
	return b.String()
}

// valueOf is the value behind a name; a template says the same of one without.
func valueOf(args []any, name string) any {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1]
		}
	}
	return "<no value>"
}
