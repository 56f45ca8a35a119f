package forms

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"okno/tickets/fields"
)

// stepFlaws checks one step, which may rest on those before it.
func (x *flaws) stepFlaws(t RequestType, place int, lists []List) {
	s := t.Steps[place]
	if !x.key(s.Key) {
		before := slices.IndexFunc(t.Steps[:place], func(o Step) bool { return o.Key == s.Key })
		x.addIf(before >= 0, "key", "form.flaw.key.twice", "place", strconv.Itoa(before+1))
	}
	if x.addIf(!slices.Contains(fields.InForms(), s.Type), "type", "form.flaw.type") {
		return
	}
	x.stepWords(s)
	x.choices(s, lists)
	x.addIf(s.Type == fields.Money && !isCurrency(s.Currency), "currency", "field.fault.currency", "currency", s.Currency)
	x.checks(s)
	x.defaults(s, lists)
	if s.When != nil {
		x.condition(*s.When, RequestType{Steps: t.Steps[:place]}, t, lists)
	}
}

func (x *flaws) stepWords(s Step) {
	most := longestLabel
	if s.Type == fields.Info {
		most = longestWords
	}
	x.words("label", s.Label, most)
	x.longer("help", s.Help, longestHelp)
	x.longer("check.hint", s.Check.Hint, longestLabel)
}

// choices checks where the options of a step come from.
func (x *flaws) choices(s Step, lists []List) {
	known := slices.ContainsFunc(lists, func(l List) bool { return l.Key == s.List })
	switch {
	case !s.Type.HasOptions():
		x.addIf(len(s.Options) > 0, "options", "form.flaw.useless")
		x.addIf(s.List != "", "list", "form.flaw.useless")
	case s.List == "":
		x.options(s.Options)
	case x.addIf(len(s.Options) > 0, "options", "form.flaw.options.list"):
	case x.addIf(!known, "list", "form.flaw.list", "key", s.List):
	default:
		x.addIf(len(Offered(Options(s, lists))) == 0, "list", "form.flaw.list.empty", "key", s.List)
	}
}

// options checks options one by one and against those before them.
func (x *flaws) options(options []fields.Option) {
	const most = 200
	x.addIf(len(Offered(options)) == 0, "options", "form.flaw.options.none")
	if x.addIf(len(options) > most, "options", "form.flaw.many", "most", strconv.Itoa(most)) {
		return // each is compared with each
	}
	for i, o := range options {
		part := "options." + strconv.Itoa(i)
		name := Text{EN: o.NameEN, RU: o.NameRU}
		x.addIf(!keys.MatchString(o.Key), part, "form.flaw.key")
		x.words(part, name, longestOption)
		x.addIf(strings.Contains(name.EN+name.RU, ","), part, "field.fault.name.comma")
		x.addIf(slices.ContainsFunc(options[:i], func(b fields.Option) bool { return b.Key == o.Key }), part, "form.flaw.key.twice.option")
		x.addIf(slices.ContainsFunc(options[:i], func(b fields.Option) bool { return sameName(b, o) }), part, "field.fault.option.twice")
	}
}

func sameName(a, b fields.Option) bool {
	return !a.Archived && !b.Archived && (same(a.NameEN, b.NameEN) || same(a.NameRU, b.NameRU))
}

func same(a, b string) bool { return a != "" && strings.EqualFold(a, b) }

func isCurrency(code string) bool {
	return slices.ContainsFunc(fields.Currencies(), func(c fields.Currency) bool { return c.Code == code })
}

// defaults wants an answer the step itself would take.
func (x *flaws) defaults(s Step, lists []List) {
	if s.Default == "" {
		return
	}
	if x.addIf(s.Type == fields.Info || s.Type == fields.Files, "default", "form.flaw.useless") {
		return
	}
	if x.addIf(s.Default == "me" && s.Type != fields.Person, "default", "form.flaw.default.me") {
		return
	}
	if f := s.refuses(lists); f != nil {
		x.take("default", f)
	}
}

// refuses is why a step does not take its own default. A day that is fixed and
// one that depends on today cannot be compared beforehand.
func (s Step) refuses(lists []List) *fields.Fault {
	if isWord(s.Check.Min) != isWord(s.Default) {
		s.Check.Min = ""
	}
	if isWord(s.Check.Max) != isWord(s.Default) {
		s.Check.Max = ""
	}
	suggested := Default(s, anyDay(), fields.PersonText(1, ""))
	canonical, err := Parse(s, Offered(Options(s, lists)), suggested, "", anyDay())
	switch {
	case err != nil:
		return faultOf(err)
	case canonical != suggested:
		return fault("form.fault.canonical")
	}
	return nil
}

// compiles checks a pattern.
func compiles(pattern string) bool {
	const longest = 500
	_, err := regexp.Compile(pattern)
	return err == nil && len(pattern) <= longest
}
