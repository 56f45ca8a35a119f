package edit

import (
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// blankOptions are offered to be filled in where a step begins to have options.
const blankOptions = 2

// Retype makes a step one of another type: what it asks stays, and what the new
// type has no use for goes.
func Retype(s forms.Step, t fields.Type) forms.Step {
	if s.Type == t {
		return s
	}
	options, list := s.Options, s.List
	if !t.HasOptions() {
		options, list = nil, ""
	} else if len(options) == 0 && list == "" {
		options = make([]fields.Option, blankOptions)
	}
	s = forms.Step{Key: s.Key, Type: t, Label: s.Label, Help: s.Help, Optional: s.Optional, When: s.When, Options: options, List: list}
	if t == fields.Money {
		s.Currency = "EUR"
	}
	return s
}
