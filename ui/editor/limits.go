package editor

import (
	"strings"

	"github.com/a-h/templ"

	"okno/tickets/fields"
	"okno/tickets/forms"
)

// digits has a phone show its keys of numbers.
func digits() templ.Attributes { return templ.Attributes{"inputmode": "numeric"} }

// Limited is a step as its limits are typed: those of a period are days.
func Limited(s forms.Step) forms.Step {
	if s.Type == fields.Period {
		s.Type = fields.Date
	}
	return s
}

// rangeWord says whether the ends of a range are moments or amounts.
func rangeWord(t fields.Type) string {
	if t == fields.Date || t == fields.Time {
		return "time"
	}
	return "number"
}

// day leaves out the word that the box under the fields stands for.
func day(canonical string) string {
	if canonical == "today" {
		return ""
	}
	return canonical
}

// keywordLines are the words of a language, one phrase a line.
func keywordLines(d Draft, language string) string {
	if language == "ru" {
		return strings.Join(d.Type.Keywords.RU, "\n")
	}
	return strings.Join(d.Type.Keywords.EN, "\n")
}
