package hub_test

import (
	"testing"
	"time"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/hub"
	"okno/tickets"
)

// route asserts where an event went and why.
func route(t *testing.T, e hub.Entry, o hub.Outcome, ticket int64, why string) {
	t.Helper()
	if e.Outcome != o || e.Ticket != ticket || e.Why.Key != why {
		t.Errorf("went to #%d as %s because %s; want #%d as %s because %s", e.Ticket, e.Outcome, e.Why.Key, ticket, o, why)
	}
}

func TestAChatStaysInItsTicket(t *testing.T) {
	inChats(t, func(t *testing.T, x *chat) {
		route(t, x.writes(t, "The printer smokes"), hub.OutcomeOpened, 1, "hub.why.chatnew")
		route(t, x.writes(t, "on the second floor"), hub.OutcomeAdded, 1, "hub.why.chat")
		x.moves(t, 1, 5)
		x.pass(23 * time.Hour)
		route(t, x.writes(t, "It smokes again"), hub.OutcomeAdded, 1, "hub.why.chatsolved")
		if got := x.numbered(t, 1); got.Category != tickets.Open || got.Subject != "The printer smokes" || got.Place != "5" {
			t.Errorf("ticket %+v", got)
		}
		x.moves(t, 1, 5)
		x.pass(25 * time.Hour)
		route(t, x.writes(t, "And now the scanner"), hub.OutcomeOpened, 2, "hub.why.chatnew")
		old := channels.Inbound{Object: "m9", Text: "The printer is fine", Thread: channels.Thread{Refs: []string{"m1"}}}
		route(t, x.does(t, old), hub.OutcomeAdded, 1, "hub.why.refs")
		x.moves(t, 1, 6)
		x.moves(t, 2, 6)
		route(t, x.writes(t, "One more thing"), hub.OutcomeOpened, 3, "hub.why.chatnew")
	})
}

func TestAnotherTicketOnRequest(t *testing.T) {
	x := newChat(t, "memory")
	x.writes(t, "The printer smokes")
	first := x.expect(t, "Request #1 is registered: The printer smokes\nStatus: ✨ New")[0]
	if len(first.Buttons) != 1 || first.Buttons[0][0] != (channels.Button{Text: "Start another request", ID: "another"}) {
		t.Fatalf("buttons %+v", first.Buttons)
	}
	for range 2 {
		route(t, x.presses(t, "another"), hub.OutcomeDone, 0, "hub.why.pressed")
		x.expect(t, "Your next message opens a new request. Request #1 stays")
	}
	x.Hub = x.hub("two") // the wish outlives a restart
	route(t, x.writes(t, "A key card for Boris"), hub.OutcomeOpened, 2, "hub.why.another")
	route(t, x.writes(t, "for Monday"), hub.OutcomeAdded, 2, "hub.why.chat")
	x.expect(t, "Request #2 is registered")
	x.presses(t, "another")
	x.presses(t, "stay")
	route(t, x.writes(t, "or Tuesday"), hub.OutcomeAdded, 2, "hub.why.chat")
	x.presses(t, "another")
	x.pass(25 * time.Hour)
	route(t, x.writes(t, "Tuesday is best"), hub.OutcomeAdded, 2, "hub.why.chat")
	x.arrived()
	x.presses(t, "from another life")
	x.expect(t, "This button is from an earlier conversation")
	x.moves(t, 1, 6)
	x.moves(t, 2, 6)
	x.arrived()
	x.presses(t, "another")
	x.expect(t, "You have no open request here")
}

