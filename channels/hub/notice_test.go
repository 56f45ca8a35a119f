package hub

import (
	"encoding/json"
	"testing"
	"time"

	"okno/tickets"
)

// happened is an event of agent 1 unless the data says otherwise.
func happened(t *testing.T, kind tickets.EventType, data any) tickets.Event {
	t.Helper()
	raw, err := json.Marshal(data)
	if err != nil {
		t.Fatal(err)
	}
	return tickets.Event{Type: kind, Actor: tickets.Actor{Kind: tickets.ByAgent, ID: 1}, At: time.UnixMilli(5), Data: raw}
}

func TestNotice(t *testing.T) {
	change := func(kind tickets.EventType, from, to string) tickets.Event {
		return happened(t, kind, tickets.ChangeData{From: from, To: to})
	}
	by := func(e tickets.Event, a tickets.Actor) tickets.Event { e.Actor = a; return e }
	reply := happened(t, tickets.MessageAdded, tickets.MessageData{MessageID: 9, Kind: tickets.Reply})
	note := happened(t, tickets.MessageAdded, tickets.MessageData{MessageID: 9, Kind: tickets.Note})
	undone := happened(t, tickets.MessageWithdrawn, tickets.MessageData{MessageID: 9})
	asker, other := tickets.AsPerson(3), tickets.AsPerson(4)
	made := happened(t, tickets.TicketCreated, tickets.CreatedData{Subject: "Printer", StatusID: 1})
	takes, opens := change(tickets.AssigneeChanged, "0", "1"), change(tickets.StatusChanged, "1", "2")
	left := func(kind tickets.EventType, left bool) tickets.Event {
		return happened(t, kind, tickets.MoveData{Number: 7, Left: left})
	}
	cases := []struct {
		name   string
		e      tickets.Event
		with   []tickets.Event
		change func(*tickets.Ticket)
		want   string // "" for silence
	}{
		{name: "opened by the person", e: by(made, asker), want: "hub.notice.created"},
		{name: "opened by an agent", e: made},
		{name: "taken", e: opens, want: "hub.notice.taken"},
		{name: "taken and opened at once", e: opens, with: []tickets.Event{takes}, want: "hub.notice.taken"},
		{name: "the assignee of that", e: takes, with: []tickets.Event{opens}},
		{name: "taken by replying", e: opens, with: []tickets.Event{reply}},
		{name: "opened with a note", e: opens, with: []tickets.Event{note}, want: "hub.notice.taken"},
		{name: "opened, nobody's", e: opens, change: func(t *tickets.Ticket) { t.AssigneeID = 0 }, want: "hub.notice.resumed"},
		{name: "assigned", e: takes, want: "hub.notice.assigned"},
		{name: "assigned by replying", e: takes, with: []tickets.Event{reply}},
		{name: "assigned after its end", e: takes, change: func(t *tickets.Ticket) { t.Category = tickets.Closed }},
		{name: "nobody's again", e: change(tickets.AssigneeChanged, "1", "0")},
		{name: "waiting", e: change(tickets.StatusChanged, "2", "3"), want: "hub.notice.waiting"},
		{name: "asked by replying", e: change(tickets.StatusChanged, "2", "3"), with: []tickets.Event{reply}},
		{name: "on hold", e: change(tickets.StatusChanged, "2", "4"), want: "hub.notice.hold"},
		{name: "solved by replying", e: change(tickets.StatusChanged, "2", "5"), with: []tickets.Event{reply}, want: "hub.notice.solved"},
		{name: "closed by the desk", e: by(change(tickets.StatusChanged, "5", "6"), tickets.System()), want: "hub.notice.closed"},
		{name: "reopened", e: change(tickets.StatusChanged, "6", "2"), want: "hub.notice.reopened"},
		{name: "reopened by the person", e: by(change(tickets.StatusChanged, "5", "2"), asker)},
		{name: "reopened by a follower", e: by(change(tickets.StatusChanged, "5", "2"), other), want: "hub.notice.reopened"},
		{name: "going on", e: change(tickets.StatusChanged, "4", "2"), want: "hub.notice.resumed"},
		{name: "one step of several", e: change(tickets.StatusChanged, "2", "9"), want: "hub.notice.status"},
		{name: "back with an undone reply", e: change(tickets.StatusChanged, "5", "2"), with: []tickets.Event{undone}},
		{name: "joined", e: left(tickets.TicketMerged, true), want: "hub.notice.merged"},
		{name: "joined by another", e: left(tickets.TicketMerged, false)},
		{name: "separate again", e: left(tickets.TicketUnmerged, false), want: "hub.notice.unmerged"},
		{name: "split off", e: left(tickets.TicketSplit, false), want: "hub.notice.split"},
		{name: "split from", e: left(tickets.TicketSplit, true)},
		{name: "spam", e: change(tickets.StatusChanged, "2", "5"), change: func(t *tickets.Ticket) { t.Spam = true }},
		{name: "deleted", e: change(tickets.StatusChanged, "2", "5"), change: func(t *tickets.Ticket) { t.DeletedAt = time.UnixMilli(1) }},
		{name: "tags", e: happened(t, tickets.TagsChanged, tickets.ListData{Added: []string{"vip"}})},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := scene{
				ticket:   tickets.Ticket{Number: 12, RequesterID: 3, AssigneeID: 1, StatusID: 2, Category: tickets.Open},
				together: append(c.with, c.e), statuses: ladder(), names: map[int64]string{1: "Olga"}, language: "ru",
			}
			if c.change != nil {
				c.change(&s.ticket)
			}
			text, ok := notice(c.e, s)
			if ok != (c.want != "") || ok && (text.Key != c.want || text.Args["ticket"] != "12") {
				t.Errorf("notice %+v, %v", text, ok)
			}
		})
	}
}

// ladder is a list of statuses: one of each category, and a second that is open.
func ladder() []tickets.Status {
	var out []tickets.Status
	for i, c := range append(tickets.Categories(), "", "", tickets.Open) {
		out = append(out, tickets.Status{ID: int64(i + 1), Category: c, NameEN: "en", NameRU: "ру"})
	}
	return out
}
