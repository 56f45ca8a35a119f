package hub

import (
	"testing"

	"okno/channels"
	"okno/tickets"
)

func TestDecide(t *testing.T) {
	twelve := &tickets.Ticket{ID: 120, Number: 12}
	member := map[int64]bool{120: true}
	stranger := map[int64]bool{120: false}
	bounced := &channels.Bounce{Original: "m1", Recipient: "gone@example.org", Permanent: true}
	type in = channels.Inbound
	cases := []struct {
		name   string
		in     in
		f      facts
		insist bool
		verb   verb
		why    string
		check  func(decision) bool
	}{
		{name: "new", verb: open, why: "hub.why.new"},
		{name: "same content again", f: facts{seen: true, seenAs: 12}, verb: see, why: "hub.why.seen",
			check: func(d decision) bool { return d.seenAs == 12 }},
		{name: "unreadable", in: in{Unreadable: say("mail.broken")}, f: facts{own: true}, verb: open, why: "hub.why.unreadable",
			check: func(d decision) bool { return d.warnings[0].Key == "mail.broken" }},
		{name: "meant for others", in: in{Ignored: say("group")}, verb: keep, why: "group"},
		{name: "own", f: facts{own: true}, verb: keep, why: "hub.why.own"},
		{name: "own in a thread", f: facts{own: true, thread: threads{signed: twelve, member: member}}, verb: keep, why: "hub.why.own"},
		{name: "bounce", in: in{Auto: channels.AutoBounce, Bounce: bounced}, f: facts{bounced: twelve}, verb: bounce, why: "hub.why.bounce"},
		{name: "delay", in: in{Auto: channels.AutoBounce, Bounce: &channels.Bounce{}}, f: facts{bounced: twelve}, verb: bounce, why: "hub.why.delayed"},
		{name: "bounce of another's message", in: in{Auto: channels.AutoBounce, Bounce: bounced}, verb: keep, why: "hub.why.bounceunknown"},
		{name: "auto-reply", in: in{Auto: channels.AutoReply}, verb: keep, why: "hub.why.auto"},
		{name: "auto-reply in a thread", in: in{Auto: channels.AutoReply}, f: facts{thread: threads{refs: twelve, member: stranger}}, verb: add, why: "hub.why.refs",
			check: func(d decision) bool { return d.auto == channels.AutoReply && !d.newcomer }},
		{name: "newsletter", in: in{Auto: channels.AutoList}, verb: keep, why: "hub.why.list"},
		{name: "newsletter, ticket asked for", in: in{Auto: channels.AutoList}, insist: true, verb: open, why: "hub.why.asked"},
		{name: "list in a thread", in: in{Auto: channels.AutoList}, f: facts{thread: threads{refs: twelve, member: member}}, verb: add, why: "hub.why.refs",
			check: func(d decision) bool { return d.auto == channels.AutoNone }},
		{name: "signed before refs", f: facts{thread: threads{signed: twelve, refs: &tickets.Ticket{ID: 1}, member: member}}, verb: add, why: "hub.why.signed",
			check: func(d decision) bool { return d.ticket == twelve && !d.newcomer }},
		{name: "signed but new to the ticket", f: facts{thread: threads{signed: twelve, member: stranger}}, verb: add, why: "hub.why.signed",
			check: func(d decision) bool { return d.newcomer && d.warnings[0].Key == "hub.warn.newcomer" }},
		{name: "subject, on the ticket", f: facts{thread: threads{subject: twelve, member: member}}, verb: add, why: "hub.why.subject"},
		{name: "subject, not on the ticket", f: facts{thread: threads{subject: twelve, member: stranger}}, verb: open, why: "hub.why.stranger",
			check: func(d decision) bool { return d.looksLike == 12 }},
		{name: "forged", in: in{Thread: channels.Thread{Forged: 12}}, verb: open, why: "hub.why.forged",
			check: func(d decision) bool { return d.looksLike == 12 }},
		{name: "forged with right refs", in: in{Thread: channels.Thread{Forged: 12}}, f: facts{thread: threads{refs: twelve, member: member}}, verb: open, why: "hub.why.forged"},
		{name: "agent without mark", f: facts{agent: true, thread: threads{refs: twelve, member: member}}, verb: open, why: "hub.why.unsigned",
			check: func(d decision) bool { return d.looksLike == 12 }},
		{name: "agent with mark", f: facts{agent: true, thread: threads{signed: twelve, member: member}}, verb: add, why: "hub.why.signed"},
		{name: "agent forwards", in: in{Forwarded: &channels.Address{ID: "a@b"}}, f: facts{agent: true}, verb: open, why: "hub.why.forwarded",
			check: func(d decision) bool { return d.forwarded }},
		{name: "anybody forwards", in: in{Forwarded: &channels.Address{ID: "a@b"}}, verb: open, why: "hub.why.new",
			check: func(d decision) bool { return !d.forwarded }},
		{name: "tenth ticket within the hour", f: facts{opened: maxOpened - 1, latest: twelve}, verb: open, why: "hub.why.new"},
		{name: "eleventh", f: facts{opened: maxOpened, latest: twelve}, verb: add, why: "hub.why.floodadded",
			check: func(d decision) bool { return d.ticket == twelve && d.warnings[0].Key == "hub.warn.flood" }},
		{name: "twenty-first message within the hour", f: facts{added: map[int64]int{120: maxAdded}, thread: threads{signed: twelve, member: member}}, verb: keep, why: "hub.why.flood"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			d := decide(c.in, c.f, c.insist)
			if d.verb != c.verb || d.why.Key != c.why {
				t.Fatalf("got verb %d because %s, want %d because %s", d.verb, d.why.Key, c.verb, c.why)
			}
			if c.check != nil && !c.check(d) {
				t.Errorf("decision: %+v", d)
			}
		})
	}
}

func TestNoReply(t *testing.T) {
	for address, want := range map[string]bool{
		"no-reply@example.org": true, "NoReply+x@example.org": true, "do_not_reply@example.org": true,
		"MAILER-DAEMON@mx.example.org": true, "noreen@example.org": false, "anna@noreply.org": false,
	} {
		if noReply(address) != want {
			t.Errorf("noReply(%q) = %v", address, !want)
		}
	}
}

func TestOwnAddress(t *testing.T) {
	own := map[string]bool{"help@example.org": true}
	for address, want := range map[string]bool{
		"help@example.org": true, "Help+t12.abc@Example.org": true, "help@other.org": false, "helper@example.org": false,
	} {
		if ownAddress(own, address) != want {
			t.Errorf("ownAddress(%q) = %v", address, !want)
		}
	}
}
