package portal_test

import (
	"testing"
	"time"

	"github.com/a-h/templ"

	"okno/assets"
	"okno/assets/locale"
	"okno/tickets/fields"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/portal"
)

// now is when the pages of these tests are looked at.
func now() time.Time { return time.Date(2026, 11, 20, 7, 32, 0, 0, time.UTC) }

func ago(d time.Duration) time.Time { return now().Add(-d) }

// environment is somebody who asks, in a language.
func environment(t *testing.T, lang string) ui.Env {
	t.Helper()
	words, err := locale.New()
	if err != nil {
		t.Fatal(err)
	}
	files, err := assets.New()
	if err != nil {
		t.Fatal(err)
	}
	return ui.Env{
		Asker: people.Person{ID: 7, Name: "Ольга Синицына"}, Lang: lang, Zone: time.FixedZone("MSK", 3*3600), Now: now(),
		Desk: "Маяк", Assets: files.URL, T: words.T(lang), Path: "/portal",
	}
}

// pages are those of the portal and their states.
func pages(env ui.Env) map[string]templ.Component {
	stranger := env
	stranger.Asker = people.Person{}
	agent := env
	agent.Agent = people.Agent{ID: 1, Name: "Тимур Садыков"}
	return map[string]templ.Component{
		"front":    ui.Site(env, "", portal.FrontMain(env, front())),
		"nothing":  ui.Site(stranger, "", portal.FrontMain(stranger, portal.Front{Query: "самолёт"})),
		"step":     step(agent, question("plate")),
		"refused":  step(stranger, refused("plate", env)),
		"one":      step(env, question("office")),
		"many":     step(env, question("days")),
		"period":   step(env, refused("when", env)),
		"files":    step(env, question("scan")),
		"long":     step(env, question("why")),
		"page":     ui.Site(env, "Гостевой пропуск", portal.PageMain(env, page(env))),
		"summary":  ui.Site(env, "Гостевой пропуск", portal.SummaryMain(env, summary(env))),
		"stranger": ui.Site(stranger, "Гостевой пропуск", portal.SummaryMain(stranger, asked(env))),
		"signin":   ui.Site(stranger, "", portal.SignInMain(stranger, portal.SignIn{})),
		"sent":     ui.Site(stranger, "", portal.SentMain(stranger, "o.sinitsyna@mayak.coffee")),
		"link":     ui.Site(stranger, "", portal.LinkMain(stranger, portal.Link{Address: "/portal/enter/x", Email: "o.sinitsyna@mayak.coffee", Form: "Гостевой пропуск"})),
		"over":     ui.Site(stranger, "", portal.OverMain(stranger, env.T("error.people.mail_link.browser"))),
		"mine":     ui.Site(env, "", portal.MineMain(env, mine(env))),
		"none":     ui.Site(env, "", portal.MineMain(env, portal.Mine{})),
		"request":  ui.Site(env, "", portal.RequestMain(env, request(env, false))),
		"solved":   ui.Site(env, "", portal.RequestMain(env, request(env, true))),
	}
}

func front() portal.Front {
	return portal.Front{Waiting: 2, Sections: []portal.Section{
		{Key: "it", Name: "ИТ", Icon: "💻", Cards: []portal.Card{
			{Key: "outage", Name: "Сообщить о сбое", About: "Не работает касса, сеть или программа", Icon: "🚨"},
			{Key: "access", Name: "Получить доступ к программе", About: "Почта, VPN, складская программа", Icon: "🔑", Begun: true},
			{Key: "equipment", Name: "Техника для рабочего места", Icon: "🖥️"},
		}},
		{Key: "office", Name: "Офис", Icon: "🏢", Cards: []portal.Card{
			{Key: "pass", Name: "Гостевой пропуск", About: "Человек или машина", Icon: "🚗"},
			{Key: "purchase", Name: "Закупка", About: "Что заказать и кто согласует"},
		}},
	}}
}

func question(key string) portal.Question {
	all := map[string]portal.Question{
		"plate":  {Key: "plate", Type: fields.Plate, Label: "Номер машины гостя", Help: "Например, а412мр 77", Value: "а412мр", Focus: true},
		"office": {Key: "office", Type: fields.Place, Label: "В какой офис", Options: options(), Chosen: []string{"roastery"}, Focus: true},
		"days":   {Key: "days", Type: fields.Many, Label: "В какие дни", Help: "Можно выбрать несколько", Options: options(), Chosen: []string{"forest"}, Optional: true},
		"when":   {Key: "when", Type: fields.Period, Label: "Когда", Value: "2026-11-23", Until: "2026-11-21"},
		"scan":   {Key: "scan", Type: fields.Files, Label: "Приложите счёт", Help: "PDF или фото, до 10 МБ", Accept: ".pdf,image/*", Upload: "/portal/r/pass/files/scan", Files: []portal.File{{Name: "счёт-1107.pdf", Size: 184_000}}},
		"why":    {Key: "why", Type: fields.Long, Label: "Что случилось", Help: "Чем подробнее, тем быстрее найдём причину", Value: "Касса пробивает, но чек не выходит."},
		"price":  {Key: "price", Type: fields.Money, Label: "Сколько стоит", Unit: "RUB", Optional: true, Value: "12 500"},
		"car":    {Key: "car", Type: fields.YesNo, Label: "Гость приедет на машине", Options: []ui.Option{{Value: "yes", Label: "Да"}, {Value: "no", Label: "Нет"}}, Chosen: []string{"yes"}},
		"note":   {Key: "note", Type: fields.Info, Label: "Пропуск действует один день. Гостя встречает тот, кто заказал пропуск."},
	}
	return all[key]
}

