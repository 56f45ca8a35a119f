package edit

import (
	"slices"

	"okno/tickets/forms"
)

// Alternatives are a condition as rows to edit: it holds where all rows of one
// of the alternatives do. Conditions nested deeper are multiplied out. nil has
// none.
func Alternatives(c *forms.Condition) [][]forms.Condition {
	switch {
	case c == nil:
		return nil
	case c.Any != nil:
		var all [][]forms.Condition
		for i := range c.Any {
			all = append(all, Alternatives(&c.Any[i])...)
		}
		return all
	case c.All != nil:
		product := [][]forms.Condition{nil}
		for i := range c.All {
			product = multiplied(product, Alternatives(&c.All[i]))
		}
		return product
	}
	return [][]forms.Condition{{*c}}
}

// multiplied joins every alternative of one list with every one of the other.
func multiplied(a, b [][]forms.Condition) [][]forms.Condition {
	var all [][]forms.Condition
	for _, x := range a {
		for _, y := range b {
			all = append(all, slices.Concat(x, y))
		}
	}
	return all
}

// Joined is the condition of some rows; nil when there are none.
func Joined(alternatives [][]forms.Condition) *forms.Condition {
	var any []forms.Condition
	for _, rows := range alternatives {
		switch len(rows) {
		case 0:
		case 1:
			any = append(any, rows[0])
		default:
			any = append(any, forms.Condition{All: rows})
		}
	}
	switch len(any) {
	case 0:
		return nil
	case 1:
		return &any[0]
	}
	return &forms.Condition{Any: any}
}

// Compared says that a comparison needs something to compare with.
func Compared(o forms.Op) bool { return o != forms.Answered && o != forms.Empty }

// Askable are the steps a condition may rest on: those with answers that come
// before a step; all of them for a stage of approval, whose key no step has.
func Askable(t forms.RequestType, before string) []forms.Step {
	steps := t.Steps
	if at := StepAt(t, before); at >= 0 {
		steps = steps[:at]
	}
	return slices.DeleteFunc(slices.Clone(steps), func(s forms.Step) bool { return len(forms.Ops(s.Type)) == 0 })
}
