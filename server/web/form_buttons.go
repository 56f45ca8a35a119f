package web

import (
	"slices"
	"strconv"
	"strings"

	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/forms/edit"
	"okno/ui/editor"
)

// The small buttons of the forms of steps and stages add, order and remove rows.
// Each answers the control that goes on having the focus.

// stepButton is a step after one of its buttons.
func stepButton(d editor.Draft, s forms.Step, do string) (_ forms.Step, focus string) {
	kind, rest, _ := strings.Cut(do, ".")
	switch kind {
	case "option":
		s.Options, focus = optionButton(s.Options, rest)
	case "when":
		s.When, focus = whenButton(d, s.When, rest)
	}
	return s, focus
}

// stageButton is a stage after one of its buttons.
func stageButton(d editor.Draft, s forms.Stage, do string) (_ forms.Stage, focus string) {
	kind, rest, _ := strings.Cut(do, ".")
	switch kind {
	case "approver":
		s.Approvers, focus = approverButton(s.Approvers, rest)
	case "when":
		s.When, focus = whenButton(d, s.When, rest)
	}
	return s, focus
}

func optionButton(list []fields.Option, do string) (_ []fields.Option, focus string) {
	do, place, _ := strings.Cut(do, ".")
	at, err := strconv.Atoi(place)
	switch {
	case do == "add":
		return append(list, fields.Option{}), "option-en-" + strconv.Itoa(len(list))
	case err != nil || at < 0 || at >= len(list):
	case do == "remove":
		return slices.Delete(list, at, at+1), "option-add"
	case do == "up" && at > 0:
		list[at-1], list[at] = list[at], list[at-1]
		return list, "option-up-" + strconv.Itoa(max(at-1, 1))
	case do == "down" && at+1 < len(list):
		list[at+1], list[at] = list[at], list[at+1]
		return list, "option-down-" + strconv.Itoa(min(at+1, len(list)-2))
	}
	return list, ""
}

func approverButton(list []forms.Approver, do string) (_ []forms.Approver, focus string) {
	do, place, _ := strings.Cut(do, ".")
	at, err := strconv.Atoi(place)
	switch {
	case do == "add":
		return append(list, forms.Approver{Kind: forms.ByManager}), "approver-kind-" + strconv.Itoa(len(list))
	case do == "remove" && err == nil && at >= 0 && at < len(list):
		return slices.Delete(list, at, at+1), "approver-add"
	}
	return list, ""
}

func whenButton(d editor.Draft, c *forms.Condition, do string) (_ *forms.Condition, focus string) {
	all := edit.Alternatives(c)
	do, place, _ := strings.Cut(do, ".")
	at, err := strconv.Atoi(place)
	row, can := firstRow(d)
	switch {
	case do == "or" && can:
		all = append(all, []forms.Condition{row})
		focus = rowFocus(all, len(all)-1)
	case do == "and" && can && err == nil && at >= 0 && at < len(all):
		all[at] = append(slices.Clone(all[at]), row)
		focus = rowFocus(all, at)
	case do == "remove" && err == nil:
		all, focus = withoutRow(all, at), "when-or"
	}
	return edit.Joined(all), focus
}

// firstRow is a comparison to begin with: on the step nearest before.
func firstRow(d editor.Draft) (forms.Condition, bool) {
	steps := edit.Askable(d.Type, d.At.Key)
	if len(steps) == 0 {
		return forms.Condition{}, false
	}
	s := steps[len(steps)-1]
	row := forms.Condition{Step: s.Key, Is: forms.Ops(s.Type)[0]}
	if s.Type == fields.YesNo {
		row.To = fields.Yes
	}
	return row, true
}

// rowFocus is the first control of the last row of an alternative.
func rowFocus(all [][]forms.Condition, group int) string {
	n := -1
	for _, rows := range all[:group+1] {
		n += len(rows)
	}
	return "when-step-" + strconv.Itoa(n)
}

// withoutRow lacks the n-th row of all alternatives together.
func withoutRow(all [][]forms.Condition, n int) [][]forms.Condition {
	for i, rows := range all {
		if n >= 0 && n < len(rows) {
			all = slices.Clone(all)
			all[i] = slices.Delete(slices.Clone(rows), n, n+1)
			return all
		}
		n -= len(rows)
	}
	return all
}