// TestOneMessagePerAlbum lets the files of an album come one by one, the last
// long after and in another process.
func TestOneMessagePerAlbum(t *testing.T) {
	inChats(t, func(t *testing.T, x *chat) {
		photo := func(object, name, text string) channels.Inbound {
			return channels.Inbound{Object: object, Text: text, Album: "a1", Files: []channels.File{{Name: name, Blob: name}}}
		}
		route(t, x.does(t, photo("p1", "1.jpg", "")), hub.OutcomeOpened, 1, "hub.why.chatnew")
		route(t, x.does(t, photo("p2", "2.jpg", "The printer")), hub.OutcomeAdded, 1, "hub.why.album")
		x.moves(t, 1, 6)
		x.pass(48 * time.Hour)
		x.Hub = x.hub("two")
		route(t, x.does(t, photo("p3", "3.jpg", "")), hub.OutcomeAdded, 1, "hub.why.album")
		changed := photo("e1", "2.jpg", "The scanner")
		changed.Doing = channels.Doing{Act: channels.ActEdit, Of: "p2"}
		route(t, x.does(t, changed), hub.OutcomeAdded, 1, "hub.why.edited")
		list := x.messages(t, 1)
		if len(list) != 1 || len(list[0].Files) != 3 || list[0].Body != "The scanner" || list[0].Earlier[0].Body != "The printer" {
			t.Fatalf("messages %+v", list)
		}
		if got := x.numbered(t, 1); got.Subject != "1.jpg" || got.Category != tickets.Closed {
			t.Errorf("ticket %+v", got)
		}
		other := photo("p9", "9.jpg", "")
		other.Album = "a2"
		route(t, x.does(t, other), hub.OutcomeOpened, 2, "hub.why.chatnew")
	})
}

func TestChangesOfWhatWasWritten(t *testing.T) {
	inChats(t, func(t *testing.T, x *chat) {
		done := func(object string, act channels.Act, of, text string) channels.Inbound {
			return channels.Inbound{Object: object, Text: text, Doing: channels.Doing{Act: act, Of: of, Reaction: "👍"}}
		}
		route(t, x.does(t, done("e1", channels.ActEdit, "m3", "It smoulders")), hub.OutcomeKept, 0, "hub.why.editunknown")
		route(t, x.does(t, done("e2", channels.ActReact, "m3", "")), hub.OutcomeDone, 0, "hub.why.ofunknown")
		x.writes(t, "It smokes") // m3, after what was done to it
		m := x.messages(t, 1)[0]
		if m.Body != "It smoulders" || len(m.Earlier) != 1 || m.Earlier[0].Body != "It smokes" {
			t.Errorf("message %+v", m)
		}
		x.moves(t, 1, 5)
		x.pass(8 * 24 * time.Hour)
		route(t, x.does(t, done("e3", channels.ActEdit, "m3", "It is out")), hub.OutcomeAdded, 1, "hub.why.edited")
		route(t, x.does(t, done("e4", channels.ActRemove, "m3", "")), hub.OutcomeAdded, 1, "hub.why.removed")
		m = x.messages(t, 1)[0]
		if m.Body != "It is out" || m.RemovedAt.IsZero() || x.numbered(t, 1).Category != tickets.Solved {
			t.Errorf("message %+v", m)
		}
		reply := x.answers(t, 1, "Good", 0)
		thumbs := done("e5", channels.ActReact, "sent-"+x.net.Sent()[len(x.net.Sent())-1].Key, "")
		route(t, x.does(t, thumbs), hub.OutcomeAdded, 1, "hub.why.reacted")
		notAnnas := done("e6", channels.ActEdit, thumbs.Doing.Of, "Bad")
		route(t, x.does(t, notAnnas), hub.OutcomeKept, 0, "hub.why.notauthor")
		events, err := x.TicketEvents(t.Context(), reply.TicketID)
		must(t, err)
		if on := tickets.Reactions(events); len(on[reply.ID]) != 1 || len(on[m.ID]) != 1 {
			t.Errorf("reactions %+v", on)
		}
	})
}

func TestAnswersToNoticesFindTheirTicket(t *testing.T) {
	x := newChat(t, "memory")
	x.writes(t, "The printer smokes")
	first := "sent-" + x.arrived()[0].Key
	x.moves(t, 1, 6)
	x.writes(t, "A key card for Boris")
	answer := channels.Inbound{Object: "m9", Text: "It smokes again", Thread: channels.Thread{Refs: []string{first}}}
	route(t, x.does(t, answer), hub.OutcomeAdded, 1, "hub.why.refs")
	thumbs := channels.Inbound{Doing: channels.Doing{Act: channels.ActReact, Of: first, Reaction: "👍"}}
	route(t, x.does(t, thumbs), hub.OutcomeDone, 0, "hub.why.noticed")
}

