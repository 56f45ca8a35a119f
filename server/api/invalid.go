package api

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// translate is a huma.Transformer: it makes our problems of huma's own errors,
// which are in English only.
func (a *API) translate(ctx huma.Context, _ string, v any) (any, error) {
	e, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	by := callerIn(ctx.Context())
	t := a.Locale.T(by.lang)
	p := a.newProblem(t, kindOfStatus(e.Status))
	if k := p.Status; k == http.StatusUnsupportedMediaType || k == http.StatusInternalServerError {
		return a.unread(ctx, p, e), nil
	}
	for _, d := range e.Errors {
		p.Errors = append(p.Errors, inputErrorOf(t, d))
	}
	switch {
	case len(p.Errors) == 1:
		p.Detail = p.Errors[0].Detail
	case len(p.Errors) == 0 && p.Status == http.StatusBadRequest:
		p.Detail = t("api.invalid.nobody")
	}
	return p, nil
}

// unread is the answer to a body that could not be read at all.
func (a *API) unread(ctx huma.Context, p *Problem, e *huma.ErrorModel) *Problem {
	if p.Status == http.StatusInternalServerError {
		p.ID = shortID()
		p.Detail = a.Locale.T(callerIn(ctx.Context()).lang)("api.detail.internal", "id", p.ID)
		a.Logger.ErrorContext(ctx.Context(), "API request failed", "id", p.ID, "error", e.Detail)
	}
	return p
}

func kindOfStatus(status int) kind {
	for _, k := range kinds() {
		if k.status == status {
			return k
		}
	}
	return kindNamed("internal")
}

// inputErrorOf translates one finding of huma. Only its place and its rule are
// repeated, never the value: it may be a secret.
func inputErrorOf(t translator, d *huma.ErrorDetail) InputError {
	where, inside, _ := strings.Cut(d.Location, ".")
	e := InputError{Detail: t("api.invalid.value")}
	for _, w := range wordings() {
		found := w.says.FindStringSubmatch(d.Message)
		if found == nil {
			continue
		}
		var args []any
		for i, name := range w.says.SubexpNames()[1:] {
			args = append(args, name, found[i+1])
			if name == "property" {
				inside = strings.TrimPrefix(inside+"."+found[i+1], ".")
			}
		}
		e.Detail = t("api.invalid."+w.key, append(args, "name", last(inside))...)
		break
	}
	place(&e, where, inside)
	return e
}

// place says where in the request something is wrong.
func place(e *InputError, where, inside string) {
	switch where {
	case "body":
		e.Pointer = strings.TrimSuffix("#/"+indexed.ReplaceAllString(strings.ReplaceAll(inside, ".", "/"), "/$1"), "/")
	case "header":
		e.Header = inside
	default:
		e.Parameter = inside
	}
}

// last is the name of the part itself.
func last(path string) string { return path[strings.LastIndex(path, ".")+1:] }

var indexed = regexp.MustCompile(`\[(\d+)\]`)

// wording is how huma, or our own reader of JSON, says that something is wrong,
// and the key of our sentence for it.
type wording struct {
	says *regexp.Regexp
	key  string
}

// The findings we have sentences for; any other is "this value cannot be taken".
var (
	saysMalformed  = regexp.MustCompile(`^malformed JSON at line (?P<line>\d+) column (?P<column>\d+)`)
	saysMissing    = regexp.MustCompile(`^expected required property (?P<property>\S+) to be present`)
	saysUnexpected = regexp.MustCompile(`^unexpected property`)
	saysUnknown    = regexp.MustCompile(`^unknown query parameter`)
	saysParameter  = regexp.MustCompile(`^required \w+ parameter is missing`)
	saysOneOf      = regexp.MustCompile(`^expected value to be one of "(?P<values>.*)"`)
	saysString     = regexp.MustCompile(`^expected string$`)
	saysNumber     = regexp.MustCompile(`^(expected (integer|number)$|invalid integer|invalid float)`)
	saysBoolean    = regexp.MustCompile(`^(expected boolean|invalid boolean)`)
	saysArray      = regexp.MustCompile(`^expected array$`)
	saysObject     = regexp.MustCompile(`^expected object$`)
	saysLeast      = regexp.MustCompile(`^expected number >= (?P<least>\S+)`)
	saysMost       = regexp.MustCompile(`^expected number <= (?P<most>\S+)`)
	saysShort      = regexp.MustCompile(`^expected length >= (?P<least>\d+)`)
	saysLong       = regexp.MustCompile(`^expected length <= (?P<most>\d+)`)
	saysFew        = regexp.MustCompile(`^expected array length >= (?P<least>\d+)`)
	saysMany       = regexp.MustCompile(`^expected array length <= (?P<most>\d+)`)
	saysMail       = regexp.MustCompile(`^expected string to be RFC 5322 email`)
)

func wordings() []wording {
	return []wording{
		{saysMalformed, "malformed"}, {saysMissing, "missing"}, {saysUnexpected, "unexpected"}, {saysUnknown, "unknown"},
		{saysParameter, "parameter"}, {saysOneOf, "oneof"}, {saysString, "string"}, {saysNumber, "number"},
		{saysBoolean, "boolean"}, {saysArray, "array"}, {saysObject, "object"}, {saysLeast, "least"}, {saysMost, "most"},
		{saysShort, "short"}, {saysLong, "long"}, {saysFew, "few"}, {saysMany, "many"}, {saysMail, "mail"},
	}
}
