package dialog_test

import (
	"okno/tickets/fields"
	"okno/tickets/forms"
)

// catalog is what can be asked for in the tests: a pass with a condition, a
// fault with files, and a form that asks for everything there is.
func catalog() forms.Catalog {
	return forms.Catalog{
		Menu: forms.Menu{Sections: []forms.Section{
			{Key: "office", Name: forms.Text{EN: "Office", RU: "Офис"}, Icon: "🏢"},
			{Key: "it", Name: forms.Text{EN: "Computers", RU: "Компьютеры"}, Icon: "💻"},
			{Key: "empty", Name: forms.Text{EN: "Nothing", RU: "Ничего"}},
		}},
		Types: []forms.RequestType{pass(), breakdown(), everything()},
		Lists: []forms.List{offices(), programs()},
	}
}

func pass() forms.RequestType {
	drives := &forms.Condition{Step: "car", Is: forms.Equal, To: fields.Yes}
	return forms.RequestType{
		Key: "pass", Section: "office", Icon: "🪪",
		Name:  forms.Text{EN: "Guest pass", RU: "Гостевой пропуск"},
		About: forms.Text{EN: "For a guest or a courier.", RU: "Для гостя или курьера."},
		Steps: []forms.Step{
			{Key: "who", Type: fields.Text, Label: forms.Text{EN: "Who is coming?", RU: "Кто придёт?"}, Help: forms.Text{EN: "Full name", RU: "Имя и фамилия"}},
			{Key: "day", Type: fields.Date, Label: forms.Text{EN: "Which day?", RU: "В какой день?"}, Check: forms.Check{Min: "today"}},
			{Key: "car", Type: fields.YesNo, Label: forms.Text{EN: "By car?", RU: "Будет машина?"}},
			{Key: "plate", Type: fields.Plate, When: drives, Label: forms.Text{EN: "What is the car plate?", RU: "Номер машины?"}, Help: forms.Text{EN: "Such as AB12 CDE", RU: "Например, а412мр 77"}},
			{Key: "where", Type: fields.Place, List: "offices", Label: forms.Text{EN: "Which office?", RU: "В какой офис?"}},
		},
	}
}

func breakdown() forms.RequestType {
	return forms.RequestType{
		Key: "breakdown", Section: "it", Icon: "🔧",
		Name: forms.Text{EN: "Something is broken", RU: "Что-то сломалось"},
		Steps: []forms.Step{
			{Key: "note", Type: fields.Info, Label: forms.Text{EN: "In an emergency call 112.", RU: "Если опасно, звоните 112."}},
			{Key: "what", Type: fields.Long, Label: forms.Text{EN: "What happened?", RU: "Что случилось?"}, Check: forms.Check{Shorter: 5, Longer: 1000}},
			{Key: "programs", Type: fields.Many, List: "programs", Optional: true, Label: forms.Text{EN: "Which programs?", RU: "Какие программы?"}, Check: forms.Check{Longer: 2}},
			{Key: "photo", Type: fields.Files, Optional: true, Label: forms.Text{EN: "A photo of it", RU: "Фото"}, Check: forms.Check{Bytes: 20_000_000, Files: []string{"image/*", ".pdf"}, Longer: 3}},
		},
	}
}

// everything asks for every type of field.
func everything() forms.RequestType {
	x := forms.RequestType{Key: "everything", Section: "it", Name: forms.Text{EN: "Everything", RU: "Всё сразу"}}
	for _, t := range append(fields.Types(), fields.Period, fields.Plate, fields.Person, fields.Place, fields.Files, fields.Info) {
		s := forms.Step{Key: string(t), Type: t, Label: forms.Text{EN: "The " + string(t), RU: "Поле " + string(t)}}
		switch t {
		case fields.One, fields.Many:
			s.List = "programs"
		case fields.Place:
			s.List = "offices"
		case fields.Money:
			s.Currency = "RUB"
		case fields.Person:
			s.Default = "me"
		}
		x.Steps = append(x.Steps, s)
	}
	return x
}

func offices() forms.List {
	return forms.List{Key: "offices", Entries: []fields.Option{
		{Key: "garden", NameEN: "Garden Street", NameRU: "Садовая"},
		{Key: "roast", NameEN: "Roastery", NameRU: "Обжарка"},
		{Key: "closed", NameEN: "Old office", NameRU: "Старый офис", Archived: true},
		{Key: "a_place_with_a_very_long_key_that_does_not_fit_a_button_at_all", NameEN: "Garden House", NameRU: "Садовый дом"},
	}}
}

func programs() forms.List {
	l := forms.List{Key: "programs"}
	for _, name := range []string{"Mail", "Chat", "Wiki", "Tasks", "Calls", "Files", "Maps", "Music", "Photos", "Bank", "Payroll", "Warehouse", "Trips"} {
		l.Entries = append(l.Entries, fields.Option{Key: fields.NewKey(name, nil), NameEN: name, NameRU: name})
	}
	return l
}
