package settings

import (
	"slices"
	"strconv"
	"strings"

	"okno/tickets/fields"
	"okno/tickets/people"
	"okno/ui"
)

// Fields is the list of custom fields, and those that are asked no more.
type Fields struct {
	Asked, Archived []fields.Field
	Teams           []people.Team
	Focus           string // id of the control that goes on having the focus
}

// Field is the form of one custom field; ID 0 is a new one, and Type "" lets
// people choose the type first.
type Field struct {
	fields.Field
	Teams  []people.Team
	Focus  string
	Saved  string
	Errors map[string]string // by part, see fields.Define
}

// OptionAdded has one more option at the end, to be filled in.
func (f Field) OptionAdded() Field {
	f.Options = append(slices.Clone(f.Options), fields.Option{})
	f.Focus = optionID("en", len(f.Options)-1)
	return f
}

// OptionMoved has the option at i one place up (-1) or down (1). The focus stays
// on the button as long as it leads anywhere.
func (f Field) OptionMoved(i, by int) Field {
	to := i + by
	if i < 0 || to < 0 || max(i, to) >= len(f.Options) {
		return f
	}
	f.Options = slices.Clone(f.Options)
	f.Options[i], f.Options[to] = f.Options[to], f.Options[i]
	f.Focus = optionID(onward(to, by, len(f.Options)), to)
	return f
}

// OptionRemoved lacks the option at i, which no ticket can have yet.
func (f Field) OptionRemoved(i int) Field {
	if i < 0 || i >= len(f.Options) || f.Options[i].Key != "" {
		return f
	}
	f.Options = slices.Delete(slices.Clone(f.Options), i, i+1)
	f.Focus = "option-add"
	return f
}

// onward is the button that keeps the focus after a row moved by one to a place
// among n: the same one, unless the row has come to an end of the list.
func onward(to, by, n int) string {
	if by < 0 && to > 0 || to == n-1 {
		return "up"
	}
	return "down"
}

// Onward is the id of the button that keeps the focus after a field moved to a
// place among n.
func Onward(f fields.Field, to, by, n int) string { return fieldID(onward(to, by, n), f) }

func fieldID(button string, f fields.Field) string { return button + "-" + number(f.ID) }

func optionID(part string, i int) string { return "option-" + part + "-" + strconv.Itoa(i) }

func (f Field) action() string {
	if f.ID == 0 {
		return "/settings/fields/new"
	}
	return "/settings/fields/" + number(f.ID)
}

func (f Field) title(env ui.Env) string {
	if name := f.Name(env.Lang); name != "" && f.ID != 0 {
		return name
	}
	return env.T("fields.new")
}

// optionError is what is wrong with the option at i and where, "" when nothing.
func (f Field) optionError(i int) (where, text string) {
	for part, text := range f.Errors {
		name, place, _ := strings.Cut(part, ".")
		if place == strconv.Itoa(i) {
			return name, text
		}
	}
	return "", ""
}

func fieldTypes(env ui.Env) []ui.Option {
	var out []ui.Option
	for _, t := range fields.Types() {
		out = append(out, ui.Option{Value: string(t), Label: env.T("fields.type." + string(t))})
	}
	return out
}

func currencies() []ui.Option {
	var out []ui.Option
	for _, c := range fields.Currencies() {
		out = append(out, ui.Option{Value: c.Code, Label: strings.TrimSpace(c.Code + " " + c.Sign)})
	}
	return out
}

func fieldTeams(env ui.Env, teams []people.Team) []ui.Option {
	out := []ui.Option{{Value: "0", Label: env.T("fields.team.all")}}
	for _, t := range teams {
		out = append(out, ui.Option{Value: number(t.ID), Label: t.Name})
	}
	return out
}

func fieldTeam(env ui.Env, teams []people.Team, id int64) string {
	for _, t := range teams {
		if t.ID == id {
			return t.Name
		}
	}
	return env.T("fields.team.all")
}
