package understand

import (
	"strings"

	"okno/tickets/fields"
)

// hourAfter reads в три, к 15, at 3, с 9 до 18. What is counted behind the number
// makes it something else.
func (r *reading) hourAfter(i int) clock {
	hour := r.count(i + 1)
	if hour < 0 || hour > 23 || r.isName(i+1) || !r.joinsHour(i) || !r.endsHour(i+2) {
		return clock{}
	}
	return spoken(hour, 2)
}

// isName says that letters stand right behind a number, as in 1С, or that it has
// more digits than an hour.
func (r *reading) isName(i int) bool {
	t := r.at(i)
	return t.number >= 0 && (len(t.text) > 2 || r.joined(i, 2) && !r.ends(i+1))
}

// joinsHour says that the word before a number makes it an hour: alone, or as one
// of a pair.
func (r *reading) joinsHour(i int) bool {
	switch {
	case r.is(i, "в", "at", "@"):
		return true
	case r.is(i, "к", "by"):
		return r.at(i+1).number != 0
	case r.is(i, "с", "from"):
		return r.is(i+2, "до", "to", "till", "until") && r.count(i+3) >= 0 && r.endsClause(i+4)
	case r.is(i, "до", "to", "till", "until"):
		before := r.timeBefore(i)
		return before
	}
	return false
}

// timeBefore says that a time was read just before a token.
func (r *reading) timeBefore(i int) bool {
	return i >= 2 && r.tokens[i-1].taken && r.tokens[i-2].taken && len(r.things) > 0 && r.things[len(r.things)-1].kind == fields.Time
}

// endsHour says that nothing is counted by a number: the clause ends behind it,
// or the second of a pair follows.
func (r *reading) endsHour(i int) bool {
	return r.endsClause(i) || r.is(i, "до", "to", "till", "until")
}

// endsClause says that no noun follows: the end, a mark, a preposition, a day, or
// somebody who comes.
func (r *reading) endsClause(i int) bool {
	word := r.at(i).text
	if _, ok := weekday(word); ok || r.ends(i) && !r.is(i, "%", "/", "°") && !r.decimals(i) {
		return true
	}
	switch word {
	case "и", "или", "and", "or":
		return r.count(i+1) < 0
	case "на", "к", "ко", "у", "для", "от", "до", "с", "со", "из", "в", "во", "но", "а", "по", "ровно", "нужен", "нужна", "нужно", "нужны",
		"можно", "сегодня", "завтра", "послезавтра", "пожалуйста", "мск", "будет", "включительно", "приезжает", "приходит",
		"on", "in", "for", "to", "with", "from", "by", "at", "until", "please", "today", "tomorrow", "sharp", "o'clock", "next", "this", "of", "through":
		return true
	}
	for _, ending := range []string{"дет", "дут", "дем"} { // придет, приедут, зайдем
		if strings.HasSuffix(word, ending) {
			return true
		}
	}
	return false
}

// decimals says that a mark belongs to the number before it.
func (r *reading) decimals(i int) bool {
	return r.is(i, ".", ",", ":", "-", "–") && r.joined(i-1, 3) && i+1 < len(r.tokens) && r.tokens[i+1].number >= 0
}
