package hub

import (
	"strconv"

	"okno/channels"
	"okno/channels/dialog"
	"okno/tickets"
)

// The flood brake. In a chat people send a thought in five pieces, so twenty
// messages in an hour are a normal talk there.
const (
	maxOpened    = 10  // tickets of one person in an hour
	maxAdded     = 20  // messages of one person on a ticket in an hour
	maxChatAdded = 200 // the same in a chat
)

// facts is all that decide needs to know about a message besides the message.
type facts struct {
	seen    bool  // the same content was settled before
	seenAs  int64 // number of the ticket it is in; 0: none
	buried  bool  // it was deleted for good before
	own     bool  // we sent it ourselves
	agent   bool  // the sender's address is an agent's
	bounced *tickets.Ticket
	thread  threads
	chat    chat
	talk    dialog.Outcome // of a chat: what the dialog makes of it
	of      object
	sender  int64           // person; 0: never seen before
	blocked bool            // nothing they write makes tickets
	opened  int             // tickets the sender opened in the last hour
	latest  *tickets.Ticket // the last of them
	added   map[int64]int   // messages of the sender in the last hour, by ticket
}

// threads are the tickets a message says it belongs to; nil where there is none.
type threads struct {
	signed, refs, subject *tickets.Ticket
	member                map[int64]bool // by ticket: the sender is requester, follower or agent
}

// chat is what there is to know about the chat a message was written in.
type chat struct {
	on      bool            // the network is one of chats
	album   bool            // earlier files of the same album are in a message
	another bool            // the person asked for the next message to open a ticket
	current *tickets.Ticket // where a message goes by itself; nil: it opens a ticket
}

// object is the message that something was done to.
type object struct {
	message *tickets.Message // nil: no message of a ticket
	ticket  *tickets.Ticket  // where it is; of a notice, what it was about; nil: never heard of it
}

// verb is what is done with a message.
type verb int

const (
	keep     verb = iota // in the journal only
	see                  // the same content came before
	add                  // to a ticket
	bounce               // add, and mark the reply that did not arrive or is late
	open                 // a ticket
	extend               // the message that has the first files of the album
	edit                 // what was written before
	takeBack             // what was written before
	react                // to a message
	press                // a button
	talk                 // the dialog answers
	leave                // no longer reachable
	comeBack             // reachable
	pass                 // nothing; it was no message
)

// decision says what becomes of a message and why.
type decision struct {
	verb      verb
	ticket    *tickets.Ticket // of add, bounce and what was done to a message
	message   int64           // of extend, edit, takeBack and react
	awaits    string          // network id of the message to come before this can be done
	seenAs    int64           // of see
	why       channels.Text
	warnings  []channels.Text // shown with the message
	newcomer  bool            // the sender becomes a follower
	auto      channels.Auto   // as the ticket is to take it
	looksLike int64           // of open
	forwarded bool            // of open: the requester is Inbound.Forwarded
	talk      dialog.Outcome  // of talk and comeBack
}

// decide is the whole routing. insist opens a ticket for what would be kept.
func decide(in channels.Inbound, f facts, insist bool) decision {
	d := route(in, f)
	if insist && (d.verb == keep || d.verb == see) && says(in) {
		d = opening(in, f, 0)
		d.why = say("hub.why.asked")
	}
	d.warnings = append(d.warnings, in.Warnings...)
	return d
}

func route(in channels.Inbound, f facts) decision {
	switch {
	case f.buried:
		return decision{verb: keep, why: say("hub.why.purged")}
	case f.seen:
		return decision{verb: see, seenAs: f.seenAs, why: say("hub.why.seen")}
	case !in.Ignored.IsZero():
		return decision{verb: keep, why: in.Ignored}
	case f.blocked:
		return decision{verb: keep, why: say("hub.why.blocked")}
	case in.Doing.Act != channels.ActSay:
		return doing(in, f)
	case f.chat.on:
		return chatting(in, f)
	case !in.Unreadable.IsZero():
		return decision{verb: open, why: say("hub.why.unreadable"), warnings: []channels.Text{in.Unreadable}}
	case f.own:
		return decision{verb: keep, why: say("hub.why.own")}
	case in.Auto == channels.AutoBounce && in.Bounce != nil:
		return returned(in, f)
	}
	t, why, looksLike := thread(in, f)
	switch {
	case t != nil:
		return adding(in, f, t, why)
	case in.Auto == channels.AutoReply, in.Auto == channels.AutoBounce:
		return decision{verb: keep, why: say("hub.why.auto")}
	case in.Auto == channels.AutoList:
		return decision{verb: keep, why: say("hub.why.list")}
	case f.opened >= maxOpened && f.latest != nil:
		return flooding(f)
	}
	return opening(in, f, looksLike)
}

