package demo

import (
	"math/rand/v2"
	"time"
)

const (
	week = 7 * 24 * time.Hour
	// weeks is how far back a filled desk remembers.
	weeks = 104
	// hoursOfWeek is the length of a rota.
	hoursOfWeek = 7 * 24
)

// A working day, in UTC: nine to six in Moscow.
const (
	opens  = 6
	closes = 15
)

// calendar says when people write: mostly in working hours, a little in the
// evening, and every year more.
type calendar struct {
	start, end time.Time
	upTo       []int64 // weight of all hours up to and with this one
}

// newCalendar ends with the last whole week, so that the same seed makes the
// same days of the week whenever it is used.
func newCalendar(present time.Time) *calendar {
	const monday = 4 * 24 * time.Hour // after the epoch, which was a Thursday
	since := present.UTC().Sub(time.Unix(0, 0)) - monday
	end := time.Unix(0, 0).UTC().Add(monday + since.Truncate(week))
	c := &calendar{start: end.Add(-weeks * week), end: end}
	sum := int64(0)
	for hour := range weeks * hoursOfWeek {
		sum += busy(hour%hoursOfWeek) * int64(weeks+hour/hoursOfWeek)
		c.upTo = append(c.upTo, sum)
	}
	return c
}

// busy weighs an hour of the week.
func busy(hour int) int64 {
	day, hour := hour/24, hour%24
	weight := int64(2)
	switch {
	case hour >= opens && hour < closes:
		weight = 40
	case hour >= closes && hour < 20:
		weight = 8
	}
	if day >= 5 {
		return max(weight/8, 1)
	}
	return weight
}

// born answers when ticket i of n is opened; later tickets never before earlier
// ones.
func (c *calendar) born(i, n int, dice *rand.Rand) time.Time {
	total := c.upTo[len(c.upTo)-1]
	at := (int64(i)*total + dice.Int64N(total)) / int64(n)
	hour := c.hourAt(at)
	from := int64(0)
	if hour > 0 {
		from = c.upTo[hour-1]
	}
	within := time.Hour * time.Duration(at-from) / time.Duration(c.upTo[hour]-from)
	return c.start.Add(time.Duration(hour)*time.Hour + within).Truncate(time.Millisecond)
}

// hourAt finds the hour that has this place in the weights.
func (c *calendar) hourAt(at int64) int {
	low, high := 0, len(c.upTo)-1
	for low < high {
		if middle := (low + high) / 2; c.upTo[middle] <= at {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low
}

// working moves a time out of the night and the weekend, to the first hour of
// the next working day.
func working(t time.Time, dice *rand.Rand) time.Time {
	late := t.Hour() >= closes
	if !late && t.Hour() >= opens && !weekend(t) {
		return t
	}
	day := t.Truncate(24 * time.Hour)
	if late {
		day = day.Add(24 * time.Hour)
	}
	for weekend(day) {
		day = day.Add(24 * time.Hour)
	}
	return day.Add(opens*time.Hour + time.Duration(dice.Int64N(int64(time.Hour)))).Truncate(time.Millisecond)
}

func weekend(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }
