package forms

import (
	"slices"
	"strings"

	"okno/tickets/fields"
)

// condition checks a condition and all it is made of. Earlier has the steps it
// may rest on, all the whole form.
func (x *flaws) condition(c Condition, earlier, all RequestType, lists []List) {
	if x.addIf(c.parts() != 1, "when", "form.flaw.when.parts") {
		return
	}
	for _, inner := range slices.Concat(c.All, c.Any) {
		x.condition(inner, earlier, all, lists)
	}
	if c.Step != "" {
		x.comparison(c, earlier, all, lists)
	}
}

// parts counts which of all, any and step a condition has.
func (c Condition) parts() int {
	n := 0
	for _, has := range []bool{len(c.All) > 0, len(c.Any) > 0, c.Step != ""} {
		if has {
			n++
		}
	}
	return n
}

// comparison checks the step, whether its type can be compared so, and with what.
func (x *flaws) comparison(c Condition, earlier, all RequestType, lists []List) {
	s, known := earlier.Step(c.Step)
	if !known {
		_, later := all.Step(c.Step)
		if !x.addIf(later, "when", "form.flaw.when.later", "key", c.Step) {
			x.add("when", "form.flaw.when.unknown", "key", c.Step)
		}
		return
	}
	if x.addIf(!slices.Contains(Ops(s.Type), c.Is), "when", "form.flaw.when.op", "key", c.Step) {
		return
	}
	if c.Is == Empty || c.Is == Answered {
		x.addIf(c.To != "", "when", "form.flaw.useless")
		return
	}
	if f := s.never(c, lists); f != nil {
		x.take("when", f)
	}
}

// never is why a step can never have the answer a condition waits for. Limits of
// more and less need not be within those of the step.
func (s Step) never(c Condition, lists []List) *fields.Fault {
	if c.To == "" {
		return fault("form.flaw.when.value")
	}
	s.Check.Min, s.Check.Max = fixed(s.Check.Min), fixed(s.Check.Max)
	if c.Is == Less || c.Is == More {
		s.Check = Check{}
	}
	if s.Type == fields.Money && !strings.HasSuffix(c.To, " "+s.Currency) {
		return fault("form.fault.currency", "currency", s.Currency)
	}
	canonical, err := Parse(s, Options(s, lists), c.To, "", anyDay())
	if err != nil {
		return faultOf(err)
	}
	if canonical != c.To {
		return fault("form.fault.canonical")
	}
	return nil
}

// fixed leaves out days that depend on today.
func fixed(day string) string {
	if isWord(day) {
		return ""
	}
	return day
}

// Ops are the comparisons the answers of a type allow. People are compared by
// nobody: a condition would rest on how they are called.
func Ops(t fields.Type) []Op {
	switch t {
	case fields.Info:
		return nil
	case fields.Person, fields.Files:
		return []Op{Empty, Answered}
	case fields.Many:
		return []Op{Has, Empty, Answered}
	case fields.Number, fields.Money, fields.Date, fields.Time, fields.Period:
		return []Op{Equal, NotEqual, Less, More, Empty, Answered}
	}
	return []Op{Equal, NotEqual, Empty, Answered}
}
