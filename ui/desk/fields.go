package desk

import (
	"github.com/a-h/templ"

	custom "okno/tickets/fields"
	"okno/ui"
)

// Answer is a custom field of the ticket with its answer.
type Answer struct {
	custom.Field
	Canonical string // as stored
	Text      string // as shown in the input: what was typed when it was refused
	Error     string // why it was refused
}

// name of the form input; see the handlers of server/web.
func (a Answer) name() string { return "field." + a.Key }

// id of the input, which error and label refer to.
func (a Answer) id() string { return "f-field-" + a.Key }

func (a Answer) missing() bool { return a.Required && a.Canonical == "" && a.Error == "" }

// attributes tie the input to what is said under it.
func (a Answer) attributes() templ.Attributes {
	switch {
	case a.Error != "":
		return templ.Attributes{"aria-invalid": "true", "aria-describedby": a.id() + "-error"}
	case a.missing():
		return templ.Attributes{"aria-describedby": a.id() + "-needed"}
	}
	return nil
}

// inputType is the kind of <input> that types a field best.
func (a Answer) inputType() string {
	switch a.Type {
	case custom.Date, custom.Time, custom.Email:
		return string(a.Type)
	case custom.Phone:
		return "tel"
	}
	return "text"
}

// keyboard is the one a phone shows.
func (a Answer) keyboard() templ.Attributes {
	if a.Type == custom.Number || a.Type == custom.Money {
		return templ.Attributes{"inputmode": "decimal"}
	}
	return nil
}

// entries are what can be chosen, after the empty one.
func (a Answer) entries(env ui.Env) []ui.Option {
	out := []ui.Option{{Value: "", Label: env.T("fields.none")}}
	if a.Type == custom.YesNo {
		for _, answer := range []string{custom.Yes, custom.No} {
			out = append(out, ui.Option{Value: answer, Label: custom.Show(a.Field, answer, env.Lang)})
		}
		return out
	}
	for _, o := range a.Offered(a.Canonical) {
		out = append(out, ui.Option{Value: o.Key, Label: o.Name(env.Lang)})
	}
	return out
}

// left are the options that can still be added.
func (a Answer) left(env ui.Env) []ui.Option {
	out := []ui.Option{{Value: "", Label: env.T("fields.choose")}}
	for _, o := range a.Offered("") {
		if custom.With(a.Canonical, o.Key) != a.Canonical {
			out = append(out, ui.Option{Value: o.Key, Label: o.Name(env.Lang)})
		}
	}
	return out
}

func (a Answer) chosen() []custom.Option { return custom.Chosen(a.Field, a.Canonical) }

// Refuse puts a refusal where its field stands and answers false when it is not
// about one of them. typed is what the input goes on showing.
func (s *Side) Refuse(field, text string, typed func(name string) (string, bool)) bool {
	for i := range s.Answers {
		a := &s.Answers[i]
		if field != "fields."+a.Key {
			continue
		}
		a.Error = text
		if kept, ok := typed(a.name()); ok {
			a.Text = kept
		}
		return true
	}
	return false
}
