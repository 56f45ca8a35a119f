package formfile

import (
	"reflect"
	"strings"
	"unicode/utf8"
)

// widest is how many characters a line may have before it is broken up.
const widest = 110

// Write answers the YAML of a file. Parts that say nothing are left out, short
// ones stand on one line.
func Write(f File) []byte {
	var w writer
	w.fields(0, reflect.ValueOf(f))
	return []byte(w.String())
}

type writer struct{ strings.Builder }

// fields writes "key: value" for every part of a struct that says something.
// The first begins where the writer stands, the others on lines of their own.
func (w *writer) fields(indent int, v reflect.Value) {
	k := keysOf(v.Type())
	first := true
	for i, name := range k.names {
		field := v.Field(k.places[i])
		if says(field) {
			if !first {
				w.margin(indent)
			}
			first = false
			w.WriteString(name + ":")
			w.value(indent, len(name)+1, field)
		}
	}
}

func (w *writer) margin(indent int) { w.WriteString(strings.Repeat(" ", indent)) }

// value writes what stands behind a key: on the same line where it fits.
func (w *writer) value(indent, before int, v reflect.Value) {
	if v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	if text, ok := inLine(v); ok && (isScalar(v) || indent+before+1+utf8.RuneCountInString(text) <= widest) {
		w.WriteString(" " + text + "\n")
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		w.WriteString("\n")
		w.margin(indent + 2)
		w.fields(indent+2, v)
	case reflect.Slice:
		w.WriteString("\n")
		w.items(indent+2, v)
	default:
		w.block(indent+2, v.String())
	}
}

// items writes the entries of a list, each behind a dash.
func (w *writer) items(indent int, v reflect.Value) {
	for i := range v.Len() {
		w.margin(indent)
		item := v.Index(i)
		if text, ok := inLine(item); ok && (isScalar(item) || indent+2+utf8.RuneCountInString(text) <= widest) {
			w.WriteString("- " + text + "\n")
			continue
		}
		w.WriteString("-")
		if item.Kind() == reflect.Struct {
			w.WriteString(" ")
			w.fields(indent+2, item)
			continue
		}
		w.block(indent+2, item.String())
	}
}

// block writes a text of several lines behind a key or a dash, each line on its
// own. inLine has seen that it can stand so.
func (w *writer) block(indent int, text string) {
	w.WriteString(" |-\n")
	for _, line := range strings.Split(text, "\n") {
		if line != "" {
			w.margin(indent)
		}
		w.WriteString(line + "\n")
	}
}

// says is false for what reads back as it was without being written.
func says(v reflect.Value) bool {
	if v.Kind() == reflect.Slice {
		return v.Len() > 0
	}
	return !v.IsZero()
}

func isScalar(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Struct, reflect.Slice, reflect.Pointer:
		return false
	}
	return true
}
