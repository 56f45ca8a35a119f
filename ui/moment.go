package ui

import (
	"strconv"
	"time"
)

// Clock is a moment as briefly as it is clear: the hour today, then the day.
func Clock(env Env, at time.Time) string {
	at, now := local(env, at), local(env, env.Now)
	switch {
	case sameDay(at, now):
		return at.Format("15:04")
	case sameDay(at, now.AddDate(0, 0, -1)):
		return env.T("time.yesterday")
	case at.Year() == now.Year():
		return env.T("time.day", "day", at.Day(), "month", month(env, at))
	}
	return env.T("time.day_year", "day", at.Day(), "month", month(env, at), "year", at.Year())
}

// Moment is a moment in full, in the reader's zone.
func Moment(env Env, at time.Time) string {
	at = local(env, at)
	return env.T("time.full", "day", at.Day(), "month", month(env, at), "year", at.Year(), "clock", at.Format("15:04"))
}

// Day is a day without its hour, in the reader's zone.
func Day(env Env, at time.Time) string {
	at = local(env, at)
	return env.T("time.day_year", "day", at.Day(), "month", month(env, at), "year", at.Year())
}

// Span is a length of time in its largest unit.
func Span(env Env, d time.Duration) string {
	switch {
	case d < time.Hour:
		return env.T("time.minutes", "n", max(int(d.Minutes()), 0))
	case d < 24*time.Hour:
		return env.T("time.hours", "n", int(d.Hours()))
	}
	return env.T("time.days", "n", int(d.Hours()/24))
}

// Size is a number of bytes in its largest unit.
func Size(env Env, n int64) string {
	const kilo = 1000
	switch {
	case n < kilo:
		return env.T("size.bytes", "n", n)
	case n < kilo*kilo:
		return env.T("size.kilo", "n", (n+kilo/2)/kilo)
	}
	return env.T("size.mega", "n", (n+kilo*kilo/2)/(kilo*kilo))
}

func local(env Env, at time.Time) time.Time {
	if env.Zone == nil {
		return at.UTC()
	}
	return at.In(env.Zone)
}

func sameDay(a, b time.Time) bool {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	return ay == by && am == bm && ad == bd
}

func month(env Env, at time.Time) string {
	return env.T("time.month." + strconv.Itoa(int(at.Month())))
}
