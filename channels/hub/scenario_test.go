package hub_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/hub"
	"okno/tickets"
)

func TestOpensAndThreads(t *testing.T) {
	everywhere(t, func(t *testing.T, x *house) {
		in := anna("m1", "It smokes")
		in.CC = []channels.Address{address("boris@home.org"), address("noreply@home.org"), address("help@desk.org")}
		e := x.comes(t, "k1", in)
		if e.Outcome != hub.OutcomeOpened || e.Ticket != 1 || e.Why.Key != "hub.why.new" || e.From != "anna@home.org" {
			t.Fatalf("entry: %+v", e)
		}
		first, err := x.TicketByNumber(t.Context(), 1)
		if err != nil || first.TeamID != 7 || len(first.Followers) != 1 {
			t.Fatalf("ticket: %+v, %v", first, err)
		}
		answer := anna("m2", "Still")
		answer.Thread.Refs = []string{"unknown", "m1"}
		if e := x.comes(t, "k2", answer); e.Outcome != hub.OutcomeAdded || e.Why.Key != "hub.why.refs" || e.Ticket != 1 {
			t.Errorf("answer: %+v", e)
		}
		stranger := channels.Inbound{Object: "m3", From: address("eve@evil.org"), Text: "Hi", Thread: channels.Thread{Subject: 1}}
		if e := x.comes(t, "k3", stranger); e.Outcome != hub.OutcomeOpened || e.Ticket != 2 {
			t.Errorf("stranger: %+v", e)
		}
	})
}

func TestShuffledRedeliveries(t *testing.T) {
	x := newHouse(t)
	var keys []int
	for i := range 20 {
		keys = append(keys, i, i, i)
	}
	rand.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	for n, i := range keys {
		if n == 30 {
			x.Hub = x.hub("two") // restarted
		}
		in := channels.Inbound{Object: string(rune('a' + i)), From: address(string(rune('a'+i)) + "@home.org"), Text: "Hi"}
		key := string(rune('A' + i))
		if n%2 == 1 {
			key += "again" // the same content under another key
		}
		x.receives(t, key, in)
	}
	for _, e := range x.journal(t) {
		must(t, x.Process(t.Context(), e.ID))
		must(t, x.Process(t.Context(), e.ID))
	}
	if made, said := x.counted(t); made != 20 || said != 20 {
		t.Errorf("%d tickets, %d messages of 20", made, said)
	}
}

// TestProcessingIsAllOrNothing fails at the very end: nothing of the ticket may
// be left, nor the person or the counters, and the next try makes it once.
func TestProcessingIsAllOrNothing(t *testing.T) {
	everywhere(t, func(t *testing.T, x *house) {
		x.receives(t, "k1", anna("m1", "It smokes"))
		entry := x.journal(t)[0].ID
		x.fail("SettleEntry", errors.New("power cut"))
		if err := x.Process(t.Context(), entry); err == nil {
			t.Fatal("nothing failed")
		}
		counts, err := x.Counts(t.Context(), []string{string(tickets.ViewOpen)})
		if made, _ := x.counted(t); made != 0 || err != nil || counts[string(tickets.ViewOpen)] != 0 {
			t.Errorf("%d tickets, counters %v, %v", made, counts, err)
		}
		if found, err := x.SearchPersons(t.Context(), "anna", 5); err != nil || len(found) != 0 {
			t.Errorf("left %v, %v", found, err)
		}
		must(t, x.Process(t.Context(), entry))
		if made, said := x.counted(t); made != 1 || said != 1 {
			t.Errorf("%d tickets, %d messages", made, said)
		}
	})
}

func TestBounce(t *testing.T) {
	x := newHouse(t)
	ticket := x.opened(t)
	m := x.replies(t, ticket.ID, "Hi")
	must(t, x.Deliver(t.Context(), x.only(t)))
	got := x.comes(t, "k2", channels.Inbound{Object: "b1", From: address("mailer-daemon@mx.org"), Auto: channels.AutoBounce,
		Bounce: &channels.Bounce{Original: "sent-" + x.net.Sent()[0].Key, Recipient: "anna@home.org", Status: "5.1.1", Permanent: true}})
	after, err := x.Message(t.Context(), m.ID)
	if err != nil || got.Outcome != hub.OutcomeAdded || after.Delivery.State != tickets.DeliveryFailed {
		t.Errorf("entry %+v, delivery %+v, %v", got, after.Delivery, err)
	}
	if x.unreachable(t, ticket.RequesterID) == "" {
		t.Error("address not marked")
	}
}

func TestAcknowledgesOncePerHour(t *testing.T) {
	x := newHouse(t)
	for i, key := range []string{"k1", "k2", "k3"} {
		if i == 2 {
			x.pass(61 * time.Minute)
		}
		x.comes(t, key, channels.Inbound{Object: key, From: address("anna@home.org"), Subject: "Hi", Text: "Hi"})
		x.follows(t)
		for _, id := range x.due(t) {
			must(t, x.Deliver(t.Context(), id))
		}
	}
	sent := x.net.Sent()
	if len(sent) != 2 || !sent[0].Notice || sent[0].Body != "hub.acknowledge.body 1" || sent[1].Ticket != 3 {
		t.Errorf("notices %+v", sent)
	}
}

func TestFloodEndsInOneTicket(t *testing.T) {
	x := newHouse(t)
	for i := range 40 {
		x.comes(t, string(rune('A'+i)), channels.Inbound{From: address("bomb@home.org"), Subject: "Hi", Text: "Hi"})
	}
	if made, said := x.counted(t); made != 10 || said != 40 {
		t.Errorf("%d tickets, %d messages", made, said)
	}
}

func TestPoisonLeavesOthersAlone(t *testing.T) {
	x := newHouse(t)
	x.net.Poison("k1", 1)
	x.receives(t, "k1", anna("m1", "Bad"))
	bad := x.journal(t)[0].ID
	if err := x.Process(t.Context(), bad); err == nil {
		t.Fatal("poison went through")
	}
	if e := x.comes(t, "k2", anna("m2", "Good")); e.Outcome != hub.OutcomeOpened {
		t.Errorf("next entry: %+v", e)
	}
	must(t, x.Process(t.Context(), bad)) // redone by an administrator
	if made, _ := x.counted(t); made != 2 {
		t.Errorf("%d tickets", made)
	}
}
