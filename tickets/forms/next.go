package forms

// Next answers the first step that is asked and has no answer; false when the
// form is whole. Information only counts as answered once it was shown, which
// the empty text says.
func Next(t RequestType, a Answers) (Step, bool) {
	for _, s := range Asked(t, a) {
		if _, done := a[s.Key]; !done {
			return s, true
		}
	}
	return Step{}, false
}

// Asked are the steps whose condition holds, in their order. A step whose
// condition rests on a step that is not asked sees that one as empty.
func Asked(t RequestType, a Answers) []Step {
	var asked []Step
	seen := Answers{}
	for _, s := range t.Steps {
		if s.When != nil && !s.When.Holds(t, seen) {
			continue
		}
		asked = append(asked, s)
		if text, ok := a[s.Key]; ok {
			seen[s.Key] = text
		}
	}
	return asked
}
