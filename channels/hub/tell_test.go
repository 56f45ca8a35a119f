package hub_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/tickets"
)

// TestNoticesFollowTheirReply solves a ticket with a reply that can be undone.
func TestNoticesFollowTheirReply(t *testing.T) {
	x := newChat(t, "memory")
	x.use = tickets.NewService(x.Store, tickets.Options{UndoWindow: 10 * time.Second})
	x.Hub = x.hub("one")
	x.writes(t, "The printer smokes")
	x.arrived()
	m := x.answers(t, 1, "Unplug it", 5)
	_, err := x.use.Withdraw(t.Context(), tickets.AsAgent(x.agent), m.ID)
	must(t, err)
	x.pass(time.Minute)
	x.rests(t)
	x.expect(t)
	x.answers(t, 1, "Is it plugged in?", 5)
	x.expect(t)
	x.pass(time.Minute)
	x.rests(t)
	x.expect(t, "Is it plugged in?", "Request #1 is solved.")
}

// TestABurstOfNewsRingsOnce has Olga change her mind before the news leave.
func TestABurstOfNewsRingsOnce(t *testing.T) {
	inChats(t, func(t *testing.T, x *chat) {
		x.writes(t, "The printer smokes")
		x.arrived()
		x.burst = 2 * time.Second
		x.Hub = x.hub("two")
		x.moves(t, 1, 4)
		x.moves(t, 1, 5)
		x.expect(t)
		x.pass(3 * time.Second)
		x.rests(t)
		if sent := x.expect(t, "Request #1 is on hold"); !strings.Contains(sent[0].Body, "\n\nRequest #1 is solved.") {
			t.Errorf("the news are %q", sent[0].Body)
		}
		x.moves(t, 1, 3)
		x.answers(t, 1, "One more thing", 0) // news that wait leave before the reply
		x.pass(3 * time.Second)
		x.rests(t)
		x.expect(t, "Request #1 ", "One more thing")
	})
}

func TestNoticesComeOnce(t *testing.T) {
	inChats(t, func(t *testing.T, x *chat) {
		x.writes(t, "The printer smokes")
		x.pos = 0 // another process follows the log from its beginning
		x.Hub = x.hub("two")
		x.moves(t, 1, 5)
		x.expect(t, "Request #1 is registered", "Request #1 is solved")
		x.fail("SettleDelivery", errors.New("power cut"))
		x.moves(t, 1, 6)
		x.pass(2 * time.Minute)
		x.rests(t)
		sent := x.arrived() // this network cannot tell that it had it before
		if len(sent) != 2 || sent[0].Key != sent[1].Key {
			t.Errorf("after a crash: %+v", sent)
		}
	})
}

func TestARestlessTicketIsBraked(t *testing.T) {
	x := newChat(t, "memory")
	x.writes(t, "The printer smokes")
	for i := range 40 {
		x.moves(t, 1, int64(3+i%2))
	}
	if n := len(x.arrived()); n != 30 {
		t.Errorf("%d notices", n)
	}
	x.pass(11 * time.Minute)
	x.moves(t, 1, 5)
	x.expect(t, "Request #1 is solved")
}

func TestMailHearsOfItsNumberOnly(t *testing.T) {
	x := newHouse(t)
	x.opened(t)
	x.pos = 0
	solved := int64(5)
	_, err := x.use.Change(t.Context(), tickets.AsAgent(x.agent), x.first(t).ID, 0, tickets.Change{StatusID: &solved})
	must(t, err)
	x.follows(t)
	must(t, x.Deliver(t.Context(), x.only(t)))
	sent := x.net.Sent()
	if len(sent) != 1 || sent[0].InReplyTo != "m1" || len(x.due(t)) != 0 {
		t.Fatalf("sent %+v", sent)
	}
	answer := channels.Inbound{Object: "m2", From: address("anna@home.org"), Text: "Thanks", Thread: channels.Thread{Refs: []string{"sent-" + sent[0].Key}}}
	if e := x.comes(t, "k2", answer); e.Ticket != 1 || e.Why.Key != "hub.why.refs" {
		t.Errorf("an answer to the acknowledgement: %+v", e)
	}
	back := channels.Inbound{Object: "sent-" + sent[0].Key, From: address("list@home.org"), Text: "Hi"}
	if e := x.comes(t, "k3", back); e.Why.Key != "hub.why.own" {
		t.Errorf("the acknowledgement come back: %+v", e)
	}
}

// TestANoticeNobodyTakes closes the chat of whom it was meant for.
func TestANoticeNobodyTakes(t *testing.T) {
	x := newChat(t, "memory")
	x.writes(t, "The printer smokes")
	x.arrived()
	x.net.Fail(channeltest.Failure{Err: &channels.SendError{Verdict: channels.Gone, Reason: channels.Text{Key: "hub.why.left"}}})
	x.moves(t, 1, 3)
	x.moves(t, 1, 4)
	x.expect(t)
	got := x.numbered(t, 1)
	if got.Undelivered != 0 || x.unreachable(t, got.RequesterID) != "hub.why.left" {
		t.Errorf("ticket %+v", got)
	}
}

// first is the first ticket.
func (x *house) first(t *testing.T) tickets.Ticket {
	t.Helper()
	got, err := x.TicketByNumber(t.Context(), 1)
	must(t, err)
	return got
}
