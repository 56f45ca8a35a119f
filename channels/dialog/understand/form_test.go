package understand_test

import (
	"maps"
	"strings"
	"testing"

	"okno/channels/dialog/understand"
	"okno/tickets/fields"
	"okno/tickets/forms"
)

func option(key, en, ru string) fields.Option { return fields.Option{Key: key, NameEN: en, NameRU: ru} }

func equipment() []fields.Option {
	return []fields.Option{
		option("laptop", "Laptop", "Ноутбук"), option("monitor", "Monitor", "Монитор"), option("kit", "Keyboard and mouse", "Клавиатура и мышь"),
		option("office", "Office", "Office"), option("office365", "Office 365", "Office 365"), option("1c", "1C:Enterprise", "1С:Предприятие"),
		option("other", "Other", "Другое"),
	}
}

func steps(all ...forms.Step) forms.RequestType { return forms.RequestType{Steps: all} }

func step(key string, kind fields.Type) forms.Step { return forms.Step{Key: key, Type: kind} }

func TestForms(t *testing.T) {
	guest := steps(
		forms.Step{Key: "kind", Type: fields.One, Options: []fields.Option{option("car", "By car", "На машине"), option("foot", "On foot", "Пешком")}},
		forms.Step{Key: "plate", Type: fields.Plate, When: &forms.Condition{Step: "kind", Is: forms.Equal, To: "car"}},
		step("day", fields.Date), step("at", fields.Time), step("why", fields.Text), step("long", fields.Long), step("yes", fields.YesNo),
	)
	trip := steps(step("from", fields.Date), step("until", fields.Date))
	shift := steps(step("begin", fields.Time), step("end", fields.Time))
	things := steps(
		forms.Step{Key: "what", Type: fields.Many, Options: equipment()},
		forms.Step{Key: "many", Type: fields.Number, Label: forms.Text{EN: "How many monitors?", RU: "Сколько мониторов?"}},
	)
	places := steps(forms.Step{Key: "a", Type: fields.Place, List: "offices"}, forms.Step{Key: "b", Type: fields.Place, List: "offices"})
	office := steps(forms.Step{Key: "a", Type: fields.Place, List: "offices"})
	for _, c := range []struct {
		form forms.RequestType
		text string
		want forms.Answers
	}{
		{guest, "парковка для курьера завтра в 15:00", forms.Answers{"day": "2026-11-19", "at": "15:00"}},
		{guest, "приедет на машине А412МР77 в пятницу после обеда", forms.Answers{"kind": "car", "plate": "А412МР77", "day": "2026-11-20", "at": "14:00"}},
		{guest, "номер А412МР77", forms.Answers{"plate": "А412МР77"}},
		{guest, "пешком, А412МР77", forms.Answers{"kind": "foot"}},
		{guest, "не на машине", forms.Answers{}},
		{guest, "на машине или пешком", forms.Answers{}},
		{guest, "да, нужно всё", forms.Answers{}},
		{trip, "с 1 по 5 декабря", forms.Answers{"from": "2026-12-01", "until": "2026-12-05"}},
		{trip, "приеду 1 декабря, уеду 5 декабря", forms.Answers{"from": "2026-12-01", "until": "2026-12-05"}},
		{trip, "завтра", forms.Answers{}},
		{trip, "завтра, 25 ноября и 1 декабря", forms.Answers{}},
		{shift, "с 9 до 18", forms.Answers{"begin": "09:00", "end": "18:00"}},
		{shift, "from 9 to 6", forms.Answers{"begin": "09:00", "end": "18:00"}},
		{shift, "с 10:00 до 12:30", forms.Answers{"begin": "10:00", "end": "12:30"}},
		{shift, "с 9.00 до 18.00", forms.Answers{"begin": "09:00", "end": "18:00"}},
		{shift, "10:00-12:00", forms.Answers{"begin": "10:00", "end": "12:00"}},
		{shift, "в 10:00", forms.Answers{}},
		{things, "нужны два монитора и мышка... мышь", forms.Answers{"what": "kit,monitor", "many": "2"}},
		{things, "поставьте Office 365", forms.Answers{"what": "office365"}},
		{things, "нужен доступ в 1С", forms.Answers{"what": "1c"}},
		{things, "3 monitors, no laptop", forms.Answers{"what": "monitor", "many": "3"}},
		{things, "что-нибудь другое", forms.Answers{}},
		{things, "2 стула", forms.Answers{}},
		{office, "сломался кондиционер в Москве", forms.Answers{"a": "msk"}},
		{office, "из Москвы в Казань", forms.Answers{}},
		{places, "сломался кондиционер в Москве", forms.Answers{}},
		{steps(step("p", fields.Phone), step("q", fields.Phone)), "+7 999 123-45-67", forms.Answers{}},
		{steps(step("e", fields.Email), step("p", fields.Phone), step("d", fields.Date)), "+7 999 123-45-67, a@example.org, 25.11", forms.Answers{"e": "a@example.org", "p": "+79991234567", "d": "2026-11-25"}},
		{steps(forms.Step{Key: "d", Type: fields.Date, Check: forms.Check{Min: "today"}}), "вчера", forms.Answers{}},
		{steps(step("d", fields.Date), step("p", fields.Period)), "завтра, а отпуск с 1 по 5 декабря", forms.Answers{"d": "2026-11-19", "p": "2026-12-01/2026-12-05"}},
	} {
		got := understand.Values(c.form, offices(), c.text, "ru", now())
		if !maps.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", c.text, got, c.want)
		}
	}
}

