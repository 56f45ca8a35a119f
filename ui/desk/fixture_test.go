package desk_test

import (
	"testing"
	"time"

	"okno/assets"
	"okno/assets/locale"
	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/desk"
)

// now is when the pages of these tests are looked at.
func now() time.Time { return time.Date(2026, 11, 20, 7, 32, 0, 0, time.UTC) }

func ago(d time.Duration) time.Time { return now().Add(-d) }

// environment is an agent at work in a language.
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
	timur := people.Agent{ID: 1, Name: "Тимур Садыков", Role: people.Administrator, Language: lang}
	return ui.Env{
		Agent: timur, Lang: lang, Zone: time.FixedZone("MSK", 3*3600), Now: now(), Desk: "Маяк",
		Assets: files.URL, T: words.T(lang), Path: "/tickets",
		Rail: ui.Rail{
			Current: "open", Admin: true,
			Counts: map[string]int{"mine": 7, "unassigned": 4, "open": 38, "waiting": 12, "mentions": 2, "team:1": 24, "team:2": 9, "team:3": 5},
			Teams:  []people.Team{{ID: 1, Name: "ИТ-поддержка"}, {ID: 2, Name: "Кадры"}, {ID: 3, Name: "Хозчасть"}},
		},
	}
}

func status(lang string, c tickets.Category) desk.Choice {
	names := map[string]map[tickets.Category]string{
		"en": {tickets.New: "New", tickets.Open: "Open", tickets.Waiting: "Waiting", tickets.OnHold: "On hold", tickets.Solved: "Solved", tickets.Closed: "Closed"},
		"ru": {tickets.New: "Новая", tickets.Open: "В работе", tickets.Waiting: "Ждём ответа", tickets.OnHold: "Отложена", tickets.Solved: "Решена", tickets.Closed: "Закрыта"},
	}
	looks := map[tickets.Category][2]string{
		tickets.New: {"accent", "✨"}, tickets.Open: {"ok", "🛠️"}, tickets.Waiting: {"wait", ""},
		tickets.OnHold: {"soon", ""}, tickets.Solved: {"ink", "✅"}, tickets.Closed: {"ink", ""},
	}
	return desk.Choice{Name: names[lang][c], Category: c, Color: looks[c][0], Emoji: looks[c][1]}
}

type sample struct {
	number             int64
	subject, who, text string
	category           tickets.Category
	priority           tickets.Priority
	tags               []string
	assignee           string
	assigneeID         int64
	waits, updated     time.Duration
	unread             bool
	failed             int
}

func samples() []sample {
	h, m := time.Hour, time.Minute
	return []sample{
		{2417, "Касса № 2 не печатает чек после обновления", "Ольга Синицына", "Перезапустили, не помогло. На ленте код ошибки 0x97", tickets.Open, tickets.High, []string{"касса"}, "Тимур Садыков", 1, 27 * h, 26 * m, true, 0},
		{2409, "VPN drops every 20 minutes on hotel Wi-Fi", "Daniel Okafor", "Same on my phone hotspot, so it is not the hotel", tickets.Open, tickets.Normal, []string{"vpn"}, "Jonas Weber", 2, 26 * h, 21 * m, false, 1},
		{2421, "Нет доступа к складской программе, новый сотрудник", "Руслан Ахметов", "Вышел сегодня первый день, пароль не подходит", tickets.New, tickets.Normal, []string{"доступы"}, "", 0, 5 * h, 10 * m, true, 0},
		{2419, "Invoice portal rejects our VAT number", "Priya Natarajan", "The form says “invalid format”, but last month it worked", tickets.Open, tickets.Normal, nil, "Jonas Weber", 2, 4 * h, 34 * m, false, 0},
		{2420, "Пропуск для курьера завтра в 15:00", "Илья Жданов", "Сергей Волков, а412мр 77", tickets.New, tickets.Normal, []string{"пропуск"}, "Анна Лебедева", 3, 29 * m, 29 * m, true, 0},
		{2415, "Printer on the 3rd floor prints blank pages", "Mette Sørensen", "Toner is full, I checked twice", tickets.Open, tickets.Urgent, nil, "Тимур Садыков", 1, 55 * m, 55 * m, false, 0},
		{2398, "Согласовать закупку двух кофемолок для Садовой", "Елена Гордеева", "Ждёт второго согласующего: финансовый отдел", tickets.Waiting, tickets.Normal, []string{"закупка"}, "Анна Лебедева", 3, 0, 17 * h, false, 0},
		{2391, "Shared calendar is one hour off since the clocks changed", "Tom Haverkamp", "Only for people in Riga, Moscow is fine", tickets.Waiting, tickets.Low, nil, "Jonas Weber", 2, 0, 72 * h, false, 0},
		{2383, "Ноутбук для нового сотрудника в Хельсинки, нужен к первому декабря и обязательно с финской раскладкой клавиатуры", "Sanna Koskinen", "14 дюймов", tickets.Open, tickets.Normal, []string{"техника", "закупка"}, "Тимур Садыков", 1, 30 * m, 400 * 24 * h, false, 0},
	}
}

