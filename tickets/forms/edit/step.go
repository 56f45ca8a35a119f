// Package edit changes the definition of a request type the way an editor does:
// steps and stages are added, moved, taken out and put back, conditions are rows
// of alternatives, a definition is compared with another in words, and reference
// lists are read from tables.
//
// Everything is pure and answers a changed copy; what was handed in stays as it
// is. A definition may be incomplete or wrong while it is edited: forms.CheckType
// finds that out.
package edit

import (
	"slices"

	"okno/tickets/forms"
)

// AddStep puts a step at the end and gives it a key of its own.
func AddStep(t forms.RequestType, s forms.Step) (forms.RequestType, forms.Step) {
	s.Key = Key(s.Label, "step", stepKeys(t))
	t.Steps = append(slices.Clone(t.Steps), s)
	return t, s
}

// CopyStep puts a copy of a step behind it; the copy has a key of its own.
func CopyStep(t forms.RequestType, key string) (changed forms.RequestType, copied string) {
	at := StepAt(t, key)
	if at < 0 {
		return t, ""
	}
	s := t.Steps[at]
	s.Key = Key(s.Label, "step", stepKeys(t))
	t.Steps = slices.Insert(slices.Clone(t.Steps), at+1, s)
	return t, s.Key
}

// PutStep replaces the step that has the key of s.
func PutStep(t forms.RequestType, s forms.Step) forms.RequestType {
	if at := StepAt(t, s.Key); at >= 0 {
		t.Steps = slices.Clone(t.Steps)
		t.Steps[at] = s
	}
	return t
}

// MoveStep puts a step at another place, the nearest there is.
func MoveStep(t forms.RequestType, key string, to int) forms.RequestType {
	if at := StepAt(t, key); at >= 0 {
		t.Steps = moved(t.Steps, at, to)
	}
	return t
}

// RemoveStep takes a step out.
func RemoveStep(t forms.RequestType, key string) forms.RequestType {
	if at := StepAt(t, key); at >= 0 {
		t.Steps = slices.Delete(slices.Clone(t.Steps), at, at+1)
	}
	return t
}

// ReturnStep puts a step that was taken out back to where it was, unless it is
// there.
func ReturnStep(t forms.RequestType, s forms.Step, at int) forms.RequestType {
	if s.Key != "" && StepAt(t, s.Key) < 0 {
		t.Steps = slices.Insert(slices.Clone(t.Steps), within(at, len(t.Steps)), s)
	}
	return t
}

// StepAt is the place of a step, -1 when there is none with this key.
func StepAt(t forms.RequestType, key string) int {
	return slices.IndexFunc(t.Steps, func(s forms.Step) bool { return s.Key == key })
}

func stepKeys(t forms.RequestType) []string {
	keys := make([]string, 0, len(t.Steps))
	for _, s := range t.Steps {
		keys = append(keys, s.Key)
	}
	return keys
}

// moved is a list with one entry at another place.
func moved[T any](list []T, from, to int) []T {
	entry := list[from]
	rest := slices.Delete(slices.Clone(list), from, from+1)
	return slices.Insert(rest, within(to, len(rest)), entry)
}

// within is the place of a list of n nearest to at.
func within(at, n int) int { return min(max(at, 0), n) }