func options() []ui.Option {
	return []ui.Option{{Value: "garden", Label: "Садовая"}, {Value: "forest", Label: "Лесная"}, {Value: "roastery", Label: "Обжарка"}}
}

func refused(key string, env ui.Env) portal.Question {
	q := question(key)
	q.Error, q.Focus = env.T("field.fault."+key), true
	if key == "when" {
		q.Error = env.T("field.fault.period.order")
	}
	return q
}

func form(env ui.Env) portal.Form {
	f := portal.Form{Key: "pass", Name: "Гостевой пропуск", About: "Человек или машина", Icon: "🚗", Action: "/portal/r/pass/step/x", N: 3, Of: 5, Back: true}
	if env.Agent.ID != 0 {
		f.Link = "https://help.mayak.coffee/portal/r/pass?name=%D0%A1%D0%B5%D1%80%D0%B3%D0%B5%D0%B9"
	}
	return f
}

func step(env ui.Env, q portal.Question) templ.Component {
	f := form(env)
	f.Questions = []portal.Question{q}
	return ui.Site(env, f.Name, portal.StepMain(env, f))
}

func page(env ui.Env) portal.Form {
	f := form(env)
	f.N, f.Of = 0, 0
	for _, key := range []string{"note", "car", "plate", "office", "days", "when", "price", "scan", "why"} {
		f.Questions = append(f.Questions, question(key))
	}
	return f
}

func summary(env ui.Env) portal.Summary {
	f := form(env)
	f.N, f.Of = 5, 5
	return portal.Summary{Form: f, Once: "once", Stages: []string{"Охрана", "Хозчасть"}, Lines: []portal.Line{
		{Key: "name", Label: "Как зовут гостя", Text: "Сергей Волков", Change: "/portal/r/pass/step/name"},
		{Key: "when", Label: "Когда", Text: "21.11.2026", Change: "/portal/r/pass/step/when"},
		{Key: "plate", Label: "Номер машины гостя", Change: "/portal/r/pass/step/plate"},
		{Key: "scan", Label: "Документы", Files: []portal.File{{Name: "паспорт.jpg"}}, Change: "/portal/r/pass/step/scan"},
		{Key: "why", Label: "Зачем", Text: "Привезёт кофемолку для Садовой и заберёт старую. Вход со двора, нужна тележка.", Change: "/portal/r/pass/step/why"},
	}}
}

// asked is the summary of somebody who has not signed in.
func asked(env ui.Env) portal.Summary {
	s := summary(env)
	s.Ask, s.Email, s.Error = true, "o.sinitsyna", env.T("error.people.email.form")
	return s
}

func row(env ui.Env, number int64, subject, emoji, says string) portal.Row {
	return portal.Row{Number: number, Subject: subject, At: ago(26 * time.Minute), Status: portal.Status{Emoji: emoji, Says: env.T(says, "name", "Тимур Садыков")}}
}

func mine(env ui.Env) portal.Mine {
	return portal.Mine{
		Approvals: []portal.Approval{{ID: 3, Subject: "Закупка: две кофемолки", Asker: "Елена Гордеева", Name: "Финансовый отдел", At: ago(17 * time.Hour), Answers: []portal.Line{{Label: "Сколько стоит", Text: "184 000 ₽"}}}},
		Open: []portal.Row{
			row(env, 2417, "Касса № 2 не печатает чек после обновления", "🛠️", "portal.status.open.by"),
			row(env, 2398, "Закупка: бумажные стаканы", "⏸️", "portal.status.approval"),
			row(env, 2391, "Общий календарь отстаёт на час после перевода часов, и это видно только тем, кто работает в Риге", "⏳", "portal.status.waiting"),
		},
		Done: []portal.Row{row(env, 2231, "Не сканирует штрихкоды", "✅", "portal.status.solved")},
	}
}

func request(env ui.Env, solved bool) portal.Request {
	r := portal.Request{Row: mine(env).Open[0], Fresh: !solved, Reply: portal.Reply{Once: "once"}, Messages: []portal.Message{
		{ID: 1, Author: "Ольга Синицына", Own: true, At: ago(111 * time.Minute), HTML: "<p><b>Что случилось</b><br>После ночного обновления вторая касса пробивает, но чек не выходит.</p>", Files: []portal.File{{Name: "Z-отчёт 20-11.pdf", Address: "/portal/t/2417/file/1/a/z.pdf"}}},
		{ID: 2, Author: "Тимур Садыков", Agent: true, At: ago(40 * time.Minute), HTML: "<p>Ольга, здравствуйте. Ночью обновился драйвер принтера. Перезапустите службу <code>PrintAgent</code>.</p>"},
	}}
	if solved {
		r.Row, r.Reopen = mine(env).Done[0], true
		r.Rating = portal.Rating{Asked: true, Stars: 4, Comment: "Быстро, спасибо."}
	}
	return r
}
