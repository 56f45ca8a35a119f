package editor

import (
	"strconv"

	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/forms/edit"
	"okno/ui"
)

// When is a condition being edited: it holds where all rows of one of the
// alternatives do.
type When struct {
	Rows []WhenRow
	On   []forms.Step // the steps it may rest on
}

// WhenRow is one comparison.
type WhenRow struct {
	forms.Condition
	N     int // its place in the form
	Group int // the alternative it belongs to
	First bool
	Last  bool
	Of    forms.Step
}

// whenOf is the condition of what is chosen.
func (d Draft) whenOf(c *forms.Condition) When {
	w := When{On: edit.Askable(d.Type, d.At.Key)}
	for group, rows := range edit.Alternatives(c) {
		for i, row := range rows {
			of, _ := d.Type.Step(row.Step)
			w.Rows = append(w.Rows, WhenRow{
				Condition: row, N: len(w.Rows), Group: group, First: i == 0, Last: i == len(rows)-1, Of: of,
			})
		}
	}
	return w
}

// Alternatives is how many there are.
func (w When) alternatives() int {
	if len(w.Rows) == 0 {
		return 0
	}
	return w.Rows[len(w.Rows)-1].Group + 1
}

// stepChoices number the steps as the list beside does. One that is gone or
// comes later stays chosen, so that the flaw can be seen.
func (r WhenRow) stepChoices(env ui.Env, d Draft, w When) []ui.Option {
	var out []ui.Option
	found := false
	for _, s := range w.On {
		found = found || s.Key == r.Step
		out = append(out, ui.Option{Value: s.Key, Label: numbered(env, d, s)})
	}
	if !found {
		label := env.T("editor.when.gone")
		if r.Of.Key != "" {
			label = numbered(env, d, r.Of)
		}
		out = append(out, ui.Option{Value: r.Step, Label: label})
	}
	return out
}

func numbered(env ui.Env, d Draft, s forms.Step) string {
	return strconv.Itoa(edit.StepAt(d.Type, s.Key)+1) + ". " + stepName(env, s)
}

func (r WhenRow) opChoices(env ui.Env) []ui.Option {
	var out []ui.Option
	for _, o := range forms.Ops(r.Of.Type) {
		out = append(out, ui.Option{Value: string(o), Label: env.T(opWord(o, r.Of.Type))})
	}
	if len(out) == 0 {
		out = append(out, ui.Option{Value: string(r.Is), Label: env.T("editor.op." + string(r.Is))})
	}
	return out
}

// opWord says less and more as one says it of dates and of numbers.
func opWord(o forms.Op, t fields.Type) string {
	if (o == forms.Less || o == forms.More) && (t == fields.Date || t == fields.Time) {
		return "editor.op." + string(o) + ".time"
	}
	return "editor.op." + string(o)
}

// valueChoices are what can be compared with; nil where it is typed.
func (r WhenRow) valueChoices(env ui.Env, d Draft) []ui.Option {
	switch {
	case r.Of.Type == fields.YesNo:
		return []ui.Option{{Value: fields.Yes, Label: env.T("editor.yes")}, {Value: fields.No, Label: env.T("editor.no")}}
	case r.Of.Type.HasOptions():
		out := []ui.Option{}
		if r.To == "" {
			out = append(out, ui.Option{Label: env.T("editor.choose")})
		}
		for _, o := range forms.Options(r.Of, d.Lists) {
			if o.Key != "" && (!o.Archived || o.Key == r.To) {
				out = append(out, ui.Option{Value: o.Key, Label: o.Name(env.Lang)})
			}
		}
		return out
	}
	return nil
}

// inputType is the control for a typed value.
func inputType(t fields.Type) string {
	switch t {
	case fields.Date:
		return "date"
	case fields.Time:
		return "time"
	}
	return "text"
}

// value is what is compared with, as this person writes it.
func (r WhenRow) value(env ui.Env) string { return written(env, r.Of, r.To) }

// written is a canonical text as it stands in a control. Browsers take dates and
// times as they are kept.
func written(env ui.Env, s forms.Step, canonical string) string {
	if inputType(s.Type) != "text" {
		return canonical
	}
	return forms.Show(s, nil, canonical, env.Lang)
}

func (r WhenRow) id(part string) string { return "when-" + part + "-" + strconv.Itoa(r.N) }

// briefWord joins a question and an answer in a summary.
func briefWord(o forms.Op, t fields.Type) string {
	if o == forms.Equal || o == forms.NotEqual {
		return "editor.brief." + string(o)
	}
	return opWord(o, t)
}

// Summary is a condition in words, for the list of steps.
func summary(env ui.Env, d Draft, c *forms.Condition) string {
	w := d.whenOf(c)
	text := ""
	for _, r := range w.Rows {
		switch {
		case r.Group > 0 && r.First:
			text += " " + env.T("editor.or") + " "
		case r.N > 0:
			text += " " + env.T("editor.and") + " "
		}
		text += stepName(env, r.Of) + " " + env.T(briefWord(r.Is, r.Of.Type))
		if edit.Compared(r.Is) {
			text += " " + forms.Show(r.Of, forms.Options(r.Of, d.Lists), r.To, env.Lang)
		}
	}
	return text
}
