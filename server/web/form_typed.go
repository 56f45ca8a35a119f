package web

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/forms/edit"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/editor"
)

// What cannot be read is kept as it was typed: a draft may be wrong, and its
// flaw stands beside the input.

// typedSettings is a type with what its form has.
func typedSettings(c *gin.Context, t forms.RequestType) forms.RequestType {
	t.Name, t.About, t.Subject = bilingual(c, "name"), bilingual(c, "about"), bilingual(c, "subject")
	t.Icon, t.Section, t.Topic = strings.TrimSpace(c.PostForm("icon")), c.PostForm("section"), c.PostForm("topic")
	t.Audience, t.TeamID = forms.Audience(c.PostForm("audience")), parseID(c.PostForm("team"))
	t.Priority = whole(c.PostForm("priority"))
	t.Keywords = forms.Keywords{EN: parts(c.PostForm("keywords_en"), "\n"), RU: parts(c.PostForm("keywords_ru"), "\n")}
	t.Tags = parts(c.PostForm("tags"), ",")
	return t
}

// typedStep is the chosen step with what its form has.
func typedStep(c *gin.Context, env ui.Env, d editor.Draft) forms.Step {
	s := d.Step()
	s.Label, s.Help = bilingual(c, "label"), bilingual(c, "help")
	s.Optional = c.PostForm("required") == "false"
	if s.Type == fields.Money {
		s.Currency = c.PostForm("currency")
	}
	if s.Type.HasOptions() {
		s = withOptions(c, s)
	}
	s.Default = canonical(env, s, forms.Options(s, d.Lists), c.PostForm("default"))
	s.Check = typedCheck(c, env, s)
	s.When = typedWhen(c, env, d)
	if kind := fields.Type(c.PostForm("type")); slices.Contains(fields.InForms(), kind) {
		s = edit.Retype(s, kind)
	}
	return s
}

// withOptions reads where the options of a step come from. Those of its own are
// kept while they are shown.
func withOptions(c *gin.Context, s forms.Step) forms.Step {
	was := s.List
	if s.List = c.PostForm("list"); s.List != "" {
		s.Options = nil
		return s
	}
	if was != "" {
		return edit.Retype(forms.Step{Key: s.Key, Label: s.Label, Help: s.Help, Optional: s.Optional, When: s.When}, s.Type)
	}
	s.Options = nil
	for i, key := range c.PostFormArray("option_key") {
		s.Options = append(s.Options, fields.Option{
			Key: key, NameEN: strings.TrimSpace(nth(c, "option_en", i)), NameRU: strings.TrimSpace(nth(c, "option_ru", i)),
		})
	}
	if c.PostForm("typing") == "" {
		s.Options = named(s.Options)
	}
	return s
}

// named gives options keys once their names stand: a key that was made while the
// name was half typed would be half a word.
func named(options []fields.Option) []fields.Option {
	var taken []string
	for _, o := range options {
		taken = append(taken, o.Key)
	}
	for i, o := range options {
		if o.Key == "" && o.NameEN+o.NameRU != "" {
			options[i].Key = edit.Key(forms.Text{EN: o.NameEN, RU: o.NameRU}, "option", taken)
			taken = append(taken, options[i].Key)
		}
	}
	return options
}

// optionAt is the option a part of a definition names: "options.2".
func optionAt(s forms.Step, part string) fields.Option {
	_, place, _ := strings.Cut(part, ".")
	if i, err := strconv.Atoi(place); err == nil && i < len(s.Options) {
		return s.Options[i]
	}
	return fields.Option{}
}

// typedCheck reads what narrows a step; the form has only what its type uses.
func typedCheck(c *gin.Context, env ui.Env, s forms.Step) forms.Check {
	bare := editor.Limited(forms.Step{Type: s.Type, Currency: s.Currency})
	check := forms.Check{
		Min: canonical(env, bare, nil, c.PostForm("min")), Max: canonical(env, bare, nil, c.PostForm("max")),
		Shorter: whole(c.PostForm("shorter")), Longer: whole(c.PostForm("longer")),
		Pattern: strings.TrimSpace(c.PostForm("pattern")), Hint: bilingual(c, "hint"),
		Files: parts(c.PostForm("files"), ","),
	}
	if c.PostForm("from_today") != "" {
		check.Min = "today"
	}
	if size, err := strconv.ParseFloat(strings.Replace(strings.TrimSpace(c.PostForm("bytes")), ",", ".", 1), 64); err == nil {
		check.Bytes = int64(math.Round(size * editor.Megabyte))
	}
	return check
}

