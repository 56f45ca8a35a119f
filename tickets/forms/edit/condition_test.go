package edit_test

import (
	"fmt"
	"testing"

	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/forms/edit"
)

func is(step, to string) forms.Condition {
	return forms.Condition{Step: step, Is: forms.Equal, To: to}
}

// TestConditionsAsRowsMeanTheSame multiplies conditions out and joins them again:
// they hold for the same answers.
func TestConditionsAsRowsMeanTheSame(t *testing.T) {
	a, b, c, d := is("a", "x"), is("b", "x"), is("c", "x"), is("d", "x")
	for name, condition := range map[string]*forms.Condition{
		"one":           &a,
		"all":           {All: []forms.Condition{a, b}},
		"any":           {Any: []forms.Condition{a, b}},
		"all of any":    {All: []forms.Condition{{Any: []forms.Condition{a, b}}, {Any: []forms.Condition{c, d}}}},
		"any of all":    {Any: []forms.Condition{{All: []forms.Condition{a, b}}, c}},
		"three storeys": {Any: []forms.Condition{a, {All: []forms.Condition{b, {Any: []forms.Condition{c, d}}}}}},
	} {
		joined := edit.Joined(edit.Alternatives(condition))
		for n := range 16 {
			answers := forms.Answers{}
			for bit, key := range []string{"a", "b", "c", "d"} {
				answers[key] = []string{"x", "y"}[n>>bit&1]
			}
			if want, got := holds(condition, answers), holds(joined, answers); got != want {
				t.Errorf("%s: with %v it holds: %v, as rows: %v", name, answers, want, got)
			}
		}
	}
	if edit.Joined(edit.Alternatives(nil)) != nil {
		t.Error("no condition became one")
	}
}

// holds asks a form whether it asks a step under a condition.
func holds(c *forms.Condition, a forms.Answers) bool {
	form := forms.RequestType{}
	for _, key := range []string{"a", "b", "c", "d"} {
		form.Steps = append(form.Steps, forms.Step{Key: key, Type: fields.Text})
	}
	form.Steps = append(form.Steps, forms.Step{Key: "last", Type: fields.Text, When: c})
	for _, s := range forms.Asked(form, a) {
		if s.Key == "last" {
			return true
		}
	}
	return false
}

func TestAskableAreEarlierSteps(t *testing.T) {
	form := forms.RequestType{Steps: []forms.Step{
		{Key: "hint", Type: fields.Info}, {Key: "first", Type: fields.YesNo}, {Key: "second", Type: fields.Text},
	}}
	for before, want := range map[string]string{"first": "[]", "second": "[first]", "": "[first second]"} {
		keys := []string{}
		for _, s := range edit.Askable(form, before) {
			keys = append(keys, s.Key)
		}
		if got := fmt.Sprint(keys); got != want {
			t.Errorf("before %q: %s, want %s", before, got, want)
		}
	}
}
