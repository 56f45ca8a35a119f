package sanitise

import (
	"regexp"
	"strings"
)

// value is one word of a declaration: a colour, a size that is not negative, a
// keyword, a quoted font name. No function besides rgb(), no escapes, no url().
const value = `(?:#[0-9a-fA-F]{3,8}|rgba?\([0-9., %]{1,40}\)|[0-9]{0,4}(?:\.[0-9]{1,4})?(?:px|pt|em|rem|ex|%|cm|mm|in)?|[a-zA-Z][a-zA-Z-]{0,30}|'[\pL0-9 -]{1,60}'|"[\pL0-9 -]{1,60}")`

var (
	declared  = regexp.MustCompile(`^` + value + `(?:[ ,/]{1,3}` + value + `)*$`)
	safeStyle = regexp.MustCompile(`^(?:[a-z-]{3,30}: [^;:\\<>@]{1,200}; ?)+$`)
)

// style keeps the declarations that change how text looks and nothing else.
func style(source string) string {
	var out strings.Builder
	for _, declaration := range strings.Split(source, ";") {
		property, text, ok := strings.Cut(declaration, ":")
		property = strings.ToLower(strings.TrimSpace(property))
		text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "!important"))
		if !ok || len(text) > 200 || !harmless(property, text) || !declared.MatchString(text) {
			continue
		}
		out.WriteString(property + ": " + text + "; ")
	}
	return out.String()
}

// harmless names the properties that cannot move a box out of its place.
func harmless(property, text string) bool {
	switch property {
	case "color", "background-color", "font-family", "font-size", "font-style", "font-weight", "font-variant", "line-height",
		"letter-spacing", "text-align", "text-decoration", "text-indent", "text-transform", "vertical-align", "white-space",
		"width", "max-width", "min-width", "height", "border", "border-top", "border-right", "border-bottom", "border-left",
		"border-color", "border-style", "border-width", "border-collapse", "border-spacing", "border-radius",
		"border-left-color", "border-left-style", "border-left-width",
		"margin", "margin-top", "margin-right", "margin-bottom", "margin-left",
		"padding", "padding-top", "padding-right", "padding-bottom", "padding-left", "list-style-type", "direction", "word-break":
		return true
	case "display":
		return strings.HasPrefix(text, "inline") || strings.HasPrefix(text, "table") || text == "block" || text == "none"
	}
	return false
}
