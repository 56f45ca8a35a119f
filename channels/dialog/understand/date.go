package understand

import (
	"time"
	"unicode"

	"okno/tickets/fields"
)

// date is a day found at a token.
type date struct {
	at       time.Time
	n        int  // tokens; 0: none
	calendar bool // a day and a month
	relative bool // rests on today, whatever it follows
}

// dateAt reads the day that begins at a token. Weekdays are the first after from,
// days of a month the first from it on.
func (r *reading) dateAt(i int, from time.Time) date {
	for _, form := range []func(int, time.Time) date{
		r.dottedDate, r.isoDate, r.dayAndMonth, r.monthAndDay, r.spokenDate, r.weekdayDate, r.daysAhead, r.bareDay,
	} {
		if d := form(i, from); d.n > 0 {
			return d
		}
	}
	return date{}
}

// dottedDate reads 25.11.2026, 25.11.26, 25/11/2026, and 25.11 where the words
// before do not make it something else.
func (r *reading) dottedDate(i int, from time.Time) date {
	d, m := r.at(i), r.at(i+2)
	if d.number < 1 || m.number < 1 || !r.is(i+1, ".", "/") || !r.joined(i, 3) || len(d.text) > 2 || len(m.text) > 2 {
		return date{}
	}
	if y := r.at(i + 4); r.at(i+3).text == r.at(i+1).text && r.joined(i, 5) && (len(y.text) == 4 || len(y.text) == 2) && y.number >= 0 {
		year := y.number
		if len(y.text) == 2 {
			year += 2000
		}
		return r.fullDate(5, year, m.number, d.number)
	}
	if len(m.text) != 2 || !r.mayBeDate(i) || r.isUnit(i+3) {
		return date{}
	}
	at, ok := nearest(from, time.Month(m.number), d.number)
	if !ok || m.number > 12 {
		return date{}
	}
	return date{at: at, n: 3, calendar: true}
}

func (r *reading) fullDate(n, year, month, d int) date {
	at, ok := exists(year, time.Month(month), d, r.now.Location())
	if !ok || month < 1 || month > 12 || year < 1900 || year > 2199 {
		return date{}
	}
	return date{at: at, n: n, calendar: true, relative: true}
}

// mayBeDate says that the word before a 25.11 is no name of a version: it is
// Cyrillic, a mark, or a preposition of time. After "в" such a number is a time.
func (r *reading) mayBeDate(i int) bool {
	before := r.at(i - 1).text
	switch before {
	case "", "on", "by", "from", "till", "until", "for", "to", "due", "date", "through", "since":
		return i == 0 || !r.joined(i-1, 2)
	case "в", "во", "at", "$", "-", "+", "<", ">", "=", "*":
		return before == "-" && i >= 2 && r.at(i-2).number >= 0 // of a period
	}
	first := []rune(before)[0]
	return !unicode.Is(unicode.Latin, first) && !unicode.IsDigit(first)
}

// isUnit says that a number is an amount of something.
func (r *reading) isUnit(i int) bool {
	switch r.at(i).text {
	case "%", "кг", "г", "км", "м", "см", "мм", "л", "гб", "мб", "тб", "ггц", "шт", "руб", "рублей", "р", "дюйма", "дюймов", "часа", "часов", "ч",
		"kg", "g", "km", "m", "cm", "mm", "l", "gb", "mb", "tb", "ghz", "pcs", "inch", "inches", "hours", "hrs", "°", "x", "х", "*", "тыс", "млн",
		"метра", "метров", "литра", "литров", "процента", "процентов", "percent", "meters", "metres", "litres", "version":
		return true
	}
	return r.is(i, ".", ":") && r.at(i+1).number >= 0 && r.joined(i-1, 3)
}

func (r *reading) isoDate(i int, _ time.Time) date {
	y, m, d := r.at(i), r.at(i+2), r.at(i+4)
	if len(y.text) != 4 || len(m.text) != 2 || len(d.text) != 2 || !r.is(i+1, "-") || !r.is(i+3, "-") || !r.joined(i, 5) {
		return date{}
	}
	return r.fullDate(5, y.number, m.number, d.number)
}

// dayAndMonth reads 25 ноября, 25-го ноября 2026 года, 25th of November.
func (r *reading) dayAndMonth(i int, from time.Time) date {
	d, n, _ := r.dayOfMonth(i)
	if n == 0 || d == 0 {
		return date{}
	}
	if r.is(i+n, "of") {
		n++
	}
	m, ok := month(r.at(i + n).text)
	if !ok || r.isVerb(i+n) {
		return date{}
	}
	if n++; r.is(i+n, ".") && r.joined(i+n-1, 2) {
		n++
	}
	return r.withYear(i, n, m, d, from)
}

// isVerb says that a month is written as the verbs "may" and "march" are.
func (r *reading) isVerb(i int) bool { return r.raw(i) == "may" || r.raw(i) == "march" }

// monthAndDay reads Nov 25, November 25th, 2026.
func (r *reading) monthAndDay(i int, from time.Time) date {
	m, ok := month(r.at(i).text)
	if !ok || r.at(i).text[0] >= unicode.MaxASCII || r.isVerb(i) {
		return date{}
	}
	n := 1
	if r.is(i+n, ".") {
		n++
	}
	d, more, _ := r.dayOfMonth(i + n)
	if more == 0 || r.is(i+n+more, ":") {
		return date{}
	}
	return r.withYear(i, n+more, m, d, from)
}

// withYear completes a day and a month by the year behind or the nearest one.
func (r *reading) withYear(i, n int, m time.Month, d int, from time.Time) date {
	next := i + n
	if r.is(next, ",") {
		next++
	}
	if y := r.at(next); len(y.text) == 4 && y.number >= 1900 && !r.is(next+1, ":") {
		if next++; r.is(next, "г", "года", "год", "году") {
			next++
		}
		return r.fullDate(next-i, y.number, int(m), d)
	}
	at, ok := nearest(from, m, d)
	if !ok {
		return date{}
	}
	return date{at: at, n: n, calendar: true}
}

// bareDay reads 25 числа, 25-го, the 25th.
func (r *reading) bareDay(i int, from time.Time) date {
	skip := 0
	if r.is(i, "the") {
		skip = 1
	}
	d, n, isOrdinal := r.dayOfMonth(i + skip)
	behind := i + skip + n
	named := r.is(behind, "числа", "число", "числу")
	digits := r.at(i+skip).number >= 0
	if n == 0 || !named && (!isOrdinal || !digits || skip == 0 && !r.is(i-1, "до", "к", "с", "по", "на", "on", "by", "until") || !r.endsClause(behind)) {
		return date{}
	}
	at, ok := nearestOfMonth(from, d)
	if !ok {
		return date{}
	}
	if n += skip; named {
		n++
	}
	return date{at: at, n: n}
}

// findDays reads periods and single days.
func (r *reading) findDays() {
	for i := 0; i < len(r.tokens); i++ {
		if p, n := r.periodAt(i); n > 0 {
			r.take(i, n, thing{kind: fields.Period, value: p})
			continue
		}
		d := r.dateAt(i, midnight(r.now))
		switch {
		case d.n > 0 && (r.link(i-1, true) > 0 || r.is(i-1, "на") && r.is(i-3, "с")) && r.count(i-2) >= 0:
			r.pass(i, d.n) // the end of a period that begins after it, or of a night
		case d.n > 0:
			until := r.is(i-1, "до", "по", "until", "till", "through")
			r.take(i, d.n, thing{kind: fields.Date, value: d.at.Format(time.DateOnly), until: until})
		}
	}
}
