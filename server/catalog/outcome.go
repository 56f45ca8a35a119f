package catalog

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// What became of a thing.
const (
	Made      = "made"
	Changed   = "changed"
	Unchanged = "unchanged"
)

// Outcome is what became of one thing in a file.
type Outcome struct {
	What    string // "section", "topic", "list" or "request"
	Key     string
	Became  string   // Made, Changed or Unchanged
	Parts   []string // of a changed thing: the keys that say something else now
	Version int      // of a request that was published
}

// String is the outcome on one line, as the command line prints it.
func (o Outcome) String() string {
	line := o.What + " " + o.Key + ": " + o.Became
	if len(o.Parts) > 0 {
		line += " (" + strings.Join(o.Parts, ", ") + ")"
	}
	if o.Version > 0 {
		line += ", version " + strconv.Itoa(o.Version)
	}
	return line
}

func (o Outcome) news() bool { return o.Became != Unchanged }

// became compares an entry with the one at its place in a list; a place below 0
// is none.
func became[T any](what, key string, have []T, place int, wanted T) Outcome {
	if place < 0 {
		return Outcome{What: what, Key: key, Became: Made}
	}
	o := Outcome{What: what, Key: key, Became: Unchanged, Parts: differing(have[place], wanted)}
	if len(o.Parts) > 0 {
		o.Became = Changed
	}
	return o
}

// differing are the keys under which two definitions say something else, sorted.
func differing(a, b any) []string {
	x, y := partsOf(a), partsOf(b)
	keys := map[string]bool{}
	for key, part := range x {
		keys[key] = string(part) != string(y[key])
	}
	for key, part := range y {
		keys[key] = string(part) != string(x[key])
	}
	maps.DeleteFunc(keys, func(_ string, differs bool) bool { return !differs })
	return slices.Sorted(maps.Keys(keys))
}

// partsOf takes a definition apart by its keys. Definitions always have a JSON.
func partsOf(v any) map[string]json.RawMessage {
	var parts map[string]json.RawMessage
	raw, err := json.Marshal(v)
	if err != nil || json.Unmarshal(raw, &parts) != nil {
		return nil
	}
	return parts
}
