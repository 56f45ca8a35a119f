package fields_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"

	"okno/tickets/fields"
)

func sizes() []fields.Option {
	return []fields.Option{
		{Key: "small", NameEN: "Small", NameRU: "Маленький"}, {Key: "big", NameEN: "Big", NameRU: "Большой"},
		{Key: "old", NameEN: "Old", NameRU: "Старый", Archived: true},
	}
}

func of(t fields.Type) fields.Field {
	return fields.Field{Type: t, NameEN: "N", NameRU: "Н", Options: sizes(), Currency: "RUB"}
}

// TestAnswers types, keeps, shows, and types what was shown: it is the same.
func TestAnswers(t *testing.T) {
	for _, c := range []struct {
		kind            fields.Type
		language, typed string
		kept, shown     string
	}{
		{fields.Text, "en", "  a \n b ", "a b", "a b"},
		{fields.Long, "ru", " раз\r\nдва ", "раз\nдва", "раз\nдва"},
		{fields.Number, "en", "1,234,567.50", "1234567.5", "1,234,567.5"},
		{fields.Number, "en", "2026", "2026", "2026"},
		{fields.Number, "en", "1,234", "1234", "1234"},
		{fields.Number, "en", "12,5", "12.5", "12.5"},
		{fields.Number, "ru", "1,234", "1.234", "1,234"},
		{fields.Number, "ru", "−12 345,60", "-12345.6", "−12 345,6"},
		{fields.Number, "ru", "007", "7", "7"},
		{fields.Number, "ru", "-0,0", "0", "0"},
		{fields.Number, "", "12.25", "12.25", "12.25"},
		{fields.Money, "ru", "15 000", "15000.00 RUB", "15 000 ₽"},
		{fields.Money, "en", "$1,500.5", "1500.50 USD", "$1,500.50"},
		{fields.Money, "en", "-20 eur", "-20.00 EUR", "−€20"},
		{fields.Money, "ru", "20,10 CHF", "20.10 CHF", "20,10 CHF"},
		{fields.Date, "ru", "3.11.2026", "2026-11-03", "03.11.2026"},
		{fields.Date, "en", "3 November 2026", "2026-11-03", "3 Nov 2026"},
		{fields.Date, "en", "2026-11-03", "2026-11-03", "3 Nov 2026"},
		{fields.Time, "ru", "9:05", "09:05", "09:05"},
		{fields.Time, "en", "3:30 PM", "15:30", "15:30"},
		{fields.YesNo, "ru", "Да", "yes", "Да"},
		{fields.YesNo, "en", "false", "no", "No"},
		{fields.One, "ru", "большой", "big", "Большой"},
		{fields.Many, "en", "small, Big,small,", "big,small", "Small, Big"},
		{fields.Email, "en", "Ann@Example.ORG", "Ann@example.org", "Ann@example.org"},
		{fields.Phone, "ru", "+7 (999) 123-45-67", "+79991234567", "+7 999 123-45-67"},
		{fields.Phone, "en", "112", "112", "112"},
		{fields.Phone, "en", " ", "", ""},
		{fields.Period, "ru", "с 3.11.2026 по 5.11.2026", "2026-11-03/2026-11-05", "03.11.2026 – 05.11.2026"},
		{fields.Period, "ru", "3-5.11.2026", "2026-11-03/2026-11-05", "03.11.2026 – 05.11.2026"},
		{fields.Period, "ru", "28.10 — 5.11.2026", "2026-10-28/2026-11-05", "28.10.2026 – 05.11.2026"},
		{fields.Period, "en", "3 Nov to 5 Nov 2026", "2026-11-03/2026-11-05", "3 Nov 2026 – 5 Nov 2026"},
		{fields.Period, "ru", "2025", "2025-01-01/2025-12-31", "01.01.2025 – 31.12.2025"},
		{fields.Period, "ru", "01.2026 – 2.2026", "2026-01-01/2026-02-28", "01.01.2026 – 28.02.2026"},
		{fields.Period, "en", "Feb 2024", "2024-02-01/2024-02-29", "1 Feb 2024 – 29 Feb 2024"},
		{fields.Period, "en", "3/11/2026", "2026-11-03/2026-11-03", "3 Nov 2026"},
		{fields.Plate, "ru", "а412мр77", "А412МР77", "А 412 МР 77"},
		{fields.Plate, "en", "A 412-MP 77 rus", "А412МР77", "А 412 МР 77"},
		{fields.Plate, "ru", "ав1234 799", "АВ1234799", "АВ 1234 799"},
		{fields.Plate, "ru", "1234ав7", "1234AB7", "1234AB7"},
		{fields.Plate, "en", "LB-09 kxz", "LB09KXZ", "LB09KXZ"},
		{fields.Plate, "ru", "АІ 1234 ВП", "АІ1234ВП", "АІ1234ВП"},
		{fields.Person, "ru", "17  Анна Ли", "17 Анна Ли", "Анна Ли"},
		{fields.Place, "ru", "большой", "big", "Большой"},
		{fields.Files, "en", "2", "2", "2"},
		{fields.Files, "en", "0", "", ""},
		{fields.Info, "en", "thank you", "", ""},
	} {
		f := of(c.kind)
		kept, err := fields.Parse(f, c.typed, c.language)
		if err != nil || kept != c.kept {
			t.Errorf("%s %q: %q, %v, want %q", c.kind, c.typed, kept, err, c.kept)
		}
		shown := fields.Show(f, kept, c.language)
		if strings.ReplaceAll(shown, "\u00a0", " ") != c.shown {
			t.Errorf("%s %q is shown as %q, want %q", c.kind, kept, shown, c.shown)
		}
		for _, again := range typedAgain(c.kind, shown, kept) {
			if back, err := fields.Parse(f, again, c.language); err != nil || back != kept {
				t.Errorf("%s %q typed again is %q, %v", c.kind, again, back, err)
			}
		}
		if back, err := fields.Parse(f, kept, ""); err != nil || back != kept {
			t.Errorf("%s: a program writes %q and has %q, %v", c.kind, kept, back, err)
		}
	}
}