func rows(env ui.Env) []desk.Row {
	var out []desk.Row
	for _, s := range samples() {
		t := tickets.Ticket{
			ID: s.number, Number: s.number, Version: 3, Subject: s.subject, Category: s.category, Priority: s.priority,
			Tags: s.tags, AssigneeID: s.assigneeID, UpdatedAt: ago(s.updated), Snippet: s.text, Undelivered: s.failed,
		}
		if s.waits > 0 {
			t.WaitingSince = ago(s.waits)
		}
		out = append(out, desk.Row{
			Row:    tickets.Row{Ticket: t, Requester: s.who, Assignee: s.assignee, ChannelKind: "email", Unread: s.unread},
			Status: status(env.Lang, s.category), Channel: "help@mayak.coffee", Address: desk.Address(s.number, "open"), Solved: 5,
			Wait: desk.WaitOf(env, t),
		})
	}
	out[0].Looking = []string{"Анна Лебедева"}
	return out
}

func list(env ui.Env) desk.List {
	return desk.List{Key: "open", Title: env.T("view.open"), Count: 38, Address: "/tickets?view=open", Rows: rows(env), Next: "/tickets?view=open&after=x", First: true}
}

func entries(env ui.Env) []desk.Entry {
	const me, olga, marina = "Тимур Садыков", "Ольга Синицына", "Марина Ким"
	via, icon := "help@mayak.coffee", "mail"
	pdf := desk.File{Name: "Z-отчёт 20-11.pdf", Size: 184_000, Address: "/files/2417/message/12/a/z.pdf"}
	log := desk.File{Name: "printagent.log", Size: 12_300, Address: "/files/2417/message/12/b/l.log"}
	return []desk.Entry{
		{Message: &desk.Message{ID: 10, Seq: 2, Author: olga, Via: via, ViaIcon: icon, At: ago(111 * time.Minute), HTML: "<p>Доброе утро! После ночного обновления вторая касса пробивает, но чек не выходит. Очередь растёт, вторую пока закрыли.</p>"}},
		{Line: &desk.Line{Seq: 3, Who: me, Parts: []desk.Part{{Text: env.T("event.assignee", "to", me)}, {Text: env.T("event.priority", "to", env.T("priority.3"))}, {Text: env.T("event.merged.here", "number", 2421, "count", 2), Number: 2421, Undo: "/tickets/2421/unmerge"}}, At: ago(88 * time.Minute)}},
		{Message: &desk.Message{ID: 11, Seq: 6, Side: "agent", AgentID: 1, Author: me, Via: via, ViaIcon: icon, At: ago(40 * time.Minute), HTML: "<p>Ольга, здравствуйте. Ночью обновился драйвер принтера. Попробуйте, это минута:</p><ol><li>Закройте программу кассы.</li><li>Перезапустите службу <code>PrintAgent</code>: ярлык «Печать чеков» на рабочем столе.</li><li>Откройте кассу и пробейте нулевой чек.</li></ol>", Delivery: desk.Delivery{State: tickets.DeliverySent, At: ago(39 * time.Minute)}}},
		{Fresh: true, Message: &desk.Message{ID: 12, Seq: 8, Author: olga, Via: via, ViaIcon: icon, Copies: []string{"Павел Громов"}, At: ago(26 * time.Minute), HTML: "<p>Перезапустили, не помогло. На ленте теперь код ошибки 0x97. Отчёт и журнал во вложении.</p>", Quoted: "Тимур Садыков пишет:\n> Ольга, здравствуйте.", Lines: 2, Files: []desk.File{pdf, log}, Original: "/files/2417/original/12", Raw: "/files/2417/raw/12"}},
		{Message: &desk.Message{ID: 13, Seq: 9, Side: "note", AgentID: 4, Author: marina, At: ago(20 * time.Minute), HTML: "<p>@Тимур Садыков, такая же ошибка была на Садовой 3 ноября. Откатили драйвер до 10.9.2 удалённо, за пять минут.</p>"}},
		{Message: &desk.Message{ID: 14, Seq: 10, Side: "agent", AgentID: 1, Author: me, Via: via, ViaIcon: icon, At: ago(14 * time.Minute), HTML: "<p>Ольга, сейчас подключусь к кассе и верну прошлую версию драйвера. Ничего не нажимайте минут пять.</p>", Delivery: desk.Delivery{State: tickets.DeliveryFailed, Reason: "ящик переполнен", Detail: "552 5.2.2 mailbox full"}}},
		{Message: &desk.Message{ID: 15, Seq: 11, Side: "agent", AgentID: 1, Author: me, Via: via, ViaIcon: icon, At: now(), HTML: "<p>Готово, проверьте.</p>", Delivery: desk.Delivery{State: tickets.DeliveryQueued, Until: now().Add(7 * time.Second)}}},
	}
}

