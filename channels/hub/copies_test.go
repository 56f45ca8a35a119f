package hub_test

import (
	"slices"
	"testing"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/tickets"
)

// TestMergedChatsBothHear merges the tickets of two people who write to one bot.
func TestMergedChatsBothHear(t *testing.T) {
	inChats(t, func(t *testing.T, x *chat) {
		x.writes(t, "The printer smokes")
		x.boris(t, "b1", "It smells here")
		x.merges(t, 2, 1)
		x.arrived()
		m := x.answers(t, 1, "The fire brigade comes", 0)
		var to []string
		for _, out := range x.arrived() {
			to = append(to, out.To.ID+" in "+out.Place)
		}
		slices.Sort(to)
		if !slices.Equal(to, []string{"5 in 5", "6 in "}) {
			t.Errorf("reached %v", to)
		}
		if e := x.boris(t, "b2", "Thanks"); e.Ticket != 1 {
			t.Errorf("Boris goes on in #%d", e.Ticket)
		}
		if got, err := x.Message(t.Context(), m.ID); err != nil || got.Delivery.State != tickets.DeliverySent {
			t.Errorf("delivery %+v, %v", got.Delivery, err)
		}
	})
}

// TestACopyThatFails tells the ticket whom the reply did not reach, and goes
// again without bothering those it did.
func TestACopyThatFails(t *testing.T) {
	x := newChat(t, "memory")
	x.writes(t, "The printer smokes")
	x.boris(t, "b1", "It smells here")
	x.merges(t, 2, 1)
	x.arrived()
	m, err := x.use.Reply(t.Context(), tickets.AsAgent(x.agent), x.numbered(t, 1).ID, tickets.NewMessage{Body: "Run"})
	must(t, err)
	x.follows(t)
	ids := x.due(t)
	if len(ids) != 2 {
		t.Fatalf("%d rows", len(ids))
	}
	slices.Sort(ids)
	must(t, x.Deliver(t.Context(), ids[0]))
	x.net.Fail(channeltest.Failure{Err: &channels.SendError{Verdict: channels.Never, Reason: channels.Text{Key: "long"}}})
	must(t, x.Deliver(t.Context(), ids[1]))
	if got, err := x.Message(t.Context(), m.ID); err != nil || got.Delivery.State != tickets.DeliveryFailed || got.Delivery.Reason.Key != "long" {
		t.Errorf("delivery %+v, %v", got.Delivery, err)
	}
	x.arrived()
	_, err = x.use.Resend(t.Context(), tickets.AsAgent(x.agent), m.ID)
	must(t, err)
	x.rests(t)
	if sent := x.expect(t, "Run"); len(sent) == 1 && sent[0].To.ID != "6" {
		t.Errorf("sent again to %s", sent[0].To.ID)
	}
	if got, err := x.Message(t.Context(), m.ID); err != nil || got.Delivery.State != tickets.DeliverySent {
		t.Errorf("delivery %+v, %v", got.Delivery, err)
	}
}

// TestRepliesFollowTheRequester makes Boris the requester of what Anna asked.
func TestRepliesFollowTheRequester(t *testing.T) {
	x := newChat(t, "memory")
	x.writes(t, "The printer smokes")
	x.boris(t, "b1", "Me too")
	other := x.numbered(t, 2).RequesterID
	x.changes(t, 1, tickets.Change{RequesterID: &other})
	x.arrived()
	x.answers(t, 1, "Unplug it", 5)
	for _, out := range x.expect(t, "Unplug it", "Request #1 is solved") {
		if out.To.ID != "6" || out.Place != "" {
			t.Errorf("%q went to %s in %q", out.Body, out.To.ID, out.Place)
		}
	}
}
