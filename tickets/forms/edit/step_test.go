package edit_test

import (
	"strings"
	"testing"

	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/forms/edit"
)

func TestKeysOfNames(t *testing.T) {
	for name, want := range map[forms.Text]string{
		{EN: "Is there a car?"}:                        "is_there_a_car",
		{EN: "What is the guest's full name, please?"}: "what_is_the_guests",
		{RU: "Щётка и ёж"}:                             "shchetka_i_ezh",
		{EN: "停车", RU: "Парковка"}:                     "parkovka",
		{EN: "???"}:                                    "step",
		{EN: "Taken"}:                                  "taken_2",
		{EN: "A car", RU: "Машина"}:                    "a_car",
		{RU: "В какой день вас ждать и во сколько примерно"}: "v_kakoi_den_vas",
	} {
		if got := edit.Key(name, "step", []string{"taken"}); got != want {
			t.Errorf("%+v: %s, want %s", name, got, want)
		}
	}
}

func keys(t forms.RequestType) string {
	var all []string
	for _, s := range t.Steps {
		all = append(all, s.Key)
	}
	return strings.Join(all, " ")
}

// TestStepsAreArranged leaves the definition it began with as it was.
func TestStepsAreArranged(t *testing.T) {
	form := forms.RequestType{Steps: []forms.Step{{Key: "a"}, {Key: "b"}, {Key: "c"}}}
	longer, d := edit.AddStep(form, forms.Step{Label: forms.Text{EN: "D"}})
	for what, x := range map[string]struct {
		got  forms.RequestType
		want string
	}{
		"add":            {longer, "a b c d"},
		"move":           {edit.MoveStep(form, "a", 1), "b a c"},
		"move too far":   {edit.MoveStep(form, "a", 99), "b c a"},
		"move before":    {edit.MoveStep(form, "c", -5), "c a b"},
		"move none":      {edit.MoveStep(form, "x", 0), "a b c"},
		"remove":         {edit.RemoveStep(form, "b"), "a c"},
		"return":         {edit.ReturnStep(edit.RemoveStep(form, "b"), forms.Step{Key: "b"}, 1), "a b c"},
		"return too far": {edit.ReturnStep(form, d, 99), "a b c d"},
		"return twice":   {edit.ReturnStep(form, forms.Step{Key: "b"}, 0), "a b c"},
	} {
		if got := keys(x.got); got != x.want {
			t.Errorf("%s: %s, want %s", what, got, x.want)
		}
	}
	if keys(form) != "a b c" {
		t.Errorf("the form itself changed: %s", keys(form))
	}
}

func TestRetypedStepsKeepWhatTheyAsk(t *testing.T) {
	s := forms.Step{
		Key: "k", Type: fields.One, Label: forms.Text{EN: "Which?"}, Options: []fields.Option{{Key: "x"}},
		Check: forms.Check{Min: "1"}, Default: "x", Optional: true,
	}
	if got := edit.Retype(s, fields.Many); len(got.Options) != 1 || got.Default != "" || got.Check.Min != "" || !got.Optional || got.Label.EN != "Which?" {
		t.Errorf("as many: %+v", got)
	}
	if got := edit.Retype(s, fields.Date); got.Options != nil {
		t.Errorf("a date has options: %+v", got)
	}
	if got := edit.Retype(forms.Step{Type: fields.Text}, fields.One); len(got.Options) != 2 {
		t.Errorf("nothing to fill in: %+v", got)
	}
	if got := edit.Retype(s, fields.One); got.Default != "x" {
		t.Errorf("the same type changed it: %+v", got)
	}
}

// TestChanges says what is different in the words of the history.
func TestChanges(t *testing.T) {
	before := forms.RequestType{
		Name:   forms.Text{EN: "Pass"},
		Steps:  []forms.Step{{Key: "a", Type: fields.Text}, {Key: "b", Type: fields.Text}, {Key: "c", Type: fields.Text}},
		Stages: []forms.Stage{{Key: "s"}},
	}
	after := forms.RequestType{
		Name: forms.Text{EN: "Guest pass"},
		Steps: []forms.Step{
			{Key: "b", Type: fields.Date}, {Key: "a", Type: fields.Text, Optional: true}, {Key: "d", Type: fields.Text},
		},
		Stages: []forms.Stage{{Key: "s", Approvers: []forms.Approver{{Kind: forms.ByManager}}}},
	}
	var got []string
	for _, c := range edit.Changes(before, after) {
		got = append(got, strings.TrimPrefix(c.Message, "editor.change."))
	}
	want := "name step.retyped step.optional step.added step.removed step.order stage.approvers"
	if strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
	if list := edit.Changes(after, after); list != nil {
		t.Errorf("nothing changed: %v", list)
	}
}