// typedAgain leaves out the name of a person: whom it means, the directory says.
func typedAgain(kind fields.Type, shown, kept string) []string {
	if kind == fields.Person {
		return []string{kept}
	}
	return []string{shown, kept}
}

func TestRefusedAnswers(t *testing.T) {
	for _, c := range []struct {
		kind           fields.Type
		typed, message string
	}{
		{fields.Text, strings.Repeat("я", 301), "field.fault.long"},
		{fields.Number, "about ten", "field.fault.number"},
		{fields.Number, "1.2.3", "field.fault.number"},
		{fields.Number, "1234567890123456", "field.fault.number"},
		{fields.Money, "10 doubloons", "field.fault.currency"},
		{fields.Money, "1.999", "field.fault.money"},
		{fields.Date, "31.02.2026", "field.fault.date"},
		{fields.Date, "01.01.1066", "field.fault.date"},
		{fields.Time, "25:00", "field.fault.time"},
		{fields.YesNo, "maybe", "field.fault.yesno"},
		{fields.One, "Medium", "field.fault.option"},
		{fields.One, "Старый", "field.fault.option"},
		{fields.Many, "big, huge", "field.fault.option"},
		{fields.Email, "Ann <ann@example.org>", "field.fault.email"},
		{fields.Phone, "call me", "field.fault.phone"},
		{fields.Period, "5.11.2026 – 3.11.2026", "field.fault.period.order"},
		{fields.Period, "from 30.02.2026 to 3.3.2026", "field.fault.period"},
		{fields.Period, "next week", "field.fault.period"},
		{fields.Period, "13.2026", "field.fault.period"},
		{fields.Period, "1066", "field.fault.period"},
		{fields.Plate, "А4", "field.fault.plate"},
		{fields.Plate, "tomorrow", "field.fault.plate"},
		{fields.Plate, "1234567890ABC", "field.fault.plate"},
		{fields.Plate, "a4_12", "field.fault.plate"},
		{fields.Person, "Ann Lee", "field.fault.person"},
		{fields.Person, "0 Ann", "field.fault.person"},
		{fields.Person, "17 " + strings.Repeat("я", 301), "field.fault.person"},
		{fields.Files, "two", "field.fault.files"},
		{fields.Files, "101", "field.fault.files"},
		{"colour", "red", "field.fault.type"},
	} {
		_, err := fields.Parse(of(c.kind), c.typed, "en")
		var f *fields.Fault
		if !errors.As(err, &f) || f.Message != c.message {
			t.Errorf("%s %q: %v, want %s", c.kind, c.typed, err, c.message)
		}
	}
}

func TestProgramsWriteNumbersWithAPoint(t *testing.T) {
	if _, err := fields.Parse(of(fields.Number), "1,5", ""); err == nil {
		t.Error("a comma was taken without a language to read it in")
	}
}

