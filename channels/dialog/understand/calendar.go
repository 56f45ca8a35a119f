package understand

import "time"

const week = 7

// midnight is the day of a moment, in its zone.
func midnight(now time.Time) time.Time {
	return day(now.Year(), now.Month(), now.Day(), now.Location())
}

func day(year int, month time.Month, d int, zone *time.Location) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, zone)
}

// exists is a day of the calendar; 31 February is none.
func exists(year int, month time.Month, d int, zone *time.Location) (time.Time, bool) {
	at := day(year, month, d, zone)
	return at, at.Month() == month && at.Day() == d
}

// nearest is the first such day of a year from a day on.
func nearest(from time.Time, month time.Month, d int) (time.Time, bool) {
	const leap = 8 // years between two 29 February, at most
	for year := from.Year(); year <= from.Year()+leap; year++ {
		if at, ok := exists(year, month, d, from.Location()); ok && !at.Before(from) {
			return at, true
		}
	}
	return time.Time{}, false
}

// nearestOfMonth is the first such day of a month from a day on.
func nearestOfMonth(from time.Time, d int) (time.Time, bool) {
	for n := range 3 {
		first := day(from.Year(), from.Month()+time.Month(n), 1, from.Location())
		if at, ok := exists(first.Year(), first.Month(), d, from.Location()); ok && !at.Before(from) {
			return at, true
		}
	}
	return time.Time{}, false
}

// weekdayAfter is the first such weekday after a day.
func weekdayAfter(from time.Time, w time.Weekday) time.Time {
	ahead := (int(w)-int(from.Weekday())+week-1)%week + 1
	return from.AddDate(0, 0, ahead)
}

// monday is the first day of the week a day lies in.
func monday(from time.Time) time.Time {
	return from.AddDate(0, 0, -((int(from.Weekday()) + week - 1) % week))
}

// weekdayOfNextWeek is a weekday of the calendar week after that of a day.
func weekdayOfNextWeek(from time.Time, w time.Weekday) time.Time {
	return monday(from).AddDate(0, 0, week+(int(w)+week-1)%week)
}

// endOfWeek is the last day people work in this week: Friday, and Sunday for
// those who say it after that.
func endOfWeek(from time.Time) time.Time {
	friday := monday(from).AddDate(0, 0, 4)
	if friday.Before(from) {
		return friday.AddDate(0, 0, 2)
	}
	return friday
}

func endOfMonth(from time.Time) time.Time {
	return day(from.Year(), from.Month()+1, 0, from.Location())
}

// weekday reads a weekday; short English ones only where they are no other word.
func weekday(word string) (time.Weekday, bool) {
	switch word {
	case "понедельник", "понедельника", "понедельнику", "понедельнике", "пн", "monday", "mon":
		return time.Monday, true
	case "вторник", "вторника", "вторнику", "вторнике", "вт", "tuesday", "tue", "tues":
		return time.Tuesday, true
	case "среда", "среду", "среды", "среде", "ср", "wednesday", "wed":
		return time.Wednesday, true
	case "четверг", "четверга", "четвергу", "четверге", "чт", "thursday", "thu", "thur", "thurs":
		return time.Thursday, true
	case "пятница", "пятницу", "пятницы", "пятнице", "пт", "friday", "fri":
		return time.Friday, true
	case "суббота", "субботу", "субботы", "субботе", "сб", "saturday":
		return time.Saturday, true
	case "воскресенье", "воскресенья", "воскресенью", "воскресение", "вс", "sunday":
		return time.Sunday, true
	}
	return 0, false
}

// month reads a month.
func month(word string) (time.Month, bool) {
	switch word {
	case "января", "январь", "январе", "янв", "january", "jan":
		return time.January, true
	case "февраля", "февраль", "феврале", "фев", "февр", "february", "feb":
		return time.February, true
	case "марта", "март", "марте", "мар", "march", "mar":
		return time.March, true
	case "апреля", "апрель", "апреле", "апр", "april", "apr":
		return time.April, true
	case "мая", "май", "мае", "may":
		return time.May, true
	case "июня", "июнь", "июне", "июн", "june", "jun":
		return time.June, true
	case "июля", "июль", "июле", "июл", "july", "jul":
		return time.July, true
	case "августа", "август", "августе", "авг", "august", "aug":
		return time.August, true
	case "сентября", "сентябрь", "сентябре", "сен", "сент", "september", "sep", "sept":
		return time.September, true
	case "октября", "октябрь", "октябре", "окт", "october", "oct":
		return time.October, true
	case "ноября", "ноябрь", "ноябре", "ноя", "нояб", "november", "nov":
		return time.November, true
	case "декабря", "декабрь", "декабре", "дек", "december", "dec":
		return time.December, true
	}
	return 0, false
}
