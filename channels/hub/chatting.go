package hub

import (
	"time"

	"okno/channels"
	"okno/tickets"
)

// reopensFor is how long after it was solved a ticket takes what is written in
// its chat; later the person has something new in mind.
const reopensFor = 24 * time.Hour

// chatting routes what somebody wrote in a chat. The network vouches for the
// sender, so an agent who writes there asks like anybody else.
func chatting(in channels.Inbound, f facts) decision {
	d := chatted(in, f)
	if !in.Unreadable.IsZero() {
		d.warnings = append(d.warnings, in.Unreadable)
	}
	return d
}

func chatted(in channels.Inbound, f facts) decision {
	switch {
	case f.chat.album:
		return decision{verb: extend, ticket: f.of.ticket, message: f.of.message.ID, why: say("hub.why.album")}
	case f.thread.refs != nil:
		return adding(in, f, f.thread.refs, "hub.why.refs")
	case f.talk.Taken:
		return decision{verb: talk, talk: f.talk, why: say("hub.why.talk")}
	case f.chat.current != nil && !f.chat.another:
		return adding(in, f, f.chat.current, whyCurrent(*f.chat.current))
	case f.opened >= maxOpened && f.latest != nil:
		return flooding(f)
	case f.chat.another:
		return decision{verb: open, why: say("hub.why.another")}
	}
	return decision{verb: open, why: say("hub.why.chatnew")}
}

func whyCurrent(t tickets.Ticket) string {
	if t.Category.Active() {
		return "hub.why.chat"
	}
	return "hub.why.chatsolved"
}

// currentOf answers the ticket that takes what is written in a chat: the latest
// active one, else one that was solved shortly before. The list has the tickets
// of the chat, the latest first.
func currentOf(list []tickets.Ticket, now time.Time) *tickets.Ticket {
	var solved *tickets.Ticket
	for i, t := range list {
		if t.Category.Active() {
			return &list[i]
		}
		if solved == nil && t.Category == tickets.Solved && now.Sub(t.SolvedAt) < reopensFor {
			solved = &list[i]
		}
	}
	return solved
}
