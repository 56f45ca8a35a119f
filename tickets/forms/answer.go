package forms

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"okno/tickets/fields"
)

// Options are what a step offers: its own options, or the entries of the list
// it names. Archived ones are among them, because an answer may have one
// already; Offered leaves them out.
func Options(s Step, lists []List) []fields.Option {
	if s.List == "" {
		return s.Options
	}
	i := slices.IndexFunc(lists, func(l List) bool { return l.Key == s.List })
	if i < 0 {
		return nil
	}
	return lists[i].Entries
}

// Offered are the options that can be chosen now.
func Offered(options []fields.Option) []fields.Option {
	return fields.Field{Options: options}.Offered("")
}

// field is a step as package fields knows it.
func (s Step) field(options []fields.Option) fields.Field {
	return fields.Field{Key: s.Key, Type: s.Type, Options: options, Currency: s.Currency}
}

// Parse answers the canonical text of what somebody typed for a step, after all
// its checks. Language is that of the words as for fields.Parse; now is in the
// zone of whoever answers, because "today" in a check is a day there. Nothing
// typed is taken where the step is optional. Errors are *fields.Fault without a
// part.
func Parse(s Step, options []fields.Option, typed, language string, now time.Time) (string, error) {
	canonical, err := fields.Parse(s.field(options), typed, language)
	if err != nil {
		return "", err
	}
	if canonical == "" {
		return "", s.mayBeEmpty()
	}
	if err := s.check(canonical, now); err != nil {
		return "", err
	}
	return canonical, nil
}

// Show writes a canonical answer for somebody who reads language, "en" or "ru".
func Show(s Step, options []fields.Option, canonical, language string) string {
	return fields.Show(s.field(options), canonical, language)
}

// Default is the answer a step suggests; empty when it suggests none. Me is the
// canonical text for whoever answers, see fields.PersonText.
func Default(s Step, now time.Time, me string) string {
	switch s.Default {
	case "me":
		return me
	case today, tomorrow:
		day := dayOf(s.Default, now)
		if s.Type == fields.Period {
			return day + "/" + day
		}
		return day
	}
	return s.Default
}

// The words for days in defaults and checks.
const (
	today    = "today"
	tomorrow = "tomorrow"
)

// dayOf is the date a word means; other texts mean themselves.
func dayOf(text string, now time.Time) string {
	switch text {
	case today:
		return now.Format(time.DateOnly)
	case tomorrow:
		return now.AddDate(0, 0, 1).Format(time.DateOnly)
	}
	return text
}

func (s Step) mayBeEmpty() error {
	if s.Optional || s.Type == fields.Info {
		return nil
	}
	return fault("form.fault.needed")
}

func fault(message string, pairs ...string) *fields.Fault {
	f := &fields.Fault{Message: message, Args: map[string]string{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Args[pairs[i]] = pairs[i+1]
	}
	return f
}

// check applies what the definition says beside the type.
func (s Step) check(canonical string, now time.Time) error {
	switch s.Type {
	case fields.Number, fields.Money, fields.Date, fields.Time, fields.Period:
		return s.checkRange(canonical, now)
	case fields.Text, fields.Long:
		return s.checkText(canonical)
	case fields.Many:
		return s.checkCount(strings.Count(canonical, ",")+1, "form.fault.choose.fewer")
	case fields.Files:
		n, _ := strconv.Atoi(canonical)
		return s.checkCount(n, "form.fault.files.fewer")
	}
	return nil
}

// checkText counts characters and tries the pattern. Args carry the words of
// the hint in both languages, which say more than the fault itself.
func (s Step) checkText(text string) error {
	n := utf8.RuneCountInString(text)
	switch c := s.Check; {
	case n < c.Shorter:
		return fault("form.fault.shorter", "least", strconv.Itoa(c.Shorter))
	case c.Longer > 0 && n > c.Longer:
		return fault("form.fault.longer", "most", strconv.Itoa(c.Longer))
	case c.Pattern == "" || matches(c.Pattern, text):
		return nil
	case c.Hint == Text{}:
		return fault("form.fault.pattern")
	}
	return fault("form.fault.hint", "en", s.Check.Hint.In("en"), "ru", s.Check.Hint.In("ru"))
}

// matches tries a pattern on the whole text. One that does not compile takes
// everything: no answer could mend it.
func matches(pattern, text string) bool {
	r, err := regexp.Compile(`^(?:` + pattern + `)$`)
	return err != nil || r.MatchString(text)
}

func (s Step) checkCount(n int, tooMany string) error {
	if s.Check.Longer > 0 && n > s.Check.Longer {
		return fault(tooMany, "most", strconv.Itoa(s.Check.Longer))
	}
	return nil
}