func ticket(env ui.Env) desk.Ticket {
	all := rows(env)
	t := desk.Ticket{
		Ticket: all[0].Ticket, Status: status(env.Lang, tickets.Open), View: "open",
		Wait: all[0].Wait, Solved: 5, Looking: []string{"Анна Лебедева"}, Typing: []string{"Анна Лебедева"},
		Place:   desk.Place{Title: env.T("view.open"), Back: "/tickets?view=open", Index: 1, Of: 38, Next: all[1].Address, Queue: all},
		Entries: entries(env), Undo: desk.Undo{Message: 15, Until: now().Add(7 * time.Second)},
	}
	t.StatusID, t.LooksLike, t.Tags = 2, 2391, []string{"драйвер", "касса"}
	t.Composer = desk.Composer{
		Number: 2417, View: "open", Kind: tickets.Reply, To: "Ольга Синицына", Via: "help@mayak.coffee", ViaIcon: "mail",
		Body:    "Ольга, драйвер вернули на версию 10.9.2. Пробейте, пожалуйста, нулевой чек и напишите, вышел ли он.",
		SeenSeq: 11, Once: "once", SavedAt: ago(time.Minute), Agents: []desk.Choice{{ID: 1, Name: "Тимур Садыков"}}, Solved: 5, Waiting: 3, Typing: t.Typing,
		Files: []desk.File{{Name: "PrintAgent-10.9.2.zip", Size: 4_200_000, Key: "c"}},
	}
	t.Side = desk.Side{
		Person:     people.Person{ID: 5, Name: "Ольга Синицына", Note: "Старшая смены, кофейня «Лесная»"},
		Identities: []desk.Way{{Identity: people.Identity{Network: "email", Address: "o.sinitsyna@mayak.coffee", VerifiedAt: now()}}, {Identity: people.Identity{Network: "email", Address: "olga@example.org"}, Refused: env.T("channel.email.send.gone")}},
		Agents:     []desk.Choice{{ID: 1, Name: "Тимур Садыков"}, {ID: 2, Name: "Jonas Weber"}},
		Teams:      []desk.Choice{{ID: 1, Name: "ИТ-поддержка"}},
		Followers:  []desk.Choice{{ID: 9, Name: "Павел Громов"}},
		Others:     []desk.Other{{Ticket: tickets.Ticket{Number: 2231, Subject: "Не сканирует штрихкоды", Category: tickets.Solved, UpdatedAt: ago(17 * 24 * time.Hour)}, Status: status(env.Lang, tickets.Solved)}},
	}
	for p := tickets.Low; p <= tickets.Urgent; p++ {
		t.Side.Priorities = append(t.Side.Priorities, desk.Choice{ID: int64(p), Name: env.T("priority." + string('0'+rune(p)))})
	}
	for i, c := range []tickets.Category{tickets.New, tickets.Open, tickets.Waiting, tickets.OnHold, tickets.Solved, tickets.Closed} {
		t.Side.Statuses = append(t.Side.Statuses, desk.Choice{ID: int64(i + 1), Name: status(env.Lang, c).Name, Category: c})
	}
	return t
}