func TestWhoLeavesCannotBeReached(t *testing.T) {
	x := newChat(t, "memory")
	x.does(t, channels.Inbound{Doing: channels.Doing{Act: channels.ActReturn}})
	x.does(t, channels.Inbound{Doing: channels.Doing{Act: channels.ActReturn}})
	x.expect(t, "This is Desk. Write what you need")
	x.writes(t, "The printer smokes")
	x.arrived()
	route(t, x.does(t, channels.Inbound{Doing: channels.Doing{Act: channels.ActLeave}}), hub.OutcomeDone, 0, "hub.why.leaves")
	m := x.answers(t, 1, "Unplug it", 3)
	x.expect(t)
	if got := x.messages(t, 1)[1]; got.Delivery.State != tickets.DeliveryFailed || got.Delivery.Reason.Key != "hub.why.left" {
		t.Fatalf("delivery %+v", got.Delivery)
	}
	x.writes(t, "I am back")
	_, err := x.use.Resend(t.Context(), tickets.AsAgent(x.agent), m.ID)
	must(t, err)
	x.rests(t)
	x.expect(t, "Unplug it")
	var reach []string
	events, err := x.TicketEvents(t.Context(), m.TicketID)
	must(t, err)
	for _, e := range events {
		if e.Type == tickets.ReachChanged {
			reach = append(reach, string(e.Data))
		}
	}
	if len(reach) != 2 {
		t.Errorf("the ticket was told %v", reach)
	}
}

// TestABlockedBotIsNotGoneAround lets Anna's second address be taken only when
// an agent asks for it.
func TestABlockedBotIsNotGoneAround(t *testing.T) {
	x := newChat(t, "memory")
	x.writes(t, "The printer smokes")
	x.arrived()
	x.net.Fail(channeltest.Failure{Err: &channels.SendError{Verdict: channels.Gone, Reason: channels.Text{Key: "hub.why.left"}}})
	m := x.answers(t, 1, "Unplug it", 0)
	x.answers(t, 1, "Please", 0)
	x.expect(t)
	x.hasMail(t, x.numbered(t, 1).RequesterID)
	_, err := x.use.Resend(t.Context(), tickets.AsAgent(x.agent), m.ID)
	must(t, err)
	x.rests(t)
	got, err := x.Message(t.Context(), m.ID)
	must(t, err)
	sent := x.expect(t, "Unplug it")
	if sent[0].To.ID != "anna@home.org" || got.Delivery.State != tickets.DeliverySent || got.Delivery.Reason.Key != "hub.why.elsewhere" {
		t.Errorf("sent to %+v, delivery %+v", sent[0].To, got.Delivery)
	}
}

// TestRepliesQuoteOnlyWhatIsFarAbove has two tickets in one chat.
func TestRepliesQuoteOnlyWhatIsFarAbove(t *testing.T) {
	x := newChat(t, "memory")
	x.writes(t, "The printer smokes")
	x.answers(t, 1, "Unplug it", 0)
	x.answers(t, 1, "Is it out?", 0)
	x.presses(t, "another")
	x.writes(t, "A key card for Boris")
	x.answers(t, 2, "Done", 0)
	x.answers(t, 1, "And now?", 0)
	var quotes []string
	for _, out := range x.arrived() {
		if !out.Notice {
			quotes = append(quotes, out.Body+" "+out.InReplyTo)
		}
	}
	want := []string{"Unplug it ", "Is it out? m1", "Done ", "And now? m1"}
	if len(quotes) != len(want) {
		t.Fatalf("replies %q", quotes)
	}
	for i, q := range quotes {
		if q != want[i] {
			t.Errorf("reply %q, want %q", q, want[i])
		}
	}
}

func TestABlockedPersonOpensNothing(t *testing.T) {
	x := newChat(t, "memory")
	x.writes(t, "Buy gold")
	must(t, x.BlockPerson(t.Context(), x.numbered(t, 1).RequesterID, true))
	route(t, x.writes(t, "Buy silver"), hub.OutcomeKept, 0, "hub.why.blocked")
	if len(x.messages(t, 1)) != 1 {
		t.Error("a blocked person was heard")
	}
}
