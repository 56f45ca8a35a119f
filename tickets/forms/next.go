package forms

import "iter"

// Next answers the first step that is asked and has no answer; false when the
// form is whole. Information only counts as answered once it was shown, which
// the empty text says.
func Next(t RequestType, a Answers) (Step, bool) {
	for i := range places(t, a) {
		if _, done := a[t.Steps[i].Key]; !done {
			return t.Steps[i], true
		}
	}
	return Step{}, false
}

// Asked are the steps whose condition holds, in their order. A step whose
// condition rests on a step that is not asked sees that one as empty.
func Asked(t RequestType, a Answers) []Step {
	var asked []Step
	for i := range places(t, a) {
		asked = append(asked, t.Steps[i])
	}
	return asked
}

// places are where the steps that are asked stand in the form.
func places(t RequestType, a Answers) iter.Seq[int] {
	return func(yield func(int) bool) {
		seen := make(Answers, len(t.Steps))
		for i := range t.Steps {
			s := &t.Steps[i]
			if s.When != nil && !s.When.Holds(t, seen) {
				continue
			}
			if !yield(i) {
				return
			}
			if text, ok := a[s.Key]; ok {
				seen[s.Key] = text
			}
		}
	}
}
