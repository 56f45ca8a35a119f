package understand

import (
	"fmt"
	"strings"
	"time"

	"okno/tickets/fields"
)

// clock is a time of day found at a token, n tokens long.
type clock struct {
	hour, minute, n int
}

// Hours that people say without the part of the day: from one to six is the
// afternoon, seven may be either and is asked for.
const (
	lastAfternoon = 6
	unclearHour   = 7
	noon          = 12
)

// What people mean by lunch.
const (
	lunch      = 13
	afterLunch = 14
)

// findTimes reads times of day.
func (r *reading) findTimes() {
	for i := 0; i < len(r.tokens); i++ {
		if c := r.clockAt(i); c.n > 0 {
			r.take(i, c.n, thing{kind: fields.Time, value: fmt.Sprintf("%02d:%02d", c.hour, c.minute)})
		}
	}
}

// clockAt reads the time that begins at a token, a preposition included.
func (r *reading) clockAt(i int) clock {
	for _, form := range []func(int) clock{
		r.namedTime, r.timeAhead, r.hoursAndMinutes, r.partOfDay, r.half, r.dottedTime, r.hourAfter,
	} {
		if c := form(i); c.n > 0 {
			return c
		}
	}
	return clock{}
}

// namedTime reads noon, полдень, после обеда.
func (r *reading) namedTime(i int) clock {
	switch {
	case r.is(i, "полдень", "полудню", "полудня", "noon", "midday"):
		return clock{noon, 0, 1}
	case r.is(i, "полночь", "полуночи", "midnight"):
		return clock{0, 0, 1}
	case r.is(i, "после", "after") && r.is(i+1, "обеда", "lunch"):
		return clock{afterLunch, 0, 2}
	case r.is(i, "в", "at") && r.is(i+1, "обед", "lunch", "lunchtime"):
		return clock{lunch, 0, 2}
	case r.is(i, "в", "к") && r.is(i+1, "час", "часу") && r.is(i+2, "дня", "ночи"):
		return clock{r.atNight(1, i+2), 0, 3}
	case r.is(i, "в", "к") && r.is(i+1, "час", "часу") && r.endsClause(i+2):
		return clock{lunch, 0, 2}
	}
	return clock{}
}

func (r *reading) atNight(hour, i int) int {
	if r.is(i, "ночи") {
		return hour
	}
	return hour + noon
}

// timeAhead reads через час, in half an hour, через 30 минут. What would be
// another day is not taken.
func (r *reading) timeAhead(i int) clock {
	if !r.is(i, "через", "in") {
		return clock{}
	}
	ahead, n := r.duringDay(i + 1)
	at := r.now.Add(ahead)
	if n == 0 || at.Day() != r.now.Day() || ahead >= 24*time.Hour {
		return clock{}
	}
	return clock{at.Hour(), at.Minute(), n + 1}
}

func (r *reading) duringDay(i int) (ahead time.Duration, n int) {
	switch {
	case r.is(i, "полчаса"):
		return time.Hour / 2, 1
	case r.is(i, "half") && r.is(i+1, "an") && r.is(i+2, "hour"):
		return time.Hour / 2, 3
	case r.is(i, "час"):
		return time.Hour, 1
	case r.is(i, "an") && r.is(i+1, "hour"):
		return time.Hour, 2
	}
	count := r.count(i)
	switch {
	case count < 1 || count > 24*60:
	case r.is(i+1, "час", "часа", "часов", "hour", "hours"):
		return time.Duration(count) * time.Hour, 2
	case r.is(i+1, "минуту", "минуты", "минут", "мин", "minute", "minutes", "min"):
		return time.Duration(count) * time.Minute, 2
	}
	return 0, 0
}

// hoursAndMinutes reads 15:00, 3:30 pm.
func (r *reading) hoursAndMinutes(i int) clock {
	h, m := r.at(i), r.at(i+2)
	if h.number < 0 || h.number > 23 || m.number < 0 || m.number > 59 || len(h.text) > 2 || len(m.text) != 2 || !r.is(i+1, ":") || !r.joined(i, 3) {
		return clock{}
	}
	n := 3
	if r.is(i+3, ":") && r.joined(i+2, 2) {
		if s := r.at(i + 4); s.number < 0 || len(s.text) != 2 || r.is(i+5, ":") {
			return clock{}
		}
		n = 5
	}
	if r.is(i-1, ":", ".", "-") && r.joined(i-1, 2) && !r.is(i-1, "-") {
		return clock{}
	}
	return r.twelve(i, clock{h.number, m.number, n})
}

