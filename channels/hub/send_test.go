package hub_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/hub"
	"okno/tickets"
)

func TestRepliesLeave(t *testing.T) {
	everywhere(t, func(t *testing.T, x *house) {
		m, err := x.use.Reply(t.Context(), tickets.AsAgent(x.agent), x.opened(t).ID, tickets.NewMessage{Body: "Unplug it"})
		must(t, err)
		events := x.follows(t)
		must(t, x.Notify(t.Context(), events))
		must(t, x.Deliver(t.Context(), x.only(t)))
		if again := x.due(t); len(again) != 0 {
			t.Errorf("%d more rows", len(again))
		}
		out := x.net.Sent()[0]
		if out.To.ID != "anna@home.org" || out.InReplyTo != "m1" || out.Body != "Unplug it\n\n-- \nOlga, Desk" || out.Author != "Olga" {
			t.Errorf("sent: %+v", out)
		}
		if got, err := x.MessageByRef(t.Context(), kind, "sent-"+out.Key); err != nil || got.ID != m.ID || got.Delivery.State != tickets.DeliverySent {
			t.Errorf("message after sending: %+v, %v", got, err)
		}
	})
}

func TestSendFailures(t *testing.T) {
	gone := &channels.SendError{Verdict: channels.Gone, Reason: channels.Text{Key: "mail.gone"}}
	later := &channels.SendError{Verdict: channels.Later, After: time.Minute, Reason: channels.Text{Key: "mail.busy"}}
	never := &channels.SendError{Verdict: channels.Never, Reason: channels.Text{Key: "mail.never"}}
	for _, c := range []struct {
		name        string
		failure     channeltest.Failure
		attempts    int
		retried     time.Duration
		message     tickets.DeliveryState
		unreachable string
	}{
		{"later", channeltest.Failure{Err: later}, 0, time.Minute, tickets.DeliverySending, ""},
		{"unknown error", channeltest.Failure{Err: errors.New("reset")}, 0, 30 * time.Second, tickets.DeliverySending, ""},
		{"crash", channeltest.Failure{Panic: true}, 3, 4 * time.Minute, tickets.DeliverySending, ""},
		{"later for three days", channeltest.Failure{Err: later}, 77, 0, tickets.DeliveryFailed, ""},
		{"gone", channeltest.Failure{Err: gone}, 0, 0, tickets.DeliveryFailed, "mail.gone"},
		{"never", channeltest.Failure{Err: never}, 0, 0, tickets.DeliveryFailed, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := newHouse(t)
			ticket := x.opened(t)
			m := x.replies(t, ticket.ID, "Hi")
			row := x.only(t)
			for range c.attempts {
				must(t, x.Outbox().Retry(t.Context(), "one", row, x.clock(), true, "busy"))
				row = x.only(t)
			}
			x.net.Fail(c.failure)
			after, counted, ok := hub.RetryAfter(x.Deliver(t.Context(), row))
			if after != c.retried || ok != (c.retried > 0) || counted != ok {
				t.Errorf("retry after %v, counted %v, %v", after, counted, ok)
			}
			got, err := x.Message(t.Context(), m.ID)
			if err != nil || got.Delivery.State != c.message || x.unreachable(t, ticket.RequesterID) != c.unreachable {
				t.Errorf("message %s, address marked %q, %v", got.Delivery.State, x.unreachable(t, ticket.RequesterID), err)
			}
			failed, err := x.RequeueOutgoing(t.Context(), m.ID)
			if err != nil || (failed == 1) != (c.message == tickets.DeliveryFailed) {
				t.Errorf("%d failed rows, %v", failed, err)
			}
		})
	}
}

