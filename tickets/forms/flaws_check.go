package forms

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"okno/tickets/fields"
)

// anyDay stands for today where only days relative to it are compared.
func anyDay() time.Time { return time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC) }

func isWord(day string) bool { return day == today || day == tomorrow }

func faultOf(err error) *fields.Fault {
	var f *fields.Fault
	if errors.As(err, &f) {
		return f
	}
	return fault("form.fault.canonical")
}

// checks checks what narrows a step: that it fits the type, that it can be read
// and that something is left to answer.
func (x *flaws) checks(s Step) {
	c := s.Check
	words := s.Type == fields.Text || s.Type == fields.Long
	counted := words || s.Type == fields.Many || s.Type == fields.Files
	x.addIf(!words && c.Shorter != 0, "check.shorter", "form.flaw.useless")
	x.addIf(!words && c.Pattern != "", "check.pattern", "form.flaw.useless")
	x.addIf(!counted && c.Longer != 0, "check.longer", "form.flaw.useless")
	x.addIf(s.Type != fields.Files && c.Bytes != 0, "check.bytes", "form.flaw.useless")
	x.addIf(s.Type != fields.Files && len(c.Files) > 0, "check.files", "form.flaw.useless")
	x.addIf(words && !compiles(c.Pattern), "check.pattern", "form.flaw.pattern")
	x.addIf(c.Shorter < 0, "check.shorter", "form.flaw.negative")
	x.addIf(c.Longer < 0, "check.longer", "form.flaw.negative")
	x.addIf(c.Bytes < 0, "check.bytes", "form.flaw.negative")
	x.addIf(c.Longer > 0 && c.Shorter > c.Longer, "check.shorter", "form.flaw.shorter")
	x.limits(s)
	x.fileTypes(c.Files)
}

// limits checks the least and the most.
func (x *flaws) limits(s Step) {
	kind, narrows := limitOf(s.Type)
	if !narrows {
		x.addIf(s.Check.Min != "", "check.min", "form.flaw.useless")
		x.addIf(s.Check.Max != "", "check.max", "form.flaw.useless")
		return
	}
	low, high := x.limit(s, "check.min", kind, s.Check.Min), x.limit(s, "check.max", kind, s.Check.Max)
	if order, ok := fields.Compare(kind, low, high); ok && isWord(s.Check.Min) == isWord(s.Check.Max) {
		x.addIf(order > 0, "check.min", "form.flaw.min")
	}
}

// limit is a limit in canonical form; empty, with a flaw, when it has none.
func (x *flaws) limit(s Step, part string, kind fields.Type, typed string) string {
	day := typed
	if kind == fields.Date {
		day = dayOf(typed, anyDay())
	}
	canonical, err := fields.Parse(fields.Field{Type: kind, Currency: s.Currency}, day, "")
	if err != nil {
		x.take(part, faultOf(err))
		return ""
	}
	if x.addIf(canonical != day, part, "form.fault.canonical") {
		return ""
	}
	foreign := kind == fields.Money && day != "" && !strings.HasSuffix(day, " "+s.Currency)
	if x.addIf(foreign, part, "form.fault.currency", "currency", s.Currency) {
		return ""
	}
	return canonical
}

// limitOf is what the limits of a type are; false when it has none.
func limitOf(t fields.Type) (fields.Type, bool) {
	if t == fields.Period {
		return fields.Date, true
	}
	return t, slices.Contains([]fields.Type{fields.Number, fields.Money, fields.Date, fields.Time}, t)
}

// fileType is a media type, a family of them, or an ending.
var fileType = regexp.MustCompile(`^(\.[a-zA-Z0-9]+|[a-z]+/(\*|[a-z0-9.+-]+))$`)

func (x *flaws) fileTypes(list []string) {
	for _, kind := range list {
		x.addIf(!fileType.MatchString(kind), "check.files", "form.flaw.file.type", "type", kind)
	}
}
