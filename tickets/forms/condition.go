package forms

import (
	"slices"
	"strings"

	"okno/tickets/fields"
)

// Holds says whether a condition holds for some answers. One without any part
// does not.
func (c Condition) Holds(t RequestType, a Answers) bool {
	switch {
	case c.All != nil:
		return !slices.ContainsFunc(c.All, func(x Condition) bool { return !x.Holds(t, a) })
	case c.Any != nil:
		return slices.ContainsFunc(c.Any, func(x Condition) bool { return x.Holds(t, a) })
	}
	return c.compares(t, a[c.Step])
}

// compares says whether an answer is what the condition wants. An unanswered
// step is empty and nothing else, so it is not unequal to anything either.
func (c Condition) compares(t RequestType, answer string) bool {
	if c.Is == Empty || answer == "" {
		return c.Is == Empty && answer == ""
	}
	switch c.Is {
	case Equal:
		return answer == c.To
	case NotEqual:
		return answer != c.To
	case Has:
		return slices.Contains(strings.Split(answer, ","), c.To)
	case Answered:
		return true
	}
	return c.orders(t, answer)
}

// orders compares by size or by time.
func (c Condition) orders(t RequestType, answer string) bool {
	s, _ := t.Step(c.Step)
	order, ok := fields.Compare(s.Type, answer, c.To)
	return ok && (c.Is == Less && order < 0 || c.Is == More && order > 0)
}

// Step finds a step by its key.
func (t RequestType) Step(key string) (Step, bool) {
	i := slices.IndexFunc(t.Steps, func(s Step) bool { return s.Key == key })
	if i < 0 {
		return Step{}, false
	}
	return t.Steps[i], true
}
