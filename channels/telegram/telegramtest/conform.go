package telegramtest

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// value checks a JSON value against a list of types, of which one must fit. It
// answers what does not fit the nearest of them.
func (s *Schema) value(at string, types []string, v any) (nearest []string) {
	for i, t := range types {
		findings := s.fits(at, t, v)
		if len(findings) == 0 {
			return nil
		}
		if i == 0 || len(findings) < len(nearest) {
			nearest = findings
		}
	}
	return nearest
}

// fits checks a JSON value against one type.
func (s *Schema) fits(at, t string, v any) []string {
	if inner, list := strings.CutPrefix(t, "Array of "); list {
		return s.list(at, inner, v)
	}
	switch t {
	case "String", "InputFile":
		_, ok := v.(string)
		return unless(ok, at, t, v)
	case "Integer":
		n, ok := v.(float64)
		return unless(ok && n == math.Trunc(n), at, t, v)
	case "Float":
		_, ok := v.(float64)
		return unless(ok, at, t, v)
	case "Boolean":
		_, ok := v.(bool)
		return unless(ok, at, t, v)
	}
	d, known := s.Types[t]
	if !known {
		return []string{fmt.Sprintf("%s has the unknown type %s", at, t)}
	}
	if len(d.Subtypes) > 0 {
		return s.value(at, d.Subtypes, v)
	}
	return s.object(at, t, d, v)
}

func unless(ok bool, at, t string, v any) []string {
	if ok {
		return nil
	}
	return []string{fmt.Sprintf("%s is %T, not %s", at, v, t)}
}

func (s *Schema) list(at, inner string, v any) (findings []string) {
	items, ok := v.([]any)
	if !ok {
		return unless(false, at, "Array of "+inner, v)
	}
	for i, item := range items {
		findings = append(findings, s.fits(fmt.Sprintf("%s[%d]", at, i), inner, item)...)
	}
	return findings
}

// object checks the fields of an object: all that are required, no unknown ones,
// each of its type.
func (s *Schema) object(at, t string, d described, v any) (findings []string) {
	given, ok := v.(map[string]any)
	if !ok {
		return unless(false, at, t, v)
	}
	for _, f := range d.Fields {
		inner, there := given[f.Name]
		switch {
		case there:
			findings = append(findings, s.value(at+"."+f.Name, f.Types, inner)...)
			findings = append(findings, lengths(f, inner, "")...)
			findings = append(findings, constant(at, f, inner)...)
		case f.Required:
			findings = append(findings, fmt.Sprintf("%s (%s) lacks %s", at, t, f.Name))
		}
	}
	for name := range given {
		if !slices.ContainsFunc(d.Fields, func(f field) bool { return f.Name == name }) {
			findings = append(findings, fmt.Sprintf("%s (%s) has the unknown field %s", at, t, name))
		}
	}
	return findings
}

// only finds the one value a field may have: always "emoji", must be photo.
var only = regexp.MustCompile(`(?:always|must be) [“"]?([a-z_]+)[”"]?$`)

func constant(at string, f field, v any) []string {
	want := only.FindStringSubmatch(strings.TrimSuffix(f.Description, "."))
	if text, ok := v.(string); ok && want != nil && text != want[1] {
		return []string{fmt.Sprintf("%s.%s is %q, not %q", at, f.Name, text, want[1])}
	}
	return nil
}

// limits finds the lengths a description gives: 1-4096 characters, 1-64 bytes,
// 2-10 items, values between 1-100.
var limits = regexp.MustCompile(`(\d+)-(\d+)(?: (characters|bytes|items|identifiers|answer options|emoji|search keywords|initial stickers))?`)

// lengths checks a value against the limits its description gives. Text in a
// parse mode is measured without its formatting.
func lengths(f field, v any, mode string) []string {
	found := limits.FindStringSubmatch(f.Description)
	if found == nil {
		return nil
	}
	low, _ := strconv.Atoi(found[1])
	high, _ := strconv.Atoi(found[2])
	size, ok := measure(v, found[3], mode)
	if !ok || low > high || (size >= low && size <= high) {
		return nil
	}
	return []string{fmt.Sprintf("%s is %d long or large, allowed are %s", f.Name, size, found[0])}
}

// measure answers how long a value is in a unit; false when the unit is not one
// of its sort.
func measure(v any, unit, mode string) (int, bool) {
	switch v := v.(type) {
	case string:
		if unit == "characters" {
			seen, _, refused := formatted(v, mode)
			return units(seen), refused == nil
		}
		return len(v), unit == "bytes"
	case float64:
		return int(v), unit == ""
	case []any:
		return len(v), unit != "" && unit != "characters" && unit != "bytes"
	}
	return 0, false
}
