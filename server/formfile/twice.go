package formfile

import (
	"slices"
	"strconv"

	"okno/tickets/forms"
)

// twice are the faults of keys that stand again in the same part of a file: the
// later would take the place of the earlier without a word.
func twice(f File, places Places) []error {
	return slices.Concat(
		repeated("sections", f.Sections, places, func(s forms.Section) string { return s.Key }),
		repeated("topics", f.Topics, places, func(t forms.Topic) string { return t.Key }),
		repeated("lists", f.Lists, places, func(l forms.List) string { return l.Key }),
		repeated("requests", f.Requests, places, func(t forms.RequestType) string { return t.Key }),
	)
}

func repeated[T any](part string, list []T, places Places, keyOf func(T) string) (faults []error) {
	first := map[string]int{}
	for i, item := range list {
		key := keyOf(item)
		before, again := first[key]
		if !again || key == "" { // without a key each gets one of its own
			first[key] = i
			continue
		}
		at, line := places.key(part, i), places.key(part, before).Line
		faults = append(faults, &Fault{Line: at.Line, Column: at.Column, Message: "form.file.twice",
			Args: map[string]string{"key": key, "line": strconv.Itoa(line)}})
	}
	return faults
}

// key is where the key of a part stands.
func (p Places) key(part string, i int) Place { return p.Of(part + "." + strconv.Itoa(i) + ".key") }