func TestLostReceiptSendsOnceMore(t *testing.T) {
	everywhere(t, func(t *testing.T, x *house) {
		m := x.replies(t, x.opened(t).ID, "Hi")
		row := x.only(t)
		x.fail("SettleDelivery", errors.New("power cut"))
		if err := x.Deliver(t.Context(), row); err == nil {
			t.Fatal("nothing failed")
		}
		if got, err := x.Message(t.Context(), m.ID); err != nil || got.Delivery.State != tickets.DeliveryQueued {
			t.Errorf("half recorded: %+v, %v", got.Delivery, err)
		}
		x.pass(2 * time.Minute) // the lease of the dead process ends
		x.Hub = x.hub("two")
		must(t, x.Deliver(t.Context(), x.only(t)))
		sent := x.net.Sent()
		if len(sent) != 2 || sent[0].Key != sent[1].Key || len(x.due(t)) != 0 {
			t.Errorf("sent %d times", len(sent))
		}
	})
}

func TestUnreachableThenSentAgain(t *testing.T) {
	x := newHouse(t)
	ticket := x.opened(t)
	ids, err := x.Identities(t.Context(), ticket.RequesterID)
	must(t, err)
	ids[0].Unreachable = "mail.gone"
	must(t, x.PutIdentity(t.Context(), ids[0]))
	m := x.replies(t, ticket.ID, "Hi")
	got, err := x.Message(t.Context(), m.ID)
	if err != nil || got.Delivery.State != tickets.DeliveryFailed || got.Delivery.Reason.Key != "hub.why.unreachable" || len(x.due(t)) != 0 {
		t.Fatalf("delivery: %+v, %v", got.Delivery, err)
	}
	_, err = x.use.Resend(t.Context(), tickets.AsAgent(x.agent), m.ID)
	must(t, err)
	must(t, x.Deliver(t.Context(), x.only(t)))
	if got, err = x.Message(t.Context(), m.ID); err != nil || len(x.net.Sent()) != 1 || got.Delivery.State != tickets.DeliverySent {
		t.Errorf("sent %d, delivery %+v, %v", len(x.net.Sent()), got.Delivery, err)
	}
}

func TestWithdrawnReplyStays(t *testing.T) {
	x := newHouse(t)
	x.use = tickets.NewService(x.Store, tickets.Options{UndoWindow: time.Minute})
	m := x.replies(t, x.opened(t).ID, "Oops")
	if len(x.due(t)) != 0 {
		t.Fatal("due before the time to undo has passed")
	}
	_, err := x.use.Withdraw(t.Context(), tickets.AsAgent(x.agent), m.ID)
	must(t, err)
	x.pass(2 * time.Minute)
	if len(x.due(t)) != 0 || len(x.net.Sent()) != 0 {
		t.Error("a reply that was taken back left")
	}
}

func TestNotesNeverLeave(t *testing.T) {
	x := newHouse(t)
	ticket, before := x.opened(t), 0
	rapid.Check(t, func(r *rapid.T) {
		replies := 0
		for range rapid.IntRange(1, 12).Draw(r, "messages") {
			n := tickets.NewMessage{Body: "secret"}
			if rapid.Bool().Draw(r, "reply") {
				x.replies(t, ticket.ID, "answer")
				replies++
				continue
			}
			m, err := x.use.Note(t.Context(), tickets.AsAgent(x.agent), ticket.ID, n)
			must(t, err)
			x.follows(t)
			lie, err := json.Marshal(tickets.MessageData{MessageID: m.ID, Kind: tickets.Reply})
			must(t, err)
			must(t, x.Notify(t.Context(), []tickets.Event{{Type: tickets.MessageAdded, TicketID: ticket.ID, Actor: m.Author, Data: lie}}))
		}
		for ids := x.due(t); len(ids) > 0; ids = x.due(t) {
			must(t, x.Deliver(t.Context(), ids[0]))
		}
		sent := x.net.Sent()[before:]
		before += len(sent)
		for _, out := range sent {
			if out.Body != "answer\n\n-- \nOlga, Desk" {
				r.Fatalf("left: %q", out.Body)
			}
		}
		if len(sent) != replies {
			r.Fatalf("%d of %d replies left", len(sent), replies)
		}
	})
}
