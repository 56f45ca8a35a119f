package formfile

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
)

// inLine is a value on one line, false where it takes several: a text of several
// lines, a list of structs, a struct with more than single values in it.
func inLine(v reflect.Value) (string, bool) {
	switch v.Kind() {
	case reflect.String:
		return quoted(v.String()), !ownLines(v.String())
	case reflect.Struct:
		return flowMapping(v)
	case reflect.Slice:
		return flowSequence(v)
	}
	return fmt.Sprint(v.Interface()), true
}

func flowMapping(v reflect.Value) (string, bool) {
	k := keysOf(v.Type())
	var parts []string
	for i, name := range k.names {
		field := v.Field(k.places[i])
		if !says(field) {
			continue
		}
		text, ok := inLine(field)
		if !ok || !isScalar(field) {
			return "", false
		}
		parts = append(parts, name+": "+text)
	}
	return "{" + strings.Join(parts, ", ") + "}", true
}

func flowSequence(v reflect.Value) (string, bool) {
	var parts []string
	for i := range v.Len() {
		text, ok := inLine(v.Index(i))
		if !ok || !isScalar(v.Index(i)) {
			return "", false
		}
		parts = append(parts, text)
	}
	return "[" + strings.Join(parts, ", ") + "]", true
}

// plain is a text that means itself without quotes, in every place and to every
// reader: it begins with a letter, and has nothing YAML looks for.
var plain = regexp.MustCompile(`^\p{L}[\p{L}\p{N}_ .()/;«»—–?+-]*$`)

// words are read as something else than a text by one reader or another.
var words = regexp.MustCompile(`(?i)^(y|n|yes|no|on|off|true|false|null|inf|nan)$`)

func quoted(text string) string {
	if plain.MatchString(text) && !words.MatchString(text) && !strings.HasSuffix(text, " ") {
		return text
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return `""` // a string always has a form in JSON
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// lines is a text of several lines that none of YAML's rules about blanks
// changes.
var lines = regexp.MustCompile(`^[^\s\pC]([^\n\pC]*[^\s\pC])?(\n+[^\s\pC]([^\n\pC]*[^\s\pC])?)+$`)

func ownLines(text string) bool {
	return lines.MatchString(text) && !strings.ContainsAny(text, "\t\r\u0085\u2028\u2029")
}
