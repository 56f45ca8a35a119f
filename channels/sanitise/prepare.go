package sanitise

import (
	"strings"

	"golang.org/x/net/html"
)

// prepare rewrites the attributes that need more than a pattern.
func prepare(source string) string {
	var out strings.Builder
	out.Grow(len(source))
	z := html.NewTokenizer(strings.NewReader(strings.ReplaceAll(source, "\x00", "")))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out.String()
		case html.StartTagToken, html.SelfClosingTagToken:
			token := z.Token()
			token.Attr = attributes(token.Data, token.Attr)
			out.WriteString(token.String())
		case html.CommentToken, html.DoctypeToken:
		default:
			out.Write(z.Raw())
		}
	}
}

const maxAttributes = 50 // of one element; a mail program writes fewer than ten

func attributes(element string, list []html.Attribute) []html.Attribute {
	kept := make([]html.Attribute, 0, min(len(list), maxAttributes))
	for _, a := range list[:min(len(list), maxAttributes)] {
		if a, ok := attribute(element, a); ok {
			kept = append(kept, a)
		}
	}
	return kept
}

// attribute rewrites one attribute, or says that it goes.
func attribute(element string, a html.Attribute) (html.Attribute, bool) {
	switch {
	case a.Key == "style":
		a.Val = style(a.Val)
	case a.Key == "src" && element == "img":
		a.Val = strings.TrimSpace(a.Val)
		if strings.HasPrefix(a.Val, "//") {
			a.Val = "https:" + a.Val
		}
		if lower := strings.ToLower(a.Val); strings.HasPrefix(lower, "http") {
			a.Key = "data-src"
		}
	case a.Key == "href":
		a.Val = address(a.Val)
	}
	return a, a.Val != ""
}

// address mends a link: no blanks around it, an encoded one for each inside.
func address(href string) string {
	href = strings.TrimSpace(href)
	scheme, rest, ok := strings.Cut(href, ":")
	if !ok {
		return ""
	}
	return strings.ToLower(scheme) + ":" + strings.ReplaceAll(rest, " ", "%20")
}
