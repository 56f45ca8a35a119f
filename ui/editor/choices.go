package editor

import (
	"strconv"
	"strings"

	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/ui"
)

// The choices of the editor's fields. A value that is chosen but not there any
// more is not offered: the flaw beside the field says so.

func sectionChoices(env ui.Env, m forms.Menu) []ui.Option {
	out := []ui.Option{{Label: env.T("editor.section.none")}}
	for _, s := range m.Sections {
		out = append(out, ui.Option{Value: s.Key, Label: strings.TrimSpace(s.Icon + " " + s.Name.In(env.Lang))})
	}
	return out
}

// topicChoices are indented by their level.
func topicChoices(env ui.Env, m forms.Menu) []ui.Option {
	out := []ui.Option{{Label: env.T("editor.topic.none")}}
	for _, t := range Tree(m.Topics) {
		out = append(out, ui.Option{Value: t.Key, Label: strings.Repeat("\u2003", t.Level) + t.Name.In(env.Lang)})
	}
	return out
}

// Leaf is a topic with its depth, 0 to 2.
type Leaf struct {
	forms.Topic
	Level int
}

// Tree is the topics with each behind its parent. Those whose parent is missing
// stand at the end.
func Tree(topics []forms.Topic) []Leaf {
	var out []Leaf
	seen := map[string]bool{}
	var grow func(parent string, level int)
	grow = func(parent string, level int) {
		for _, t := range topics {
			if t.Parent == parent && !seen[t.Key] {
				seen[t.Key] = true
				out = append(out, Leaf{t, level})
				grow(t.Key, level+1)
			}
		}
	}
	grow("", 0)
	for _, t := range topics {
		if !seen[t.Key] {
			out = append(out, Leaf{Topic: t})
		}
	}
	return out
}

func teamChoices(env ui.Env, d Draft) []ui.Option {
	out := []ui.Option{{Value: "0", Label: env.T("editor.team.none")}}
	for _, t := range d.Teams {
		out = append(out, ui.Option{Value: number(t.ID), Label: t.Name})
	}
	return out
}

func priorityChoices(env ui.Env) []ui.Option {
	out := []ui.Option{{Value: "0", Label: env.T("editor.priority.none")}}
	for n := 1; n <= 4; n++ {
		out = append(out, ui.Option{Value: strconv.Itoa(n), Label: env.T("priority." + strconv.Itoa(n))})
	}
	return out
}

func audienceChoices(env ui.Env) []ui.Option {
	out := []ui.Option{{Label: env.T("editor.audience.all")}}
	for _, a := range []forms.Audience{forms.Known, forms.Agents, forms.Nobody} {
		out = append(out, ui.Option{Value: string(a), Label: env.T("editor.audience." + string(a))})
	}
	return out
}

func typeChoices(env ui.Env) []ui.Option {
	var out []ui.Option
	for _, t := range fields.InForms() {
		out = append(out, ui.Option{Value: string(t), Label: typeWord(env, t)})
	}
	return out
}

func typeWord(env ui.Env, t fields.Type) string { return env.T("editor.type." + string(t)) }

func currencyChoices() []ui.Option {
	var out []ui.Option
	for _, c := range fields.Currencies() {
		out = append(out, ui.Option{Value: c.Code, Label: strings.TrimSpace(c.Code + " " + c.Sign)})
	}
	return out
}

func listChoices(env ui.Env, d Draft) []ui.Option {
	out := []ui.Option{{Label: env.T("editor.list.own")}}
	for _, l := range d.Lists {
		out = append(out, ui.Option{Value: l.Key, Label: l.Name.In(env.Lang)})
	}
	return out
}

// defaultChoices are what a step may begin with; nil where it is typed.
func defaultChoices(env ui.Env, d Draft, s forms.Step) []ui.Option {
	out := []ui.Option{{Label: env.T("editor.default.none")}}
	add := func(value, label string) { out = append(out, ui.Option{Value: value, Label: label}) }
	switch {
	case s.Type == fields.Date:
		add("today", env.T("editor.default.today"))
		add("tomorrow", env.T("editor.default.tomorrow"))
	case s.Type == fields.Person:
		add("me", env.T("editor.default.me"))
	case s.Type == fields.YesNo:
		add(fields.Yes, env.T("editor.yes"))
		add(fields.No, env.T("editor.no"))
	case s.Type.HasOptions():
		for _, o := range forms.Options(s, d.Lists) {
			if o.Key != "" && !o.Archived {
				add(o.Key, o.Name(env.Lang))
			}
		}
	default:
		return nil
	}
	return out
}

// hasDefault says that a step may begin with an answer.
func hasDefault(t fields.Type) bool {
	switch t {
	case fields.Info, fields.Files, fields.Period, fields.Time, fields.Long, fields.Email, fields.Phone, fields.Plate:
		return false
	}
	return true
}

func ruleChoices(env ui.Env) []ui.Option {
	var out []ui.Option
	for _, r := range []forms.Rule{forms.AllOf, forms.AnyOf, forms.MajorityOf} {
		out = append(out, ui.Option{Value: string(r), Label: env.T("editor.rule." + string(r))})
	}
	return out
}

func lateChoices(env ui.Env) []ui.Option {
	var out []ui.Option
	for _, l := range []forms.Late{forms.LateAgents, forms.LateRefuse, forms.LateApprove} {
		out = append(out, ui.Option{Value: string(l), Label: env.T("editor.late." + string(l))})
	}
	return out
}

func approverKinds(env ui.Env) []ui.Option {
	var out []ui.Option
	for _, k := range []forms.ApproverKind{forms.ByManager, forms.ByAddress, forms.ByTeam, forms.ByRole, forms.ByStep} {
		out = append(out, ui.Option{Value: string(k), Label: env.T("editor.approver." + string(k))})
	}
	return out
}

// approverChoices are whom an approver of a kind can be; nil where it is typed
// or follows by itself.
func approverChoices(env ui.Env, d Draft, k forms.ApproverKind) []ui.Option {
	out := []ui.Option{{Label: env.T("editor.choose")}}
	switch k {
	case forms.ByTeam:
		for _, t := range d.Teams {
			out = append(out, ui.Option{Value: t.Name, Label: t.Name})
		}
	case forms.ByRole:
		for _, r := range []string{"administrator", "agent"} {
			out = append(out, ui.Option{Value: r, Label: env.T("editor.role." + r)})
		}
	case forms.ByStep:
		for _, s := range d.Type.Steps {
			if s.Type == fields.Person {
				out = append(out, ui.Option{Value: s.Key, Label: stepName(env, s)})
			}
		}
	case forms.ByAddress, forms.ByManager:
		return nil
	}
	return out
}
