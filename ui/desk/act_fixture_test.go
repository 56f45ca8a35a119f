package desk_test

import (
	"time"

	"github.com/a-h/templ"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// target is one of the sample tickets as a page about two tickets shows it.
func target(env ui.Env, i, messages int) desk.Target {
	r := rows(env)[i]
	return desk.Target{Ticket: r.Ticket, Status: r.Status, Requester: r.Requester, Messages: messages}
}

// chooser is the page of an action while a ticket is looked for.
func chooser(env ui.Env, action string) desk.Chooser {
	return desk.Chooser{Action: action, View: "open", From: target(env, 2, 3), Groups: []desk.Group{
		{Title: env.T("choose.person", "name", "Руслан Ахметов"), Targets: []desk.Target{target(env, 4, 0)}},
		{Title: env.T("choose.latest"), Targets: []desk.Target{target(env, 0, 0), target(env, 1, 0), target(env, 8, 0)}},
	}}
}

// actions are the pages that ask before something is done to a ticket.
func actions(env ui.Env) map[string]templ.Component {
	merging, linking := chooser(env, "merge"), chooser(env, "link")
	merging.Other, linking.Other, linking.Kind = target(env, 0, 7), target(env, 8, 2), desk.LinkChild
	merging.From.RequesterID = 7
	nothing := chooser(env, "merge")
	nothing.Query, nothing.Groups = "принтир", nil
	split := desk.Split{Number: 2417, View: "open", Subject: "Касса № 2 не печатает чек после обновления"}
	for _, e := range entries(env) {
		if m := e.Message; m != nil {
			split.Picks = append(split.Picks, desk.Pick{ID: m.ID, Side: m.Side, Author: m.Author, Text: "После ночного обновления вторая касса пробивает, но чек не выходит. Очередь растёт", At: m.At, Chosen: m.ID == 12})
		}
	}
	refused := split
	refused.Errors = map[string]string{"messages": env.T("error.split.none")}
	return map[string]templ.Component{
		"choose":  ui.Layout(env, "", desk.MergeMain(env, chooser(env, "merge"))),
		"nothing": ui.Layout(env, "", desk.MergeMain(env, nothing)),
		"merging": ui.Layout(env, "", desk.MergeMain(env, merging)),
		"linking": ui.Layout(env, "", desk.LinkMain(env, linking)),
		"split":   ui.Layout(env, "", desk.SplitMain(env, split)),
		"unsplit": ui.Layout(env, "", desk.SplitMain(env, refused)),
		"delete":  ui.Layout(env, "", desk.DeleteMain(env, target(env, 0, 7), "open")),
	}
}

// outcomes are tickets something was done to.
func outcomes(env ui.Env) map[string]templ.Component {
	merged, deleted := ticket(env), ticket(env)
	merged.Undo = desk.Undo{Step: desk.Step{Text: env.T("did.merged.away", "number", 2421), Action: "/tickets/2417/unmerge", Until: now().Add(8 * time.Second)}}
	merged.Entries = merged.Entries[1:2]
	merged.Gone = desk.Gone{Text: env.T("gone.merged", "name", "Анна Лебедева", "time", ui.Moment(env, ago(time.Hour))), Into: rows(env)[2].Ticket, Undo: "unmerge"}
	deleted.Undo = desk.Undo{}
	deleted.Gone = desk.Gone{Text: env.T("gone.deleted", "name", "Анна Лебедева", "time", ui.Moment(env, ago(time.Hour)), "until", ui.Moment(env, ago(-700*time.Hour))), Undo: "restore"}
	trash := list(env)
	trash.Key, trash.Title, trash.Rows = "deleted", env.T("view.deleted"), trash.Rows[:3]
	for i := range trash.Rows {
		trash.Rows[i].DeletedAt = ago(50 * time.Hour)
		trash.Rows[i].Wait = desk.WaitOf(env, trash.Rows[i].Ticket)
	}
	trash.Step = desk.Step{Text: env.T("did.deleted", "number", 2417), Action: "/tickets/2417/restore", Until: now().Add(8 * time.Second)}
	return map[string]templ.Component{
		"merged":  ui.Layout(env, "№ 2417", desk.TicketMain(env, merged)),
		"deleted": ui.Layout(env, "№ 2417", desk.TicketMain(env, deleted)),
		"trash":   ui.Layout(env, env.T("view.deleted"), desk.ListMain(env, trash)),
		"chat":    ui.Layout(env, "№ 2417", desk.TicketMain(env, chat(env))),
	}
}

// chat is a ticket somebody writes to from a phone: short messages, photos,
// corrections.
func chat(env ui.Env) desk.Ticket {
	const olga, me = "Ольга Синицына", "Тимур Садыков"
	photo := func(key string) desk.File {
		return desk.File{Name: "photo.jpg", Size: 210_000, Image: true, Key: key, Address: pixel}
	}
	said := func(id int64, at time.Duration, html string) desk.Message {
		return desk.Message{ID: id, Seq: id, Author: olga, Via: "Помощник Маяка", ViaIcon: "telegram", At: ago(at), HTML: html}
	}
	first, second, album := said(10, 31*time.Minute, "<p>Добрый день!</p>"), said(11, 30*time.Minute, "<p>Касса снова не печатает</p>"), said(12, 29*time.Minute, "")
	second.Follows, album.Follows = true, true
	second.EditedAt, second.Earlier = ago(29*time.Minute), []desk.Earlier{{At: ago(30 * time.Minute), HTML: "<p>Касса не печатет</p>"}}
	album.Files = []desk.File{photo("a"), photo("b"), photo("c")}
	reply := desk.Message{ID: 13, Seq: 13, Side: "agent", AgentID: 1, Author: me, Via: first.Via, ViaIcon: first.ViaIcon, At: ago(20 * time.Minute), HTML: "<p>Смотрю. Код на ленте есть?</p>",
		Delivery: desk.Delivery{State: tickets.DeliverySent, At: ago(20 * time.Minute)}, Reactions: []string{"👍"}}
	gone, one := said(14, 18*time.Minute, "<p>Нет кода</p>"), said(15, 17*time.Minute, "<p>Вот лента, код 0x97</p>")
	gone.Removed, one.Files, one.Follows, one.Source = ago(17*time.Minute), []desk.File{photo("d")}, false, 2421
	t := ticket(env)
	t.Chat, t.Undo, t.Entries = true, desk.Undo{}, []desk.Entry{}
	for _, m := range []desk.Message{first, second, album, reply, gone, one} {
		t.Entries = append(t.Entries, desk.Entry{Message: &m})
	}
	t.Side.Identities[1].Network, t.Side.Identities[1].Address = "telegram", "@olga_les"
	t.Composer.Refused = env.T("composer.unreachable", "address", "@olga_les", "why", t.Side.Identities[1].Refused)
	t.Side.Links = []desk.Link{
		{Other: desk.Other{Ticket: rows(env)[1].Ticket, Status: rows(env)[1].Status}, Kind: string(tickets.LinkParent)},
		{Other: desk.Other{Ticket: rows(env)[8].Ticket, Status: rows(env)[8].Status}, Kind: desk.LinkOriginal},
	}
	t.Side.Person.Blocked = true
	return t
}

// pixel is a picture of one colour.
const pixel = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='1280' height='960'%3E%3Crect width='1280' height='960' fill='%236b5a4e'/%3E%3C/svg%3E"
