package fields

import (
	"regexp"
	"strings"
	"time"
)

// between stands between the two days of the canonical text.
const between = "/"

// The ways of writing two days.
var (
	canonicalRange = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)/(\d{4}-\d\d-\d\d)$`)
	wordyRange     = regexp.MustCompile(`(?i)^(?:from |с |со )?(.+?)(?: to | until | till | по | до | ?[–—] ?| - |\.\.+|…)(.+)$`)
	hyphenRange    = regexp.MustCompile(`^([^-]+)-([^-]+)$`)
)

// parsePeriod reads two days with something between them, or one day, a month or
// a year.
func parsePeriod(typed string) (string, error) {
	if from, until, ok := span(typed); ok {
		return from + between + until, nil
	}
	for _, r := range []*regexp.Regexp{canonicalRange, wordyRange, hyphenRange} {
		if m := r.FindStringSubmatch(typed); m != nil {
			return period(strings.TrimSpace(m[1]), strings.TrimSpace(m[2]))
		}
	}
	return "", fault("field.fault.period")
}

func period(first, last string) (string, error) {
	_, until, ok := span(last)
	if !ok {
		return "", fault("field.fault.period")
	}
	from, _, ok := span(first)
	if !ok {
		if from, _, ok = span(shared(first, last)); !ok {
			return "", fault("field.fault.period")
		}
	}
	if from > until {
		return "", fault("field.fault.period.order")
	}
	return from + between + until, nil
}

// span is the first and the last day of a day, a month or a year.
func span(typed string) (from, until string, ok bool) {
	if day, err := parseDate(typed); err == nil {
		return day, day, true
	}
	for _, layout := range []string{"1.2006", "1/2006", "January 2006", "Jan 2006"} {
		if begin, ok := beginning(layout, typed); ok {
			return begin.Format(dateLayout), begin.AddDate(0, 1, -1).Format(dateLayout), true
		}
	}
	if begin, ok := beginning("2006", typed); ok {
		return begin.Format(dateLayout), begin.AddDate(1, 0, -1).Format(dateLayout), true
	}
	return "", "", false
}

func beginning(layout, typed string) (time.Time, bool) {
	begin, err := time.Parse(layout, typed)
	return begin, err == nil && begin.Year() >= firstYear && begin.Year() <= lastYear
}

// shared completes the first day by what it has in common with the last: "3"
// and "5.11.2026" make 3.11.2026, "3 Nov" and "5 Nov 2026" make 3 Nov 2026.
func shared(first, last string) string {
	for _, sep := range []string{".", "/", " "} {
		parts := strings.Split(last, sep)
		own := strings.Split(strings.Trim(first, sep), sep)
		if len(parts) == 3 && len(own) < len(parts) {
			return strings.Join(append(own, parts[len(own):]...), sep)
		}
	}
	return first
}

// Days are the first and the last day of a canonical period, as dates.
func Days(canonical string) (from, until string, ok bool) {
	return strings.Cut(canonical, between)
}

func showPeriod(canonical, language string) string {
	from, until, ok := Days(canonical)
	switch {
	case !ok:
		return canonical
	case from == until:
		return showDate(from, language)
	}
	return showDate(from, language) + " – " + showDate(until, language)
}
