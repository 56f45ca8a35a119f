package hub

import (
	"testing"
	"time"

	"okno/channels"
	"okno/tickets"
)

func TestDecideInChats(t *testing.T) {
	twelve, seven := &tickets.Ticket{ID: 120, Number: 12, Category: tickets.Open}, &tickets.Ticket{ID: 70, Number: 7, Category: tickets.Solved}
	first := object{message: &tickets.Message{ID: 5}, ticket: seven}
	member := map[int64]bool{120: true, 70: true}
	type in = channels.Inbound
	cases := []struct {
		name     string
		in       in
		chat     chat
		f        facts
		verb     verb
		why      string
		ticket   *tickets.Ticket
		warnings int
	}{
		{name: "first message", verb: open, why: "hub.why.chatnew"},
		{name: "next message", chat: chat{current: twelve}, verb: add, why: "hub.why.chat", ticket: twelve},
		{name: "solved shortly before", chat: chat{current: seven}, verb: add, why: "hub.why.chatsolved", ticket: seven},
		{name: "another asked for", chat: chat{current: twelve, another: true}, verb: open, why: "hub.why.another"},
		{name: "reply to a message", chat: chat{current: twelve}, f: facts{thread: threads{refs: seven}}, verb: add, why: "hub.why.refs", ticket: seven},
		{name: "reply although another was asked for", chat: chat{current: twelve, another: true}, f: facts{thread: threads{refs: seven}}, verb: add, why: "hub.why.refs", ticket: seven},
		{name: "an agent asks like anybody", chat: chat{current: twelve}, f: facts{agent: true, thread: threads{refs: seven}}, verb: add, why: "hub.why.refs", ticket: seven},
		{name: "an agent opens", f: facts{agent: true}, verb: open, why: "hub.why.chatnew"},
		{name: "later file of an album", chat: chat{current: twelve, album: true}, f: facts{of: first}, verb: extend, why: "hub.why.album", ticket: seven},
		{name: "unreadable", in: in{Unreadable: say("x")}, chat: chat{current: twelve}, verb: add, why: "hub.why.chat", ticket: twelve, warnings: 1},
		{name: "two hundredth message within the hour", chat: chat{current: twelve}, f: facts{added: map[int64]int{120: maxChatAdded - 1}}, verb: add, why: "hub.why.chat", ticket: twelve},
		{name: "one more", chat: chat{current: twelve}, f: facts{added: map[int64]int{120: maxChatAdded}}, verb: keep, why: "hub.why.flood"},
		{name: "eleventh ticket within the hour", chat: chat{another: true}, f: facts{opened: maxOpened, latest: seven}, verb: add, why: "hub.why.floodadded", ticket: seven, warnings: 1},
		{name: "blocked", chat: chat{current: twelve}, f: facts{blocked: true}, verb: keep, why: "hub.why.blocked"},
		{name: "meant for others", in: in{Ignored: say("group")}, chat: chat{current: twelve}, verb: keep, why: "group"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.f.chat, c.f.chat.on = c.chat, true
			c.f.thread.member = member
			d := decide(c.in, c.f, false)
			if d.verb != c.verb || d.why.Key != c.why || d.ticket != c.ticket || len(d.warnings) != c.warnings {
				t.Errorf("decision %+v", d)
			}
		})
	}
}

func TestDoing(t *testing.T) {
	twelve := &tickets.Ticket{ID: 120, Number: 12}
	mine := object{ticket: twelve, message: &tickets.Message{ID: 5, Author: tickets.AsPerson(3)}}
	ours := object{ticket: twelve, message: &tickets.Message{ID: 6, Author: tickets.Actor{Kind: tickets.ByAgent, ID: 3}}}
	notice := object{ticket: twelve}
	cases := []struct {
		name    string
		act     channels.Act
		of      object
		insist  bool
		verb    verb
		why     string
		message int64
		awaits  string
	}{
		{name: "edit", act: channels.ActEdit, of: mine, verb: edit, why: "hub.why.edited", message: 5},
		{name: "edit of ours", act: channels.ActEdit, of: ours, verb: keep, why: "hub.why.notauthor"},
		{name: "edit of what never came", act: channels.ActEdit, verb: keep, why: "hub.why.editunknown", awaits: "m5"},
		{name: "ticket asked for of it", act: channels.ActEdit, insist: true, verb: open, why: "hub.why.asked"},
		{name: "taken back", act: channels.ActRemove, of: mine, verb: takeBack, why: "hub.why.removed", message: 5},
		{name: "taken back before it came", act: channels.ActRemove, verb: pass, why: "hub.why.ofunknown", awaits: "m5"},
		{name: "reaction to ours", act: channels.ActReact, of: ours, verb: react, why: "hub.why.reacted", message: 6},
		{name: "reaction to a notice", act: channels.ActReact, of: notice, verb: pass, why: "hub.why.noticed"},
		{name: "press", act: channels.ActPress, of: notice, verb: press, why: "hub.why.pressed"},
		{name: "no ticket of a press", act: channels.ActPress, insist: true, verb: press, why: "hub.why.pressed"},
		{name: "leave", act: channels.ActLeave, verb: leave, why: "hub.why.leaves"},
		{name: "return", act: channels.ActReturn, verb: comeBack, why: "hub.why.returns"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			in := channels.Inbound{Doing: channels.Doing{Act: c.act, Of: "m5"}}
			d := decide(in, facts{sender: 3, of: c.of, chat: chat{on: true}}, c.insist)
			if d.verb != c.verb || d.why.Key != c.why || d.message != c.message || d.awaits != c.awaits {
				t.Errorf("decision %+v", d)
			}
		})
	}
}

func TestCurrentTicketOfAChat(t *testing.T) {
	now := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	list := func(categories ...tickets.Category) []tickets.Ticket {
		var out []tickets.Ticket
		for i, c := range categories {
			out = append(out, tickets.Ticket{Number: int64(i + 1), Category: c, SolvedAt: now.Add(-time.Duration(i+1) * 10 * time.Hour)})
		}
		return out
	}
	for _, c := range []struct {
		list []tickets.Ticket
		want int64
	}{
		{nil, 0},
		{list(tickets.Closed, tickets.Waiting, tickets.Open), 2},
		{list(tickets.Solved, tickets.OnHold), 2},
		{list(tickets.Closed, tickets.Solved, tickets.Solved), 2},
		{list(tickets.Closed, tickets.Closed, tickets.Solved), 0},
	} {
		got := currentOf(c.list, now)
		if got == nil && c.want != 0 || got != nil && got.Number != c.want {
			t.Errorf("of %+v got %+v, want #%d", c.list, got, c.want)
		}
	}
}
