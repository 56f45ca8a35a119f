package ui

import "github.com/a-h/templ"

// Field is one input with its label. The zero values of all but ID and Label
// mean a plain line of text.
type Field struct {
	ID    string
	Name  string // ID when empty
	Label string
	Type  string // of the input: "text" when empty
	Value string
	Hint  string
	Error string // set after a refusal; the field gets the focus
	Class string // width or height from the look: "few", "narrow", "large"

	Required     bool
	Autocomplete string
	Attrs        templ.Attributes
}

// Option is one entry of a choice.
type Option struct{ Value, Label string }

func (f Field) name() string {
	if f.Name != "" {
		return f.Name
	}
	return f.ID
}

func (f Field) kind() string {
	if f.Type != "" {
		return f.Type
	}
	return "text"
}

// attributes ties the field to its notes and hands the caller's through.
func (f Field) attributes() templ.Attributes {
	a := templ.Attributes{"required": f.Required}
	for k, v := range f.Attrs {
		a[k] = v
	}
	if f.Autocomplete != "" {
		a["autocomplete"] = f.Autocomplete
	}
	switch {
	case f.Error != "":
		a["aria-invalid"], a["autofocus"], a["aria-describedby"] = "true", true, f.ID+"-error"
	case f.Hint != "":
		a["aria-describedby"] = f.ID + "-hint"
	}
	return a
}
