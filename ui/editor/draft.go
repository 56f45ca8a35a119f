// Package editor draws what administrators set up about requests: the list of
// request types, the menu, reference lists, and the editor of one type with its
// three panes: the steps, what is chosen among them, and a chat that shows what
// a person will see.
//
// A page saves itself as somebody types, see assets/src/editor.js: the script
// sends the form and puts the regions of the answer marked data-fresh in the
// place of their namesakes, so that no field is touched while it is typed in.
// Without scripts every form has its button.
package editor

import (
	"slices"
	"strconv"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/forms/edit"
	"okno/tickets/people"
	"okno/ui"
)

// Draft is the editor of one request type.
type Draft struct {
	tickets.RequestDraft
	At     Place
	Menu   forms.Menu
	Lists  []forms.List
	Teams  []people.Team
	Flaws  []Flaw
	Mark   string // of what is chosen as it is stored, see edit.Mark
	Clash  bool   // what is chosen was changed elsewhere meanwhile
	Focus  string // id of the control that goes on having the focus
	Notice string // what was just done, in words
	Bad    bool   // Notice is a refusal
	Taken  Taken
	Chat   Chat
}

// Place is what is chosen in the list of steps.
type Place struct {
	Kind Kind
	Key  string // of the step or the stage
}

// Kind is a kind of Place.
type Kind string

// The kinds of places.
const (
	Settings Kind = "settings" // of the whole type
	NewStep  Kind = "add"
	OneStep  Kind = "steps"
	OneStage Kind = "stages"
)

// Flaw is what is wrong at one place, in words.
type Flaw struct {
	Step string // or stage
	Part string // the input it stands at
	Text string
}

// Taken is what was just taken out and can be put back.
type Taken struct {
	Kind Kind
	At   int
	Name string
	JSON string // "" when nothing was
}

// Path is the address of the type.
func (d Draft) Path() string { return "/settings/requests/" + strconv.FormatInt(d.Type.ID, 10) }

// Address is where a place of the type is edited.
func (d Draft) Address(p Place) string {
	switch p.Kind {
	case OneStep, OneStage:
		return d.Path() + "/" + string(p.Kind) + "/" + p.Key
	case NewStep:
		return d.Path() + "/add"
	case Settings:
	}
	return d.Path()
}

// here is the address of what is chosen.
func (d Draft) here() string { return d.Address(d.At) }

// Step is the step that is chosen.
func (d Draft) Step() forms.Step {
	s, _ := d.Type.Step(d.At.Key)
	return s
}

// Stage is the stage that is chosen.
func (d Draft) Stage() forms.Stage {
	if at := edit.StageAt(d.Type, d.At.Key); at >= 0 {
		return d.Type.Stages[at]
	}
	return forms.Stage{}
}

// flawsAt are what is wrong at an input of what is chosen.
func (d Draft) flawsAt(part string) []string {
	var all []string
	for _, f := range d.Flaws {
		if f.Step == d.At.Key && f.Part == part {
			all = append(all, f.Text)
		}
	}
	return all
}

// flawed says that something is wrong with a step or a stage.
func (d Draft) flawed(key string) bool {
	return slices.ContainsFunc(d.Flaws, func(f Flaw) bool { return f.Step == key })
}

// placeOf is where a flaw is mended.
func (d Draft) placeOf(f Flaw) Place {
	switch {
	case edit.StepAt(d.Type, f.Step) >= 0:
		return Place{OneStep, f.Step}
	case edit.StageAt(d.Type, f.Step) >= 0:
		return Place{OneStage, f.Step}
	}
	return Place{Kind: Settings}
}

// nameAt is what the place of a flaw is called.
func (d Draft) nameAt(env ui.Env, f Flaw) string {
	switch p := d.placeOf(f); p.Kind {
	case OneStep:
		s, _ := d.Type.Step(f.Step)
		return stepName(env, s)
	case OneStage:
		return stageName(env, d.Type.Stages[edit.StageAt(d.Type, f.Step)])
	case Settings, NewStep:
	}
	return env.T("editor.settings")
}

// state says where the draft stands to what was published.
func (d Draft) state(env ui.Env) string { return stateOf(env, d.RequestDraft) }

func stateOf(env ui.Env, d tickets.RequestDraft) string {
	switch {
	case d.Type.Archived:
		return env.T("editor.state.archived")
	case d.Published == 0:
		return env.T("editor.state.draft")
	case d.Changed:
		return env.T("editor.state.changed", "version", d.Published)
	}
	return env.T("editor.state.published", "version", d.Published)
}

func typeName(env ui.Env, t forms.RequestType) string {
	if name := t.Name.In(env.Lang); name != "" {
		return name
	}
	return env.T("editor.unnamed")
}

func stepName(env ui.Env, s forms.Step) string {
	if name := s.Label.In(env.Lang); name != "" {
		return name
	}
	return env.T("editor.step.unnamed")
}

func stageName(env ui.Env, s forms.Stage) string {
	if name := s.Name.In(env.Lang); name != "" {
		return name
	}
	return env.T("editor.stage.unnamed")
}

// stepIcon is the sign of a step: a branch where it has a condition, else of
// what it takes.
func stepIcon(s forms.Step) string {
	if s.When != nil {
		return "branch"
	}
	return typeIcon(s.Type)
}

func typeIcon(t fields.Type) string {
	icons := map[fields.Type]string{
		fields.Text: "pencil", fields.Long: "list", fields.Number: "layers", fields.Money: "tag", fields.Date: "calendar",
		fields.Time: "clock", fields.Period: "calendar", fields.YesNo: "check", fields.One: "checkring", fields.Many: "checkring",
		fields.Email: "mail", fields.Phone: "phone", fields.Plate: "car", fields.Person: "user", fields.Place: "pin",
		fields.Files: "clip", fields.Info: "book",
	}
	if icon, ok := icons[t]; ok {
		return icon
	}
	return "pencil"
}

func number(n int64) string { return strconv.FormatInt(n, 10) }
