package formfile

import (
	"reflect"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// known are the keys of a mapping and the fields they fill.
type known struct {
	names  []string
	places []int
}

// keysOf are the json names of a struct's fields, in their order.
func keysOf(t reflect.Type) known {
	var k known
	for i := range t.NumField() {
		if name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name != "" && name != "-" {
			k.names, k.places = append(k.names, name), append(k.places, i)
		}
	}
	return k
}

// unknown is the fault of a key nobody knows, with what was probably meant.
func (r *reader) unknown(at ast.Node, key string, names []string) {
	if near := nearest(key, names); near != "" {
		r.fault(at, "form.file.unknown.near", "key", key, "nearest", near)
		return
	}
	r.fault(at, "form.file.unknown", "key", key, "known", strings.Join(names, ", "))
}

// nearest is the name that needs the fewest changes to become key, empty when
// that is nearly all of it.
func nearest(key string, names []string) string {
	best, least := "", len(key)/2+1
	for _, name := range names {
		if d := distance(strings.ToLower(key), name); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance counts the letters to put in, take out or change (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		left := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := left
			if a[i] != b[j] {
				cost++
			}
			left = row[j+1]
			row[j+1] = min(cost, row[j]+1, left+1)
		}
	}
	return row[len(b)]
}
