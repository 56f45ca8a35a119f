package forms_test

import (
	"errors"
	"testing"
	"time"

	"okno/tickets/fields"
	"okno/tickets/forms"
)

// now is a Friday.
func now() time.Time { return time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC) }

func text(en, ru string) forms.Text { return forms.Text{EN: en, RU: ru} }

func option(key string) fields.Option { return fields.Option{Key: key, NameEN: key, NameRU: key} }

// trip has a step of most kinds and conditions on them.
func trip() forms.RequestType {
	return forms.RequestType{
		Key: "trip", Name: text("Business trip", "Командировка"), Section: "office",
		Subject: text("Trip to {city} ({days}), {cost}", "Поездка: {city} ({days}), {cost}"),
		Steps: []forms.Step{
			{Key: "hello", Type: fields.Info, Label: text("Two minutes", "Две минуты")},
			{Key: "city", Type: fields.Text, Label: text("Where to?", "Куда?"), Check: forms.Check{Shorter: 3, Longer: 10}},
			{Key: "days", Type: fields.Period, Label: text("When?", "Когда?"), Check: forms.Check{Min: "today"}},
			{Key: "cost", Type: fields.Money, Label: text("Cost?", "Сколько?"), Currency: "RUB", Optional: true, Check: forms.Check{Min: "1.00 RUB", Max: "900000.00 RUB"}},
			{Key: "why", Type: fields.Long, Label: text("Why so much?", "Почему столько?"), When: &forms.Condition{Step: "cost", Is: forms.More, To: "100000.00 RUB"}},
			{Key: "needs", Type: fields.Many, Label: text("Needs?", "Что нужно?"), Options: []fields.Option{option("hotel"), option("car"), option("visa")}, Check: forms.Check{Longer: 2}},
			{Key: "plate", Type: fields.Plate, Label: text("Plate?", "Номер?"), When: &forms.Condition{Step: "needs", Is: forms.Has, To: "car"}},
		},
	}
}

func TestConditions(t *testing.T) {
	form := trip()
	is := func(step string, op forms.Op, to string) forms.Condition {
		return forms.Condition{Step: step, Is: op, To: to}
	}
	a := forms.Answers{"city": "Omsk", "cost": "20000.00 RUB", "needs": "car,hotel", "days": "2026-12-01/2026-12-02", "why": ""}
	for _, c := range []struct {
		cond forms.Condition
		want bool
	}{
		{is("city", forms.Equal, "Omsk"), true},
		{is("city", forms.NotEqual, "Omsk"), false},
		{is("city", forms.NotEqual, "Tomsk"), true},
		{is("why", forms.NotEqual, "Tomsk"), false},
		{is("plate", forms.Equal, ""), false},
		{is("why", forms.Empty, ""), true},
		{is("city", forms.Empty, ""), false},
		{is("city", forms.Answered, ""), true},
		{is("plate", forms.Answered, ""), false},
		{is("needs", forms.Has, "car"), true},
		{is("needs", forms.Has, "ca"), false},
		{is("cost", forms.Less, "100000.00 RUB"), true},
		{is("cost", forms.More, "9000.00 RUB"), true},
		{is("cost", forms.More, "20000.00 RUB"), false},
		{is("cost", forms.Less, "100000.00 USD"), false},
		{is("days", forms.Less, "2026-12-02/2026-12-02"), true},
		{is("city", forms.Less, "Z"), false},
		{is("nowhere", forms.Less, "1"), false},
		{forms.Condition{}, false},
		{forms.Condition{All: []forms.Condition{is("city", forms.Answered, ""), is("why", forms.Empty, "")}}, true},
		{forms.Condition{All: []forms.Condition{is("city", forms.Answered, ""), is("why", forms.Answered, "")}}, false},
		{forms.Condition{Any: []forms.Condition{is("city", forms.Empty, ""), is("why", forms.Empty, "")}}, true},
		{forms.Condition{Any: []forms.Condition{is("city", forms.Empty, ""), is("why", forms.Answered, "")}}, false},
	} {
		if got := c.cond.Holds(form, a); got != c.want {
			t.Errorf("%+v: %v", c.cond, got)
		}
	}
}

func TestParseChecks(t *testing.T) {
	form := trip()
	for _, c := range []struct{ step, typed, kept, message string }{
		{"city", "Omsk", "Omsk", ""},
		{"city", "Уфа", "Уфа", ""},
		{"city", "UK", "", "form.fault.shorter"},
		{"city", "Nizhny Novgorod", "", "form.fault.longer"},
		{"city", " ", "", "form.fault.needed"},
		{"cost", "", "", ""},
		{"hello", "", "", ""},
		{"days", "20.11.2026 – 21.11.2026", "2026-11-20/2026-11-21", ""},
		{"days", "19.11.2026 – 21.11.2026", "", "form.fault.least.date"},
		{"days", "31.02.2026", "", "field.fault.period"},
		{"cost", "900 000,00 ₽", "900000.00 RUB", ""},
		{"cost", "900 000,01", "", "form.fault.most.money"},
		{"cost", "0,50", "", "form.fault.least.money"},
		{"cost", "$10", "", "form.fault.currency"},
		{"needs", "visa, car", "car,visa", ""},
		{"needs", "visa, car, hotel", "", "form.fault.choose.fewer"},
		{"plate", "a412mp77", "А412МР77", ""},
	} {
		s, _ := form.Step(c.step)
		kept, err := forms.Parse(s, s.Options, c.typed, "ru", now())
		if message := messageOf(err); kept != c.kept || message != c.message {
			t.Errorf("%s %q: %q, %q", c.step, c.typed, kept, message)
		}
	}
}

func messageOf(err error) string {
	var f *fields.Fault
	if errors.As(err, &f) {
		return f.Message
	}
	return ""
}

func partOf(err error) string {
	var f *fields.Fault
	if errors.As(err, &f) {
		return f.Part
	}
	return ""
}
