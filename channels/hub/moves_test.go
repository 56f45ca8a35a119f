package hub_test

import (
	"slices"
	"testing"

	"okno/channels"
	"okno/channels/hub"
	"okno/tickets"
)

// boris is what another person than Anna writes.
func boris(object, text string) channels.Inbound {
	return channels.Inbound{Object: object, From: address("boris@home.org"), Subject: "Smoke", Text: text}
}

// two are a ticket of Anna and one of Boris.
func (x *house) two(t *testing.T) (anna, other tickets.Ticket) {
	t.Helper()
	anna = x.opened(t)
	e := x.comes(t, "k2", boris("m2", "It smokes"))
	other, err := x.TicketByNumber(t.Context(), e.Ticket)
	must(t, err)
	x.follows(t)
	for _, id := range x.due(t) {
		must(t, x.Deliver(t.Context(), id))
	}
	return anna, other
}

func TestAnswersToAMergedTicketArriveInTheOther(t *testing.T) {
	everywhere(t, func(t *testing.T, x *house) {
		into, from := x.two(t)
		_, err := x.use.Merge(t.Context(), tickets.AsAgent(x.agent), from.ID, into.ID)
		must(t, err)
		for key, thread := range map[string]channels.Thread{
			"signed": {Signed: from.Number}, "refs": {Refs: []string{"m2"}}, "subject": {Subject: from.Number},
		} {
			in := boris(key, "Still")
			in.Thread = thread
			if e := x.comes(t, key, in); e.Outcome != hub.OutcomeAdded || e.Ticket != into.Number {
				t.Errorf("%s: %+v", key, e)
			}
		}
	})
}

// TestRepliesLeaveToThoseTheyWereWrittenTo merges between the reply and the
// moment the hub hears of it.
func TestRepliesLeaveToThoseTheyWereWrittenTo(t *testing.T) {
	everywhere(t, func(t *testing.T, x *house) {
		into, from := x.two(t)
		before := len(x.net.Sent())
		m, err := x.use.Reply(t.Context(), tickets.AsAgent(x.agent), from.ID, tickets.NewMessage{Body: "Run"})
		must(t, err)
		_, err = x.use.Merge(t.Context(), tickets.AsAgent(x.agent), from.ID, into.ID)
		must(t, err)
		x.follows(t)
		for _, id := range x.due(t) {
			must(t, x.Deliver(t.Context(), id))
		}
		sent := x.net.Sent()[before:]
		if len(sent) != 1 || sent[0].To.ID != "boris@home.org" || sent[0].Ticket != from.Number {
			t.Fatalf("sent %+v", sent)
		}
		got, err := x.Message(t.Context(), m.ID)
		if err != nil || got.TicketID != into.ID || got.Delivery.State != tickets.DeliverySent {
			t.Errorf("message %+v, %v", got, err)
		}
	})
}

func TestMailToADeletedTicketOpensANewOne(t *testing.T) {
	everywhere(t, func(t *testing.T, x *house) {
		ticket := x.opened(t)
		must(t, x.use.Delete(t.Context(), tickets.AsAgent(x.agent), ticket.ID))
		answer := anna("m2", "Still")
		answer.Thread = channels.Thread{Signed: ticket.Number, Refs: []string{"m1"}}
		if e := x.comes(t, "k2", answer); e.Outcome != hub.OutcomeOpened || e.Ticket == ticket.Number {
			t.Errorf("entry %+v", e)
		}
		if e := x.comes(t, "k3", anna("m1", "It smokes")); e.Outcome != hub.OutcomeSeen {
			t.Errorf("the same mail again: %+v", e)
		}
	})
}

// TestWhatWasPurgedIsNotTakenInAgain brings the same mail by a new key, as a
// mailbox that was made anew does, and an edit of it.
func TestWhatWasPurgedIsNotTakenInAgain(t *testing.T) {
	everywhere(t, func(t *testing.T, x *house) {
		ticket := x.opened(t)
		must(t, x.use.Delete(t.Context(), tickets.AsAgent(x.agent), ticket.ID))
		x.pass(tickets.Grace)
		if n, err := x.use.Purge(t.Context()); n != 1 || err != nil {
			t.Fatalf("purged %d, %v", n, err)
		}
		edit := anna("m1#2", "It burns")
		edit.Doing = channels.Doing{Act: channels.ActEdit, Of: "m1"}
		for key, in := range map[string]channels.Inbound{"k2": anna("m1", "It smokes"), "k3": edit} {
			if e := x.comes(t, key, in); e.Outcome != hub.OutcomeKept || e.Why.Key != "hub.why.purged" {
				t.Errorf("%s: %+v", key, e)
			}
		}
		first := x.journal(t)[0]
		if first.From != "" || first.Subject != "" || len(first.Event.Raw) != 0 || first.Why.Key != "hub.why.purged" {
			t.Errorf("the journal still says %+v", first)
		}
		if slices.Contains(x.tickets(t), ticket.Number) {
			t.Error("the ticket is still there")
		}
	})
}

// tickets are the numbers of the desk's tickets.
func (x *house) tickets(t *testing.T) []int64 {
	t.Helper()
	events, err := x.EventsAfter(t.Context(), 0, 1000)
	must(t, err)
	var out []int64
	for _, e := range events {
		if _, err := x.Ticket(t.Context(), e.TicketID); err == nil {
			out = append(out, e.Number)
		}
	}
	return out
}
