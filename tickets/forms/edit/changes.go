package edit

import (
	"slices"

	"okno/tickets/forms"
)

// Change is one difference between two definitions in words: a key of
// assets/locale and what it is about. Name is empty where the key says it all.
type Change struct {
	Message string
	Name    forms.Text
}

// Changes are the differences of a definition to the one before it, in the order
// of the editor.
func Changes(before, after forms.RequestType) []Change {
	all := settingChanges(before, after)
	all = append(all, stepChanges(before.Steps, after.Steps)...)
	return append(all, stageChanges(before.Stages, after.Stages)...)
}

// settingChanges compare what is not a step.
func settingChanges(before, after forms.RequestType) []Change {
	var all []Change
	for _, x := range []struct {
		message string
		a, b    any
	}{
		{"editor.change.name", before.Name, after.Name},
		{"editor.change.about", before.About, after.About},
		{"editor.change.icon", before.Icon, after.Icon},
		{"editor.change.section", before.Section, after.Section},
		{"editor.change.topic", before.Topic, after.Topic},
		{"editor.change.subject", before.Subject, after.Subject},
		{"editor.change.keywords", before.Keywords, after.Keywords},
		{"editor.change.team", before.TeamID, after.TeamID},
		{"editor.change.priority", before.Priority, after.Priority},
		{"editor.change.tags", before.Tags, after.Tags},
		{"editor.change.audience", before.Audience, after.Audience},
	} {
		if Mark(x.a) != Mark(x.b) {
			all = append(all, Change{Message: x.message})
		}
	}
	return all
}

func stepChanges(before, after []forms.Step) []Change {
	part := func(s forms.Step) (string, forms.Text) { return s.Key, s.Label }
	return partChanges("editor.change.step.", before, after, part, func(a, b forms.Step) string {
		switch {
		case a.Label != b.Label:
			return "renamed"
		case a.Type != b.Type:
			return "retyped"
		case Mark(a.When) != Mark(b.When):
			return "condition"
		case Mark([]any{a.Options, a.List}) != Mark([]any{b.Options, b.List}):
			return "options"
		case a.Optional != b.Optional && b.Optional:
			return "optional"
		case a.Optional != b.Optional:
			return "required"
		}
		return "changed"
	})
}

func stageChanges(before, after []forms.Stage) []Change {
	part := func(s forms.Stage) (string, forms.Text) { return s.Key, s.Name }
	return partChanges("editor.change.stage.", before, after, part, func(a, b forms.Stage) string {
		if Mark(a.Approvers) != Mark(b.Approvers) {
			return "approvers"
		}
		return "changed"
	})
}

// partChanges compare two lists whose entries have keys. in says how two entries
// of one key differ.
func partChanges[T any](prefix string, before, after []T, of func(T) (string, forms.Text), in func(a, b T) string) []Change {
	var all []Change
	find := func(list []T, key string) int {
		return slices.IndexFunc(list, func(x T) bool { k, _ := of(x); return k == key })
	}
	for _, x := range after {
		key, name := of(x)
		switch at := find(before, key); {
		case at < 0:
			all = append(all, Change{prefix + "added", name})
		case Mark(before[at]) != Mark(x):
			all = append(all, Change{prefix + in(before[at], x), name})
		}
	}
	for _, x := range before {
		if key, name := of(x); find(after, key) < 0 {
			all = append(all, Change{prefix + "removed", name})
		}
	}
	if reordered(before, after, of) {
		all = append(all, Change{Message: prefix + "order"})
	}
	return all
}

// reordered says that the entries both lists have stand in another order.
func reordered[T any](before, after []T, of func(T) (string, forms.Text)) bool {
	keys := func(list, other []T) []string {
		var out []string
		for _, x := range list {
			key, _ := of(x)
			if slices.ContainsFunc(other, func(o T) bool { k, _ := of(o); return k == key }) {
				out = append(out, key)
			}
		}
		return out
	}
	return !slices.Equal(keys(before, after), keys(after, before))
}