// twelve completes a time by am, pm, утра or вечера behind it.
func (r *reading) twelve(i int, c clock) clock {
	next := i + c.n
	half, n := "", 1
	switch {
	case r.is(next, "am", "утра", "ночи"):
		half = "am"
	case r.is(next, "pm", "вечера", "дня"):
		half = "pm"
	case r.is(next, "a", "p") && r.is(next+1, ".") && r.is(next+2, "m") && r.joined(next, 3):
		if half, n = r.at(next).text+"m", 3; r.is(next+3, ".") {
			n = 4
		}
	}
	if half == "" || c.hour > noon {
		return c
	}
	if c.hour %= noon; half == "pm" {
		c.hour += noon
	}
	c.n += n
	return c
}

// partOfDay reads 3 pm, 9 утра, в 3 дня, в три часа дня, в 15 часов.
func (r *reading) partOfDay(i int) clock {
	led := r.leads(i)
	at := i + led
	hour, n := r.count(at), 1
	if hour < 0 || hour > 23 || led == 0 && r.is(i-1, "через", "in", "на", "за", "for", "+") {
		return clock{}
	}
	hours := r.is(at+1, "час", "часа", "часов", "часам", "ч", "o'clock")
	if hours {
		n = 2
	}
	if !r.is(at+n, "am", "pm", "a", "p", "утра", "вечера", "дня", "ночи") || led == 0 && r.is(at+n, "дня", "ночи") {
		if !hours || led == 0 {
			return clock{}
		}
		return spoken(hour, led+n)
	}
	c := r.twelve(at, clock{hour, 0, n})
	if c.n == n {
		return clock{}
	}
	return clock{c.hour, c.minute, led + c.n}
}

// spoken is an hour said without the part of the day.
func spoken(hour, n int) clock {
	switch {
	case hour == unclearHour:
		return clock{}
	case hour >= 1 && hour <= lastAfternoon:
		hour += noon
	}
	return clock{hour, 0, n}
}

// half reads half past two, в половине третьего, полтретьего.
func (r *reading) half(i int) clock {
	switch word := r.at(i).text; {
	case word == "half" && r.is(i+1, "past"):
		if hour := r.count(i + 2); hour >= 1 && hour <= noon {
			return thirty(hour, 3)
		}
	case word == "половине" || word == "пол":
		if next := ordinal(r.at(i + 1).text); next >= 1 && next <= noon {
			return thirty(next-1, 2)
		}
	case strings.HasPrefix(word, "пол"):
		if next := ordinal(strings.TrimPrefix(word, "пол")); next >= 1 && next <= noon {
			return thirty(next-1, 1)
		}
	}
	return clock{}
}

func thirty(hour, n int) clock {
	if hour == 0 {
		hour = noon
	}
	c := spoken(hour, n)
	c.minute = 30
	return c
}

// dottedTime reads в 15.00 and в 15-30, behind a preposition. What may be a day
// was read as one before.
func (r *reading) dottedTime(i int) clock {
	led := r.leads(i)
	h, m := r.at(i+led), r.at(i+led+2)
	if led == 0 || h.number < 0 || h.number > 23 || m.number < 0 || m.number > 59 || len(m.text) != 2 || !r.joined(i+led, 3) {
		return clock{}
	}
	behind := i + led + 3
	quarter := m.number%15 == 0 && r.endsClause(behind)
	if r.is(i+led+1, ".") && !r.isUnit(behind) || r.is(i+led+1, "-") && quarter {
		return r.twelve(i, clock{h.number, m.number, led + 3})
	}
	return clock{}
}

// leads is the length of a preposition a time may have.
func (r *reading) leads(i int) int {
	if r.is(i, "в", "во", "к", "ко", "до", "с", "со", "после", "около", "примерно", "at", "by", "from", "till", "until", "around", "about", "@") {
		return 1
	}
	return 0
}
