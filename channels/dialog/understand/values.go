package understand

import (
	"slices"
	"time"

	"okno/tickets/fields"
	"okno/tickets/forms"
)

// Values are the answers that a text already gives to the steps of a form, each
// checked as forms.Parse does. A step whose condition does not hold is left out;
// one whose condition rests on something not answered yet may be among them, and
// is asked no more when the condition comes to hold.
func Values(t forms.RequestType, lists []forms.List, text, _ string, now time.Time) forms.Answers {
	f := filling{reading: read(text, now), lists: lists, answers: forms.Answers{}}
	f.chooseOptions(t.Steps)
	steps := slices.DeleteFunc(slices.Clone(t.Steps), func(s forms.Step) bool { return ruledOut(t, s, f.answers) })
	for _, kind := range []fields.Type{fields.Email, fields.Phone, fields.Plate, fields.Money, fields.Time} {
		f.fill(stepsOf(steps, kind), f.values(kind))
	}
	f.fillDays(stepsOf(steps, fields.Date), stepsOf(steps, fields.Period))
	f.fillNumbers(stepsOf(steps, fields.Number))
	return f.answers
}

// filling is a form that is being filled from a text.
type filling struct {
	*reading
	lists   []forms.List
	answers forms.Answers
}

func stepsOf(steps []forms.Step, kind fields.Type) []forms.Step {
	return slices.DeleteFunc(slices.Clone(steps), func(s forms.Step) bool { return s.Type != kind })
}

// ruledOut says that a step is not asked, whatever is answered to the others.
func ruledOut(t forms.RequestType, s forms.Step, a forms.Answers) bool {
	return s.When != nil && !s.When.Holds(t, a) && allAnswered(*s.When, a)
}

func allAnswered(c forms.Condition, a forms.Answers) bool {
	for _, part := range slices.Concat(c.All, c.Any) {
		if !allAnswered(part, a) {
			return false
		}
	}
	_, answered := a[c.Step]
	return answered || c.Step == ""
}

// fill gives steps of one type what a text says of it: one thing to one step, or
// two to two in their order.
func (f filling) fill(steps []forms.Step, found []thing) {
	if len(steps) != len(found) || len(steps) > 2 {
		return
	}
	for i, s := range steps {
		f.answer(s, found[i].value)
	}
}

// answer keeps an answer that the step takes.
func (f filling) answer(s forms.Step, value string) {
	if canonical, err := forms.Parse(s, forms.Options(s, f.lists), value, "", f.now); err == nil && canonical != "" {
		f.answers[s.Key] = canonical
	}
}

// fillDays gives days to dates and periods. A period is the answer to two dates
// as well, a single day to a period where no date is asked for.
func (f filling) fillDays(dates, periods []forms.Step) {
	days, spans := f.values(fields.Date), f.values(fields.Period)
	switch {
	case len(spans) == 1 && len(periods) == 1:
		f.fill(periods, spans)
		f.fill(dates, days)
	case len(spans) == 1 && len(periods) == 0 && len(dates) == 2 && len(days) == 0:
		from, until, _ := fields.Days(spans[0].value)
		f.fill(dates, []thing{{value: from}, {value: until}})
	case len(spans) > 0:
	case len(dates) == 0 && len(periods) == 1 && len(days) == 1:
		f.answer(periods[0], f.asPeriod(days[0]))
	default:
		f.fill(dates, days)
	}
}

// asPeriod is a day as a period: the one day, or all until then.
func (f filling) asPeriod(t thing) string { return asPeriod(t, f.now) }

func asPeriod(t thing, now time.Time) string {
	if today := now.Format(time.DateOnly); t.until && today <= t.value {
		return today + "/" + t.value
	}
	return t.value + "/" + t.value
}

// fillNumbers gives numbers to the steps whose question has the word that is
// counted: "How many monitors?" takes the 2 of "2 monitors".
func (f filling) fillNumbers(steps []forms.Step) {
	for _, s := range steps {
		asked := slices.Concat(stemsOf(s.Label.EN), stemsOf(s.Label.RU))
		found := slices.DeleteFunc(f.values(fields.Number), func(t thing) bool { return t.unit == "" || !slices.Contains(asked, t.unit) })
		if len(found) == 1 {
			f.answer(s, found[0].value)
		}
	}
}

// chooseOptions answers the steps with options that a text names. Words that two
// steps would take name neither.
func (f filling) chooseOptions(steps []forms.Step) {
	words := f.words()
	chosen, uses := map[string][]choice{}, map[int]int{}
	for _, s := range steps {
		if s.Type != fields.One && s.Type != fields.Many && s.Type != fields.Place {
			continue
		}
		chosen[s.Key] = named(words, forms.Options(s, f.lists), false)
		for place := range placesIn(chosen[s.Key]) {
			uses[place]++
		}
	}
	for _, s := range steps {
		f.choose(s, slices.DeleteFunc(chosen[s.Key], func(c choice) bool {
			return slices.ContainsFunc(c.places, func(place int) bool { return uses[place] > 1 })
		}))
	}
}

func placesIn(choices []choice) map[int]bool {
	places := map[int]bool{}
	for _, c := range choices {
		for _, place := range c.places {
			places[place] = true
		}
	}
	return places
}

func (f filling) choose(s forms.Step, choices []choice) {
	var keys []string
	for _, c := range choices {
		keys = append(keys, c.key)
	}
	if len(keys) == 1 || len(keys) > 1 && s.Type == fields.Many {
		f.answer(s, fields.Join(keys))
	}
}
