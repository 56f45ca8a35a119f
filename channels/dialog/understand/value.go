package understand

import (
	"slices"
	"time"

	"okno/tickets/fields"
	"okno/tickets/forms"
)

// Value is the canonical answer to one question in the words people use: "в
// пятницу", "at three", "10 тысяч", "да, конечно". It is not checked against the
// limits of the step: hand it to forms.Parse, which refuses it with the reason.
// False leaves the words themselves to forms.Parse.
func Value(s forms.Step, options []fields.Option, text, _ string, now time.Time) (canonical string, ok bool) {
	r := read(text, now)
	switch s.Type {
	case fields.YesNo:
		return yesNo(r)
	case fields.One, fields.Place:
		return only(keysOf(named(r.words(), options, true)))
	case fields.Many:
		keys := keysOf(named(r.words(), options, true))
		return fields.Join(keys), len(keys) > 0
	case fields.Date:
		return r.answeredDate()
	case fields.Period:
		return r.answeredPeriod()
	case fields.Time:
		return r.answeredTime()
	case fields.Number:
		return r.answeredNumber()
	case fields.Money:
		return r.answeredMoney(s.Currency)
	case fields.Email, fields.Phone, fields.Plate:
		return r.single(s.Type)
	}
	return "", false
}

func keysOf(choices []choice) []string {
	var keys []string
	for _, c := range choices {
		keys = append(keys, c.key)
	}
	return keys
}

func only(found []string) (string, bool) {
	if len(found) != 1 {
		return "", false
	}
	return found[0], true
}

// single is the only thing of a kind.
func (r *reading) single(kind fields.Type) (string, bool) {
	var values []string
	for _, t := range r.values(kind) {
		values = append(values, t.value)
	}
	return only(values)
}

// answeredDate takes "25" for the next 25th as well.
func (r *reading) answeredDate() (string, bool) {
	if len(r.values(fields.Period)) > 0 {
		return "", false
	}
	if value, ok := r.single(fields.Date); ok || len(r.values(fields.Date)) > 0 {
		return value, ok
	}
	n, ok := r.alone()
	if !ok || n < 1 || n > 31 {
		return "", false
	}
	at, ok := nearestOfMonth(midnight(r.now), n)
	return at.Format(time.DateOnly), ok
}

func (r *reading) answeredPeriod() (string, bool) {
	days := r.values(fields.Date)
	if value, ok := r.single(fields.Period); ok && len(days) == 0 {
		return value, true
	}
	if len(r.values(fields.Period)) > 0 || len(days) != 1 {
		return "", false
	}
	return asPeriod(days[0], r.now), true
}

// answeredTime takes "15" and "три" for hours as well.
func (r *reading) answeredTime() (string, bool) {
	if value, ok := r.single(fields.Time); ok || len(r.values(fields.Time)) > 0 {
		return value, ok
	}
	n, ok := r.alone()
	c := spoken(n, 1)
	if !ok || n < 0 || n > 23 || c.n == 0 {
		return "", false
	}
	return time.Date(2000, 1, 1, c.hour, 0, 0, 0, time.UTC).Format("15:04"), true
}

func (r *reading) answeredNumber() (string, bool) {
	if slices.ContainsFunc(r.things, func(t thing) bool { return t.kind != fields.Number }) {
		return "", false
	}
	if slices.ContainsFunc(r.tokens, func(t token) bool { return t.text == "-" || t.text == "." || t.text == "," || t.text == "−" }) {
		return "", false // decimals and signs are better read by forms.Parse
	}
	return r.single(fields.Number)
}

// answeredMoney takes an amount without a currency in that of the step.
func (r *reading) answeredMoney(currency string) (string, bool) {
	if value, ok := r.single(fields.Money); ok || len(r.values(fields.Money)) > 0 {
		return value, ok
	}
	at := moneyPattern.FindAllStringSubmatch(r.text, -1)
	if len(at) != 1 || currency == "" {
		return "", false
	}
	return canonicalOf(fields.Money, amount(at[0][2], plain(at[0][3]))+" "+currency)
}

// alone is the number a text consists of, whatever prepositions are around it.
func (r *reading) alone() (int, bool) {
	number, found := 0, 0
	for _, t := range r.tokens {
		n := t.number
		if n < 0 {
			n = cardinal(t.text)
		}
		switch {
		case n >= 0:
			number, found = n, found+1
		case !isSmall(t.text) && t.text != "." && t.text != "го" && t.text != "-" && t.text != "th":
			return 0, false
		}
	}
	return number, found == 1
}

// yesNo reads the first word that agrees or refuses.
func yesNo(r *reading) (string, bool) {
	if len(r.tokens) == 0 {
		return "", false
	}
	if r.is(0, "не", "not", "no") && r.is(1, "нужен", "нужна", "нужно", "нужны", "надо", "требуется", "needed", "necessary", "really", "thanks") {
		return fields.No, true
	}
	switch r.tokens[0].text {
	case "да", "ага", "угу", "конечно", "нужен", "нужна", "нужно", "нужны", "надо", "верно", "точно", "обязательно", "разумеется", "ок", "хорошо",
		"yes", "yeah", "yep", "sure", "ok", "okay", "certainly", "definitely", "correct", "right", "please":
		return fields.Yes, !r.contains("нет", "не", "no", "not", "но", "but")
	case "нет", "неа", "ненужно", "no", "nope", "nah", "never":
		return fields.No, !r.contains("да", "yes", "но", "but")
	}
	return "", false
}

func (r *reading) contains(words ...string) bool {
	return slices.ContainsFunc(r.tokens, func(t token) bool { return slices.Contains(words, t.text) })
}
