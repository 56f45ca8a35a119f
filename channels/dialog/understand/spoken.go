package understand

import (
	"strings"
	"time"
)

// spokenDate reads days that rest on today: завтра, the day after tomorrow.
func (r *reading) spokenDate(i int, _ time.Time) date {
	ahead := func(days, n int) date {
		return date{at: midnight(r.now).AddDate(0, 0, days), n: n, relative: true}
	}
	switch word := r.at(i).text; {
	case r.is(i, "the") && r.is(i+1, "day") && r.is(i+2, "after") && r.is(i+3, "tomorrow"):
		return ahead(2, 4)
	case r.is(i, "day") && r.is(i+1, "after") && r.is(i+2, "tomorrow"):
		return ahead(2, 3)
	case word == "после" && r.is(i+1, "завтра"):
		return ahead(2, 2)
	case word == "послезавтра", strings.HasPrefix(word, "послезавтрашн"):
		return ahead(2, 1)
	case r.is(i, "сегодня", "седня", "севодня", "today", "tonight"), strings.HasPrefix(word, "сегодняшн"):
		return ahead(0, 1)
	case r.is(i, "завтра", "завтро", "зватра", "tomorrow", "tommorow", "tomorow", "tommorrow", "tmrw", "tmr"), strings.HasPrefix(word, "завтрашн"):
		return ahead(1, 1)
	case word == "вчера", word == "yesterday":
		return ahead(-1, 1)
	case word == "позавчера":
		return ahead(-2, 1)
	}
	return r.endDate(i)
}

// endDate reads the end of the week and of the month.
func (r *reading) endDate(i int) date {
	n := 0
	switch {
	case r.is(i, "конца", "концу", "конце"):
		n = 1
	case r.is(i, "the") && r.is(i+1, "end") && r.is(i+2, "of"):
		n = 3
	case r.is(i, "end") && r.is(i+1, "of"):
		n = 2
	}
	if n == 0 {
		return date{}
	}
	if r.is(i+n, "этой", "этого", "the", "this") {
		n++
	}
	switch {
	case r.is(i+n, "недели", "week"):
		return date{at: endOfWeek(midnight(r.now)), n: n + 1, relative: true}
	case r.is(i+n, "месяца", "month"):
		return date{at: endOfMonth(midnight(r.now)), n: n + 1, relative: true}
	}
	return date{}
}

// weekdayDate reads Friday, this Friday, next Friday, в следующую пятницу, в
// пятницу на следующей неделе.
func (r *reading) weekdayDate(i int, from time.Time) date {
	n, next := 0, false
	switch {
	case r.is(i, "next", "следующую", "следующий", "следующее", "следующая", "следующей", "следующего", "следующему"):
		n, next = 1, true
	case r.is(i, "this", "coming", "эту", "этот", "это", "ближайшую", "ближайший", "ближайшее", "этой", "этого"):
		n = 1
	}
	w, ok := weekday(r.at(i + n).text)
	if !ok {
		return date{}
	}
	if n++; r.is(i+n, ".") && r.joined(i+n-1, 2) {
		n++
	}
	if more := r.nextWeek(i + n); more > 0 {
		n, next = n+more, true
	}
	if next {
		return date{at: weekdayOfNextWeek(midnight(r.now), w), n: n, relative: true}
	}
	return date{at: weekdayAfter(from, w), n: n}
}

func (r *reading) nextWeek(i int) int {
	n := 0
	if r.is(i, "на") {
		n++
	}
	if r.is(i+n, "следующей", "next") && r.is(i+n+1, "неделе", "недели", "week") {
		return n + 2
	}
	return 0
}

// daysAhead reads через три дня, через неделю, in two days, a week from now.
func (r *reading) daysAhead(i int, _ time.Time) date {
	behind := i + 1
	if !r.is(i, "через", "in") {
		behind = i
	}
	count := r.count(behind)
	if behind++; count < 0 {
		if behind, count = behind-1, 1; r.is(behind, "a") {
			behind++
		}
		if !r.is(behind, "неделю", "месяц", "week", "month") {
			return date{}
		}
	}
	at, ok := r.ahead(behind, count)
	if behind++; !r.is(i, "через", "in") {
		ok = ok && r.is(behind, "from") && r.is(behind+1, "now", "today")
		behind += 2
	}
	if !ok {
		return date{}
	}
	return date{at: at, n: behind - i, relative: true}
}

// ahead is some days, weeks or months from today.
func (r *reading) ahead(unit, count int) (time.Time, bool) {
	const most = 1000
	today := midnight(r.now)
	switch {
	case count < 1 || count > most:
	case r.is(unit, "день", "дня", "дней", "day", "days"):
		return today.AddDate(0, 0, count), true
	case r.is(unit, "неделю", "недели", "недель", "week", "weeks"):
		return today.AddDate(0, 0, week*count), true
	case r.is(unit, "месяц", "месяца", "месяцев", "month", "months"):
		return today.AddDate(0, count, 0), true
	}
	return time.Time{}, false
}
