package editor

import (
	"strconv"
	"strings"

	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/ui"
)

// stageAbout is a stage in a few words: how many of whom, and how long they have.
func stageAbout(env ui.Env, s forms.Stage) string {
	text := env.T("editor.stage.about."+string(s.Rule), "count", len(s.Approvers))
	if s.Deadline > 0 {
		text += ", " + env.T("editor.hours", "count", s.Deadline)
	}
	return text
}

// receiver is which team gets the ticket.
func (d Draft) receiver(env ui.Env) string {
	for _, t := range d.Teams {
		if t.ID == d.Type.TeamID {
			return env.T("editor.receives", "team", t.Name)
		}
	}
	return env.T("editor.receives.channel")
}

// braces are what can stand in a subject.
func (d Draft) braces() []string {
	var all []string
	for _, s := range d.Type.Steps {
		if s.Type != fields.Info && s.Type != fields.Files {
			all = append(all, "{"+s.Key+"}")
		}
	}
	return all
}

// count is a limit as it stands in its field; 0 is none.
func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// Megabyte is the unit of the size of files in the editor.
const Megabyte = 1_000_000

// megabytes is a size as it stands in its field.
func megabytes(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatFloat(float64(n)/Megabyte, 'f', -1, 64)
}

func joined(list []string) string { return strings.Join(list, ", ") }

// optionID names a control of the option at i.
func optionID(part string, i int) string { return "option-" + part + "-" + strconv.Itoa(i) }

func optionName(env ui.Env, o fields.Option, i int) string {
	if name := o.Name(env.Lang); name != "" {
		return name
	}
	return env.T("editor.option.n", "n", i+1)
}