// flooding goes to the latest ticket of somebody who opens too many.
func flooding(f facts) decision {
	return decision{verb: add, ticket: f.latest, why: say("hub.why.floodadded"), warnings: []channels.Text{say("hub.warn.flood")}}
}

// returned is a delivery status notification.
func returned(in channels.Inbound, f facts) decision {
	if f.bounced == nil {
		return decision{verb: keep, why: say("hub.why.bounceunknown")}
	}
	d := decision{verb: bounce, ticket: f.bounced, auto: channels.AutoBounce, why: say("hub.why.bounce")}
	if !in.Bounce.Permanent {
		d.why = say("hub.why.delayed")
	}
	return d
}

// thread finds the ticket a message belongs to, or the number of one that it
// names without proof. A wrong mark is never mended by weaker signs, and the
// address of an agent, which anybody can write, counts only with our mark.
func thread(in channels.Inbound, f facts) (t *tickets.Ticket, why string, looksLike int64) {
	th := f.thread
	named := in.Thread.Forged
	switch {
	case th.signed != nil:
		return th.signed, "hub.why.signed", 0
	case named == 0 && th.refs != nil && !f.agent:
		return th.refs, "hub.why.refs", 0
	case named == 0 && th.subject != nil && !f.agent && th.member[th.subject.ID]:
		return th.subject, "hub.why.subject", 0
	case named == 0 && th.refs != nil:
		named = th.refs.Number
	case named == 0 && th.subject != nil:
		named = th.subject.Number
	}
	return nil, "", named
}

// adding is a message of a known ticket. A list in a thread is people writing to
// each other, so it counts as written by a person.
func adding(in channels.Inbound, f facts, t *tickets.Ticket, why string) decision {
	if most := mostAdded(f.chat.on); f.added[t.ID] >= most {
		return decision{verb: keep, why: say("hub.why.flood", "ticket", number(t.Number), "most", strconv.Itoa(most))}
	}
	d := decision{verb: add, ticket: t, why: say(why), auto: in.Auto}
	if in.Auto == channels.AutoList {
		d.auto = channels.AutoNone
	}
	if d.auto == channels.AutoNone && !f.thread.member[t.ID] {
		d.newcomer = true
		d.warnings = []channels.Text{say("hub.warn.newcomer")}
	}
	return d
}

func mostAdded(chat bool) int {
	if chat {
		return maxChatAdded
	}
	return maxAdded
}

// opening is a message that starts a ticket.
func opening(in channels.Inbound, f facts, looksLike int64) decision {
	d := decision{verb: open, looksLike: looksLike, why: say("hub.why.new"), auto: in.Auto}
	switch {
	case in.Thread.Forged != 0 && looksLike != 0:
		d.why = say("hub.why.forged", "ticket", number(looksLike))
	case looksLike != 0 && f.agent:
		d.why = say("hub.why.unsigned", "ticket", number(looksLike))
	case looksLike != 0:
		d.why = say("hub.why.stranger", "ticket", number(looksLike))
	case in.Forwarded != nil && f.agent:
		d.forwarded = true
		d.why = say("hub.why.forwarded")
		d.warnings = []channels.Text{say("hub.warn.forwarded", "name", called(in.From))}
	}
	return d
}

// called is the name to show for an address.
func called(a channels.Address) string {
	if a.Name != "" {
		return a.Name
	}
	return a.ID
}