func TestDefinitions(t *testing.T) {
	long := strings.Repeat("я", 61)
	for _, c := range []struct {
		change        func(f *fields.Field)
		part, message string
	}{
		{func(f *fields.Field) { f.Type = "odd" }, "type", "field.fault.type"},
		{func(f *fields.Field) { f.NameEN = " " }, "name_en", "field.fault.name.empty"},
		{func(f *fields.Field) { f.NameRU = long }, "name_ru", "field.fault.long"},
		{func(f *fields.Field) { f.Type, f.Currency = fields.Money, "XXX" }, "currency", "field.fault.currency"},
		{func(f *fields.Field) { f.Options = nil }, "options", "field.fault.options.none"},
		{func(f *fields.Field) { f.Options = f.Options[2:] }, "options", "field.fault.options.none"},
		{func(f *fields.Field) { f.Options[1].NameRU = "" }, "option_ru.1", "field.fault.name.empty"},
		{func(f *fields.Field) { f.Options[1].NameEN = "a, b" }, "option_en.1", "field.fault.name.comma"},
		{func(f *fields.Field) { f.Options[1].NameEN = "SMALL" }, "option_en.1", "field.fault.option.twice"},
		{func(f *fields.Field) { f.Options = make([]fields.Option, 201); name(f.Options) }, "options", "field.fault.options.many"},
	} {
		f := of(fields.One)
		c.change(&f)
		_, err := fields.Define(f)
		var fault *fields.Fault
		if !errors.As(err, &fault) || fault.Part != c.part || fault.Message != c.message {
			t.Errorf("got %v, want %s of %s", err, c.message, c.part)
		}
	}
	f, err := fields.Define(fields.Field{Type: fields.Many, NameEN: " Size  of it", NameRU: "Размер", Currency: "EUR",
		Options: []fields.Option{{NameEN: "Extra big", NameRU: "Огромный"}, {}, {NameEN: "Extra-big!", NameRU: "Ещё больше"}}})
	if err != nil || f.NameEN != "Size of it" || f.Currency != "" || len(f.Options) != 2 ||
		f.Options[0].Key != "extra_big" || f.Options[1].Key != "extra_big_2" {
		t.Errorf("defined %+v, %v", f, err)
	}
}

func name(list []fields.Option) {
	for i := range list {
		list[i].NameEN, list[i].NameRU = strconv.Itoa(i), strconv.Itoa(i)
	}
}

func TestFieldsOfATeam(t *testing.T) {
	all := []fields.Field{{Key: "a"}, {Key: "b", TeamID: 7}, {Key: "c", TeamID: 8}, {Key: "d", Archived: true}}
	if got := fields.For(all, 7); len(got) != 2 || got[1].Key != "b" {
		t.Errorf("of a team: %v", got)
	}
	if got := fields.For(all, 0); len(got) != 1 || got[0].Key != "a" {
		t.Errorf("of none: %v", got)
	}
}

func TestOptionsOfAnAnswer(t *testing.T) {
	f := of(fields.Many)
	if got := f.Offered("old"); len(got) != 3 {
		t.Errorf("an answer lost its archived option: %v", got)
	}
	if got := f.Offered(""); len(got) != 2 {
		t.Errorf("an archived option is offered: %v", got)
	}
	if got := fields.Without(fields.With("small", "big"), "small"); got != "big" {
		t.Errorf("got %q", got)
	}
	if got := fields.Show(f, "gone,small", "ru"); got != "Маленький, gone" {
		t.Errorf("got %q", got)
	}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		kind  fields.Type
		a, b  string
		order int
		ok    bool
	}{
		{fields.Number, "9", "10", -1, true},
		{fields.Number, "-2.50", "-2.5", 0, true},
		{fields.Number, "999999999999999.000002", "999999999999999.000001", 1, true},
		{fields.Number, "ten", "10", 0, false},
		{fields.Money, "100000.01 RUB", "100000.00 RUB", 1, true},
		{fields.Money, "10.00 USD", "20.00 RUB", 0, false},
		{fields.Date, "2026-02-03", "2026-11-01", -1, true},
		{fields.Date, "", "2026-11-01", 0, false},
		{fields.Time, "09:30", "15:00", -1, true},
		{fields.Period, "2026-02-03/2026-12-03", "2026-03-01/2026-03-01", -1, true},
		{fields.Text, "a", "b", 0, false},
	} {
		if order, ok := fields.Compare(c.kind, c.a, c.b); order != c.order || ok != c.ok {
			t.Errorf("%s %q and %q: %d, %v", c.kind, c.a, c.b, order, ok)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"1 234,5", "€ 12", "2026-01-02", "15:04", "да", "a@b.c", "+7 (999)", "small,big",
		"с 3 по 5.11.2026", "а412мр77rus", "17 Ann",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		for _, kind := range fields.InForms() {
			for _, language := range []string{"en", "ru", ""} {
				kept, err := fields.Parse(of(kind), typed, language)
				if err != nil {
					continue
				}
				if again, err := fields.Parse(of(kind), kept, ""); err != nil || again != kept {
					t.Errorf("%s %q is kept as %q, which is kept as %q, %v", kind, typed, kept, again, err)
				}
			}
		}
	})
}
