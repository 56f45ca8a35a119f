package telegram

import (
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/mymmrac/telego"
)

// insertion is text to put into a message at an offset in UTF-16 units.
type insertion struct {
	at   int
	text string
}

// plainText is a message as plain text: marks that only format go, links keep
// their address, quotes their sign.
func plainText(text string, entities []telego.MessageEntity) string {
	units := utf16.Encode([]rune(text))
	var list []insertion
	for _, e := range entities {
		if e.Offset < 0 || e.Length <= 0 || e.Offset > len(units)-e.Length {
			continue
		}
		list = append(list, insertions(e, units[e.Offset:e.Offset+e.Length])...)
	}
	slices.SortStableFunc(list, func(a, b insertion) int { return a.at - b.at })
	var out strings.Builder
	from := 0
	for _, i := range list {
		out.WriteString(string(utf16.Decode(units[from:i.at])))
		out.WriteString(i.text)
		from = i.at
	}
	out.WriteString(string(utf16.Decode(units[from:])))
	return strings.TrimSpace(visible(out.String()))
}

// insertions are what an entity, which covers these units, adds to the text.
func insertions(e telego.MessageEntity, covered []uint16) []insertion {
	switch e.Type {
	case telego.EntityTypeTextLink:
		if e.URL != "" && e.URL != string(utf16.Decode(covered)) {
			return []insertion{{e.Offset + e.Length, " (" + e.URL + ")"}}
		}
	case telego.EntityTypeBlockquote, telego.EntityTypeExpandableBlockquote:
		list := []insertion{{e.Offset, "> "}}
		for i, u := range covered {
			if u == '\n' && i < len(covered)-1 {
				list = append(list, insertion{e.Offset + i + 1, "> "})
			}
		}
		return list
	}
	return nil
}
