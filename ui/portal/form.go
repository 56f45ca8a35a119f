package portal

import (
	"strings"

	"github.com/a-h/templ"

	"okno/tickets/fields"
	"okno/ui"
)

// Form is a form being filled: one question of it, all of them, or the summary.
type Form struct {
	Key, Name, About, Icon string
	Action                 string // where the page is sent, with what its address prefilled
	Questions              []Question
	N, Of                  int    // which question of how many; zero on one page
	Back                   bool   // there is a question before
	Whole                  bool   // opened from the summary, to change one answer
	Other                  string // the same form the other way: on one page, or step by step
	Link                   string // leads here with the answers so far; for those who work here
	Error                  string
}

// Question is one step of a form with what was answered so far.
type Question struct {
	Key, Label, Help string
	Type             fields.Type
	Optional         bool
	Value            string // as the input shows it; the first day of a period
	Until            string // the last day of a period
	Chosen           []string
	Options          []ui.Option
	Unit             string // currency of an amount
	Most             int    // characters
	Accept           string // of files
	Upload           string // where files are put one by one
	Files            []File
	Error            string
	Focus            bool
}

// File is one that was given.
type File struct {
	Name    string
	Size    int64
	Address string // "" while it cannot be opened
	Image   bool
}

// fewOptions are shown at once; more are a list to unfold.
const fewOptions = 7

// id of the input, which label, help and error refer to.
func (q Question) id() string { return "a-" + q.Key }

// name of the input; see the handlers of server/web.
func (q Question) name() string { return "a." + q.Key }

// grouped says that a question is answered by several inputs, which need a
// legend rather than a label.
func (q Question) grouped() bool {
	switch q.Type {
	case fields.YesNo, fields.Many, fields.Period:
		return true
	case fields.One, fields.Place:
		return len(q.Options) <= fewOptions
	}
	return false
}

// inputOfOption lets one or several options be chosen.
func (q Question) inputOfOption() string {
	if q.Type == fields.Many {
		return "checkbox"
	}
	return "radio"
}

// described ties an input to the words under it.
func (q Question) described() templ.Attributes {
	a := templ.Attributes{"aria-required": aria(!q.Optional)}
	if q.Error != "" {
		a["aria-invalid"] = "true"
	}
	if by := q.words(); by != "" {
		a["aria-describedby"] = by
	}
	return a
}

// words are the ids of what is said under an input.
func (q Question) words() string {
	var by []string
	if q.Error != "" {
		by = append(by, q.id()+"-error")
	}
	if q.Help != "" {
		by = append(by, q.id()+"-hint")
	}
	return strings.Join(by, " ")
}

// group ties several inputs to the words under them. Only one of several can be
// required as a whole (WAI-ARIA 1.2, radiogroup).
func (q Question) group() templ.Attributes {
	a := templ.Attributes{}
	if q.Type != fields.Many && q.Type != fields.Period {
		a = q.described()
		a["role"] = "radiogroup"
	}
	if by := q.words(); by != "" {
		a["aria-describedby"] = by
	}
	return a
}

// attributes of the one input of a question.
func (q Question) attributes() templ.Attributes {
	a := q.described()
	a["autofocus"] = q.Focus
	switch q.Type {
	case fields.Number, fields.Money:
		a["inputmode"] = "decimal"
	case fields.Plate:
		a["autocapitalize"], a["spellcheck"] = "characters", "false"
	case fields.Email:
		a["autocomplete"] = "email"
	case fields.Phone:
		a["autocomplete"] = "tel"
	}
	if q.Most > 0 {
		a["maxlength"] = q.Most
	}
	return a
}

// inputType is the kind of <input> that takes an answer best.
func (q Question) inputType() string {
	switch q.Type {
	case fields.Date, fields.Time, fields.Email:
		return string(q.Type)
	case fields.Phone:
		return "tel"
	}
	return "text"
}

// width says how long an answer usually is.
func (q Question) width() string {
	switch q.Type {
	case fields.Number, fields.Money, fields.Date, fields.Time, fields.Phone, fields.Plate:
		return "large short"
	}
	return "large"
}

func (q Question) chosen(option string) bool {
	for _, c := range q.Chosen {
		if c == option {
			return true
		}
	}
	return false
}

func join(names []string) string { return strings.Join(names, ", ") }

func aria(is bool) string {
	if is {
		return "true"
	}
	return "false"
}

// Summary is a form that is whole, before it is sent.
type Summary struct {
	Form
	Lines  []Line
	Stages []string // who approves it, in words
	Once   string   // sending it twice makes one ticket
	Email  string   // typed by somebody who has not signed in
	Ask    bool     // the address is asked for
}

// Line is one answer of a summary.
type Line struct {
	Key, Label, Text string
	Files            []File
	Change           string // address of its question
}
