package hub

import (
	"okno/channels"
	"okno/tickets"
)

// says tells that an event carries words of somebody, so that a ticket can be
// made of it.
func says(in channels.Inbound) bool {
	return in.Doing.Act == channels.ActSay || in.Doing.Act == channels.ActEdit
}

// doing decides about what somebody did, as opposed to wrote.
func doing(in channels.Inbound, f facts) decision {
	switch in.Doing.Act {
	case channels.ActPress:
		if f.talk.Taken {
			return decision{verb: talk, talk: f.talk, why: say("hub.why.talk")}
		}
		return decision{verb: press, ticket: f.chat.current, why: say("hub.why.pressed")}
	case channels.ActLeave:
		return decision{verb: leave, why: say("hub.why.leaves")}
	case channels.ActReturn:
		return decision{verb: comeBack, talk: f.talk, why: say("hub.why.returns")}
	}
	if f.of.message == nil {
		return untouchable(in, f)
	}
	d := decision{ticket: f.of.ticket, message: f.of.message.ID}
	if d.verb, d.why = react, say("hub.why.reacted"); in.Doing.Act == channels.ActReact {
		return d
	}
	if f.of.message.Author != tickets.AsPerson(f.sender) {
		return decision{verb: keep, why: say("hub.why.notauthor")}
	}
	if d.verb, d.why = edit, say("hub.why.edited"); in.Doing.Act == channels.ActRemove {
		d.verb, d.why = takeBack, say("hub.why.removed")
	}
	return d
}

// untouchable is something done to what is no message of a ticket. The message
// may still come: networks deliver out of order.
func untouchable(in channels.Inbound, f facts) decision {
	switch {
	case f.of.ticket != nil:
		return decision{verb: pass, why: say("hub.why.noticed")}
	case in.Doing.Act == channels.ActEdit:
		return decision{verb: keep, awaits: in.Doing.Of, why: say("hub.why.editunknown")}
	}
	return decision{verb: pass, awaits: in.Doing.Of, why: say("hub.why.ofunknown")}
}
