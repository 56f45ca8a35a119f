package understand

import (
	"time"
)

// periodAt reads a period that begins at a token: two days with something
// between, or a day and how long from there. It answers the canonical text and
// the number of tokens, 0 for none.
func (r *reading) periodAt(i int) (string, int) {
	lead := 0
	if r.is(i, "с", "со", "from", "between") {
		lead = 1
	}
	today := midnight(r.now)
	first := r.dateAt(i+lead, today)
	if first.n > 0 {
		if n, last := r.lastDay(i+lead+first.n, first, lead > 0); n > 0 {
			return span(first.at, last), lead + first.n + n
		}
		if n, days := r.duration(i + lead + first.n); n > 0 {
			return span(first.at, first.at.AddDate(0, 0, days-1)), lead + first.n + n
		}
	}
	if at, last, n := r.sharedMonth(i + lead); n > 0 {
		return span(at, last), lead + n
	}
	return "", 0
}

func span(first, last time.Time) string {
	return first.Format(time.DateOnly) + "/" + last.Format(time.DateOnly)
}

// link is the length of what stands between two days.
func (r *reading) link(i int, led bool) int {
	switch {
	case r.is(i, "по", "to", "until", "till", "through", "thru", "-", "–", "—", "‑"):
		return 1
	case led && r.is(i, "до", "and"):
		return 1
	}
	return 0
}

// lastDay reads what ends a period, behind its first day.
func (r *reading) lastDay(i int, first date, led bool) (n int, last time.Time) {
	n = r.link(i, led)
	if n == 0 {
		return 0, last
	}
	if d := r.dateAt(i+n, first.at); d.n > 0 {
		if d.at.Before(first.at) {
			return 0, last
		}
		return n + d.n, d.at
	}
	number, more, _ := r.dayOfMonth(i + n)
	if more == 0 || !first.calendar || r.is(i+n+more, ":", ".", "/") || !r.endsClause(i+n+more) {
		return 0, last
	}
	last, ok := exists(first.at.Year(), first.at.Month(), number, first.at.Location())
	if !ok || last.Before(first.at) {
		return 0, last
	}
	return n + more, last
}

// sharedMonth reads 1 по 5 декабря, 1-5 December, 25 по 28 числа.
func (r *reading) sharedMonth(i int) (first, last time.Time, n int) {
	number, n, _ := r.dayOfMonth(i)
	if n == 0 {
		return first, last, 0
	}
	more := r.link(i+n, true)
	if more == 0 || r.is(i+n, "and") && !r.is(i-1, "between") {
		return first, last, 0
	}
	end := r.dateAt(i+n+more, midnight(r.now))
	named := end.n > 0 && r.is(i+n+more+end.n-1, "числа", "число")
	if end.n == 0 || !end.calendar && !named {
		return first, last, 0
	}
	first, ok := exists(end.at.Year(), end.at.Month(), number, end.at.Location())
	if !ok || !first.Before(end.at) {
		return first, last, 0
	}
	return first, end.at, n + more + end.n
}

// duration reads на три дня, for 3 days, на неделю, behind a day.
func (r *reading) duration(i int) (n, days int) {
	if !r.is(i, "на", "for") {
		return 0, 0
	}
	count := r.count(i + 1)
	n = 2
	if count < 0 {
		if count, n = 1, 1; r.is(i+1, "a") {
			n = 2
		}
	}
	switch {
	case count < 1 || count > 366:
	case r.is(i+n, "день", "дня", "дней", "day", "days"):
		return n + 1, count
	case r.is(i+n, "неделю", "недели", "недель", "week", "weeks"):
		return n + 1, count * week
	}
	return 0, 0
}