func offices() []forms.List {
	return []forms.List{{Key: "offices", Entries: []fields.Option{option("msk", "Moscow", "Москва"), option("kzn", "Kazan", "Казань")}}}
}

// TestOneAnswer answers one question in the words people use.
func TestOneAnswer(t *testing.T) {
	for _, c := range []struct {
		kind fields.Type
		text string
		want string // "": left to forms.Parse
	}{
		{fields.Date, "завтра", "2026-11-19"},
		{fields.Date, "давайте в пятницу, в три", "2026-11-20"},
		{fields.Date, "25", "2026-11-25"},
		{fields.Date, "10-го", "2026-12-10"},
		{fields.Date, "вчера", "2026-11-17"},
		{fields.Date, "32", ""},
		{fields.Date, "не знаю", ""},
		{fields.Date, "31.02.2026", ""},
		{fields.Date, "завтра или в пятницу", ""},
		{fields.Time, "в три", "15:00"},
		{fields.Time, "три", "15:00"},
		{fields.Time, "15", "15:00"},
		{fields.Time, "к 9 утра", "09:00"},
		{fields.Time, "7", ""},
		{fields.Time, "в 7 вечера", "19:00"},
		{fields.Time, "24", ""},
		{fields.Period, "завтра", "2026-11-19/2026-11-19"},
		{fields.Period, "до пятницы", "2026-11-18/2026-11-20"},
		{fields.Period, "с понедельника по среду", "2026-11-23/2026-11-25"},
		{fields.Period, "потом", ""},
		{fields.Number, "два", "2"},
		{fields.Number, "5 штук", "5"},
		{fields.Number, "1,5", ""},
		{fields.Number, "-3", ""},
		{fields.Number, "2 или 3", ""},
		{fields.Money, "10 тысяч", "10000.00 RUB"},
		{fields.Money, "около 5000", "5000.00 RUB"},
		{fields.Money, "300 долларов", "300.00 USD"},
		{fields.Money, "от 5000 до 6000", ""},
		{fields.YesNo, "да, конечно", "yes"},
		{fields.YesNo, "Нет, спасибо", "no"},
		{fields.YesNo, "не нужен", "no"},
		{fields.YesNo, "yep", "yes"},
		{fields.YesNo, "ну не знаю", ""},
		{fields.YesNo, "да нет", ""},
		{fields.One, "ноутбуки", "laptop"},
		{fields.One, "мышку... то есть мышь", "kit"},
		{fields.One, "a monitor, please", "monitor"},
		{fields.One, "office", "office"},
		{fields.One, "не монитор", ""},
		{fields.One, "ноутбук и монитор", ""},
		{fields.Many, "ноутбук и монитор", "laptop,monitor"},
		{fields.Many, "ничего", ""},
		{fields.Phone, "мой номер 8 999 123-45-67", "89991234567"},
		{fields.Email, "a@example.org — это моя", "a@example.org"},
		{fields.Plate, "номер А412МР77, серая", "А412МР77"},
		{fields.Text, "завтра", ""},
		{fields.Long, "завтра", ""},
		{fields.Info, "да", ""},
	} {
		s := forms.Step{Key: "k", Type: c.kind, Currency: "RUB", Options: equipment()}
		got, ok := understand.Value(s, s.Options, c.text, "ru", now())
		if got != c.want && (ok || c.want != "") || ok != (c.want != "") {
			t.Errorf("%s of %q: %q, %v, want %q", c.kind, c.text, got, ok, c.want)
		}
	}
}

// TestLongTexts are read in time, and only as far as somebody would say it.
func TestLongTexts(t *testing.T) {
	for _, text := range []string{strings.Repeat("25.11 ", 5000), strings.Repeat("+7 (", 5000), strings.Repeat("я", 50000), strings.Repeat("1", 50000)} {
		if got := told(fields.Phone, text); got != "" {
			t.Errorf("a long text is a telephone number: %q", got)
		}
	}
}

func FuzzValues(f *testing.F) {
	for _, text := range []string{
		"парковка завтра в 15:00", "с 1 по 5 декабря", "+7 999 123-45-67 a@example.org А412МР77", "next Friday at half past two, $1,500.50", "до 25-го", "\xff\x00 31.02 в три",
	} {
		f.Add(text)
	}
	var all []forms.Step
	for _, kind := range []fields.Type{
		fields.Text, fields.Long, fields.Number, fields.Money, fields.Date, fields.Time, fields.YesNo, fields.One, fields.Many, fields.Email,
		fields.Phone, fields.Period, fields.Plate, fields.Person, fields.Place, fields.Files, fields.Info,
	} {
		all = append(all, forms.Step{Key: string(kind), Type: kind, Currency: "RUB", Options: equipment()})
	}
	f.Fuzz(func(t *testing.T, text string) {
		for key, value := range understand.Values(steps(all...), nil, text, "ru", now()) {
			s, _ := steps(all...).Step(key)
			if again, err := forms.Parse(s, s.Options, value, "", now()); err != nil || again != value {
				t.Errorf("%s has %q, which is %q, %v", key, value, again, err)
			}
		}
		for _, s := range all {
			if value, ok := understand.Value(s, s.Options, text, "en", now()); ok {
				if again, err := forms.Parse(s, s.Options, value, "", now()); err != nil || again != value {
					t.Errorf("%s has %q, which is %q, %v", s.Key, value, again, err)
				}
			}
		}
		understand.People(text)
	})
}