// typedStage is the chosen stage with what its form has.
func typedStage(c *gin.Context, env ui.Env, d editor.Draft) forms.Stage {
	s := d.Stage()
	s.Name, s.Rule, s.Late = bilingual(c, "name"), forms.Rule(c.PostForm("rule")), forms.Late(c.PostForm("late"))
	s.RemindIn, s.Deadline = whole(c.PostForm("remind")), whole(c.PostForm("deadline"))
	s.Approvers = nil
	for i, kind := range c.PostFormArray("approver_kind") {
		a := forms.Approver{Kind: forms.ApproverKind(kind), Value: strings.TrimSpace(nth(c, "approver_value", i))}
		s.Approvers = append(s.Approvers, fitting(d, a))
	}
	s.When = typedWhen(c, env, d)
	return s
}

// fitting leaves out whom an approver was before its kind was changed.
func fitting(d editor.Draft, a forms.Approver) forms.Approver {
	known := true
	switch a.Kind {
	case forms.ByManager:
		known = false
	case forms.ByRole:
		known = a.Value == "administrator" || a.Value == "agent"
	case forms.ByTeam:
		known = slices.ContainsFunc(d.Teams, func(t people.Team) bool { return t.Name == a.Value })
	case forms.ByStep:
		known = edit.StepAt(d.Type, a.Value) >= 0
	case forms.ByAddress:
	}
	if !known {
		a.Value = ""
	}
	return a
}

// typedWhen reads the rows of a condition; nil when there are none.
func typedWhen(c *gin.Context, env ui.Env, d editor.Draft) *forms.Condition {
	var alternatives [][]forms.Condition
	last := ""
	for i, group := range c.PostFormArray("when_group") {
		row := forms.Condition{Step: nth(c, "when_step", i), Is: forms.Op(nth(c, "when_is", i)), To: nth(c, "when_to", i)}
		if i == 0 || group != last {
			alternatives = append(alternatives, nil)
		}
		n := len(alternatives) - 1
		alternatives[n] = append(alternatives[n], fittingRow(env, d, row))
		last = group
	}
	return edit.Joined(alternatives)
}

// fittingRow is a comparison that its step allows: after another step was
// chosen, what it was compared with before says nothing.
func fittingRow(env ui.Env, d editor.Draft, row forms.Condition) forms.Condition {
	s, known := d.Type.Step(row.Step)
	if !known {
		return row
	}
	if ops := forms.Ops(s.Type); !slices.Contains(ops, row.Is) && len(ops) > 0 {
		row.Is = ops[0]
	}
	options := forms.Options(s, d.Lists)
	switch {
	case !edit.Compared(row.Is):
		row.To = ""
	case s.Type == fields.YesNo && row.To != fields.No:
		row.To = fields.Yes
	case s.Type.HasOptions() && !slices.ContainsFunc(options, func(o fields.Option) bool { return o.Key == row.To }):
		row.To = ""
	default:
		row.To = canonical(env, forms.Step{Type: s.Type, Currency: s.Currency}, options, row.To)
	}
	return row
}

// canonical is what was typed as answers are kept, or as it was typed.
func canonical(env ui.Env, s forms.Step, options []fields.Option, typed string) string {
	typed = strings.TrimSpace(typed)
	if typed == "" || slices.Contains([]string{"today", "tomorrow", "me"}, typed) {
		return typed
	}
	s.Check = forms.Check{}
	if kept, err := forms.Parse(s, options, typed, env.Lang, env.Now); err == nil {
		return kept
	}
	return typed
}

// whole is a number of a field; what is none counts as wrong, not as nothing.
func whole(typed string) int {
	typed = strings.TrimSpace(typed)
	n, err := strconv.Atoi(typed)
	if err != nil && typed != "" {
		return -1
	}
	return n
}

// parts are the words of a text with something between them.
func parts(text, between string) []string {
	var list []string
	for _, part := range strings.Split(text, between) {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(list, part) {
			list = append(list, part)
		}
	}
	return list
}
