// Package sanitise cleans the HTML that strangers send, so that it can be shown
// to an agent inside a page of ours. It owns the one list of what may stay.
//
// Three passes over the tokens, each linear in time: prepare rewrites what the
// policy cannot judge (addresses of images and links, style declarations), the
// allow-list of bluemonday drops everything it does not name, and balance
// closes what was left open, so that nothing reaches outside of its box.
package sanitise

import (
	"regexp"

	"github.com/microcosm-cc/bluemonday"
)

// HTML answers the harmless part of source. Images of other hosts are not
// loaded: their address waits in data-src until a person asks for them. Images
// of the mail itself keep their cid: address.
func HTML(source string) string {
	return balance(policy().Sanitize(prepare(source)))
}

var (
	number    = regexp.MustCompile(`^[0-9]{1,4}(\.[0-9]{1,3})?(px|%|pt|em)?$`)
	word      = regexp.MustCompile(`^[a-zA-Z-]{1,20}$`)
	colour    = regexp.MustCompile(`^(#[0-9a-fA-F]{3,8}|[a-zA-Z]{3,20})$`)
	fontNames = regexp.MustCompile(`^[\pL0-9 ,'"-]{1,200}$`)
	language  = regexp.MustCompile(`^[a-zA-Z0-9-]{1,20}$`)
	anyText   = regexp.MustCompile(`^[^<>\x00]{0,1000}$`)
	remote    = regexp.MustCompile(`^https?://[^\s"'<>\\]+$`)
	enclosed  = regexp.MustCompile(`^(cid:[^\s"'<>\\]{1,500}|data:image/(png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=]+)$`)
	link      = regexp.MustCompile(`^(https?://|mailto:|tel:)[^\s"'<>\\]+$`)
	quoteBox  = regexp.MustCompile(`^(gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote)$`)
)

// policy is the list of what may stay: formatting, lists, tables, links and
// images. No class, id or name that a page of ours could mistake for its own.
func policy() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("a", "abbr", "address", "b", "big", "blockquote", "br", "caption", "center", "cite", "code", "col",
		"colgroup", "dd", "del", "dfn", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
		"ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
		"table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "var", "wbr")
	p.AllowNoAttrs().OnElements("a", "font", "span", "img")
	p.SkipElementsContent("script", "style", "head", "title", "template", "noscript", "svg", "math", "object", "iframe",
		"frameset", "noframes", "noembed", "applet", "select", "textarea", "xmp", "plaintext", "audio", "video")
	allowAttributes(p)
	p.AllowURLSchemes("http", "https", "mailto", "tel", "cid")
	p.AllowDataURIImages()
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnLinks(true)
	p.RequireNoReferrerOnLinks(true)
	p.AddTargetBlankToFullyQualifiedLinks(true)
	return p
}

func allowAttributes(p *bluemonday.Policy) {
	p.AllowAttrs("href").Matching(link).OnElements("a")
	p.AllowAttrs("src").Matching(enclosed).OnElements("img")
	p.AllowAttrs("data-src").Matching(remote).OnElements("img")
	p.AllowAttrs("alt").Matching(anyText).OnElements("img")
	p.AllowAttrs("title").Matching(anyText).Globally()
	p.AllowAttrs("style").Matching(safeStyle).Globally()
	p.AllowAttrs("dir").Matching(regexp.MustCompile(`^(ltr|rtl|auto)$`)).Globally()
	p.AllowAttrs("lang").Matching(language).Globally()
	p.AllowAttrs("class").Matching(quoteBox).OnElements("div", "blockquote")
	p.AllowAttrs("align", "valign").Matching(word).Globally()
	p.AllowAttrs("bgcolor").Matching(colour).OnElements("table", "tbody", "td", "th", "tr")
	p.AllowAttrs("width", "height", "border", "cellpadding", "cellspacing").Matching(number).OnElements("table", "td", "th", "tr", "col", "img", "hr")
	p.AllowAttrs("colspan", "rowspan", "span").Matching(regexp.MustCompile(`^[0-9]{1,2}$`)).OnElements("td", "th", "col", "colgroup")
	p.AllowAttrs("start").Matching(number).OnElements("ol")
	p.AllowAttrs("type").Matching(regexp.MustCompile(`^[1aAiI]$`)).OnElements("ol", "ul", "li")
	p.AllowAttrs("color").Matching(colour).OnElements("font")
	p.AllowAttrs("face").Matching(fontNames).OnElements("font")
	p.AllowAttrs("size").Matching(regexp.MustCompile(`^[+-]?[1-7]$`)).OnElements("font")
}
