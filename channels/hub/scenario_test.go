package hub_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"pgregory.net/rapid"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
)

const kind = channeltest.KindName

// house is a desk with one channel, one agent and a hub.
type house struct {
	*desk
	*hub.Hub
	net     *channeltest.Fake
	channel int64
	agent   people.Agent
	events  int
}

func newHouse(t *testing.T) *house {
	t.Helper()
	d, net := newDesk(), channeltest.New()
	x := &house{desk: d, net: net, Hub: d.hub(t, "one", net)}
	admin := people.Agent{Role: people.Administrator}
	c, err := x.SaveChannel(t.Context(), admin, hub.Channel{Enabled: true, Acknowledge: true, TeamID: 7, Connection: channels.Connection{
		Kind: kind, Settings: map[string]string{"address": "help@desk.org"}, Secrets: map[string]string{"password": "x"}}})
	must(t, err)
	p, err := d.Known(t.Context(), kind, "olga@desk.org", "Olga", "ru")
	must(t, err)
	x.channel, x.agent = c.ID, people.Agent{ID: d.NewID(), PersonID: p.ID, Name: "Olga", Signature: "Olga, Desk"}
	d.agents[x.agent.ID] = x.agent
	return x
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func address(id string) channels.Address { return channels.Address{Network: kind, ID: id} }

// comes has a message received and processed, and answers its ledger entry.
func (x *house) comes(t *testing.T, key string, in channels.Inbound) hub.Entry {
	t.Helper()
	_, err := x.PutEvent(t.Context(), x.channel, channeltest.Event(key, in))
	must(t, err)
	list := x.journal()
	must(t, x.Process(t.Context(), list[len(list)-1].ID))
	list = x.journal()
	return list[len(list)-1]
}

func anna(object, text string) channels.Inbound {
	return channels.Inbound{Object: object, From: address("anna@home.org"), Subject: "Printer", Text: text,
		To: []channels.Address{address("help+t1.x@desk.org")}}
}

func (x *house) opened(t *testing.T) tickets.Ticket {
	t.Helper()
	e := x.comes(t, "k1", anna("m1", "It smokes"))
	got, err := x.TicketByNumber(t.Context(), e.Ticket)
	must(t, err)
	return got
}

func TestOpensAndThreads(t *testing.T) {
	x := newHouse(t)
	in := anna("m1", "It smokes")
	in.CC = []channels.Address{address("boris@home.org"), address("noreply@home.org"), address("help@desk.org")}
	e := x.comes(t, "k1", in)
	if e.Outcome != hub.OutcomeOpened || e.Ticket != 1 || e.Why.Key != "hub.why.new" || e.From != "anna@home.org" {
		t.Fatalf("entry: %+v", e)
	}
	first, _ := x.TicketByNumber(t.Context(), 1)
	if first.TeamID != 7 || len(first.Followers) != 1 {
		t.Fatalf("ticket: %+v", first)
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
}

func TestShufflesRedeliveries(t *testing.T) {
	x := newHouse(t)
	var keys []int
	for i := range 20 {
		keys = append(keys, i, i, i)
	}
	rand.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	for n, i := range keys {
		if n == 30 {
			x.Hub = x.desk.hub(t, "two", x.net) // restarted
		}
		in := channels.Inbound{Object: string(rune('a' + i)), From: address(string(rune('a'+i)) + "@home.org"), Text: "Hi"}
		key := string(rune('A' + i))
		if n%2 == 1 {
			key += "again" // the same content under another key
		}
		_, err := x.PutEvent(t.Context(), x.channel, channeltest.Event(key, in))
		must(t, err)
	}
	for _, e := range x.journal() {
		must(t, x.Process(t.Context(), e.ID))
		must(t, x.Process(t.Context(), e.ID))
	}
	if len(x.tickets) != 20 || len(x.messages) != 20 {
		t.Errorf("%d tickets, %d messages of 20", len(x.tickets), len(x.messages))
	}
}

func TestRepliesLeave(t *testing.T) {
	x := newHouse(t)
	ticket := x.opened(t)
	m, e := x.says(tickets.Reply, ticket.ID, x.agent, "Unplug it")
	must(t, x.Notify(t.Context(), []tickets.Event{e}))
	must(t, x.Notify(t.Context(), []tickets.Event{e}))
	if len(x.deliveries) != 1 {
		t.Fatalf("%d deliveries", len(x.deliveries))
	}
	must(t, x.Deliver(t.Context(), x.deliveries[0].ID))
	out := x.net.Sent()[0]
	if out.To.ID != "anna@home.org" || out.InReplyTo != "m1" || out.Body != "Unplug it\n\n-- \nOlga, Desk" || out.Author != "Olga" {
		t.Errorf("sent: %+v", out)
	}
	if got, err := x.MessageByRef(t.Context(), kind, "sent-"+out.Key); err != nil || got.ID != m.ID || got.Delivery.State != tickets.DeliverySent {
		t.Errorf("message after sending: %+v, %v", got, err)
	}
}

func TestSendFailures(t *testing.T) {
	gone := &channels.SendError{Verdict: channels.Gone, Reason: channels.Text{Key: "mail.gone"}}
	later := &channels.SendError{Verdict: channels.Later, After: time.Minute, Reason: channels.Text{Key: "mail.busy"}}
	never := &channels.SendError{Verdict: channels.Never, Reason: channels.Text{Key: "mail.never"}}
	cases := []struct {
		name        string
		failure     channeltest.Failure
		attempts    int
		retried     time.Duration
		row         string
		message     tickets.DeliveryState
		unreachable string
	}{
		{"later", channeltest.Failure{Err: later}, 0, time.Minute, "queued", tickets.DeliverySending, ""},
		{"unknown error", channeltest.Failure{Err: errors.New("reset")}, 0, 30 * time.Second, "queued", tickets.DeliverySending, ""},
		{"crash", channeltest.Failure{Panic: true}, 3, 4 * time.Minute, "queued", tickets.DeliverySending, ""},
		{"later for three days", channeltest.Failure{Err: later}, 77, 0, "failed", tickets.DeliveryFailed, ""},
		{"gone", channeltest.Failure{Err: gone}, 0, 0, "failed", tickets.DeliveryFailed, "mail.gone"},
		{"never", channeltest.Failure{Err: never}, 0, 0, "failed", tickets.DeliveryFailed, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			x := newHouse(t)
			m, e := x.says(tickets.Reply, x.opened(t).ID, x.agent, "Hi")
			must(t, x.Notify(t.Context(), []tickets.Event{e}))
			x.net.Fail(c.failure)
			x.deliveries[0].Attempts = c.attempts
			after, counted, ok := hub.RetryAfter(x.Deliver(t.Context(), x.deliveries[0].ID))
			if after != c.retried || ok != (c.retried > 0) || counted != ok {
				t.Errorf("retry after %v, counted %v, %v", after, counted, ok)
			}
			got, _ := x.Message(t.Context(), m.ID)
			if x.deliveries[0].state != c.row || got.Delivery.State != c.message {
				t.Errorf("row %s, message %s", x.deliveries[0].state, got.Delivery.State)
			}
			if ids, _ := x.Identities(t.Context(), x.messages[0].Author.ID); ids[0].Unreachable != c.unreachable {
				t.Errorf("address marked %q", ids[0].Unreachable)
			}
		})
	}
}

func TestLostReceiptSendsOnceMore(t *testing.T) {
	x := newHouse(t)
	_, e := x.says(tickets.Reply, x.opened(t).ID, x.agent, "Hi")
	must(t, x.Notify(t.Context(), []tickets.Event{e}))
	x.failSettle = errors.New("power cut")
	if err := x.Deliver(t.Context(), x.deliveries[0].ID); err == nil {
		t.Fatal("nothing failed")
	}
	x.Hub = x.desk.hub(t, "two", x.net)
	must(t, x.Deliver(t.Context(), x.deliveries[0].ID))
	sent := x.net.Sent()
	if len(sent) != 2 || sent[0].Key != sent[1].Key || x.deliveries[0].state != "sent" {
		t.Errorf("sent %d times, row %s", len(sent), x.deliveries[0].state)
	}
}

func TestUnreachableThenSentAgain(t *testing.T) {
	x := newHouse(t)
	ticket := x.opened(t)
	ids, _ := x.Identities(t.Context(), ticket.RequesterID)
	ids[0].Unreachable = "mail.gone"
	must(t, x.PutIdentity(t.Context(), ids[0]))
	m, e := x.says(tickets.Reply, ticket.ID, x.agent, "Hi")
	must(t, x.Notify(t.Context(), []tickets.Event{e}))
	got, _ := x.Message(t.Context(), m.ID)
	if got.Delivery.State != tickets.DeliveryFailed || got.Delivery.Reason.Key != "hub.why.unreachable" || x.deliveries[0].state != "failed" {
		t.Fatalf("delivery: %+v, row %s", got.Delivery, x.deliveries[0].state)
	}
	must(t, x.Deliver(t.Context(), x.deliveries[0].ID)) // as Resend makes it due
	if len(x.net.Sent()) != 1 || x.deliveries[0].state != "sent" {
		t.Errorf("sent %d, row %s", len(x.net.Sent()), x.deliveries[0].state)
	}
}

func TestBounce(t *testing.T) {
	x := newHouse(t)
	m, e := x.says(tickets.Reply, x.opened(t).ID, x.agent, "Hi")
	must(t, x.Notify(t.Context(), []tickets.Event{e}))
	must(t, x.Deliver(t.Context(), x.deliveries[0].ID))
	got := x.comes(t, "k2", channels.Inbound{Object: "b1", From: address("mailer-daemon@mx.org"), Auto: channels.AutoBounce,
		Bounce: &channels.Bounce{Original: "sent-" + x.deliveries[0].Key, Recipient: "anna@home.org", Status: "5.1.1", Permanent: true}})
	if got.Outcome != hub.OutcomeAdded || len(x.bounces) != 1 || x.bounces[0].MessageID != m.ID {
		t.Errorf("entry %+v, bounces %+v", got, x.bounces)
	}
	if ids, _ := x.Identities(t.Context(), x.messages[0].Author.ID); ids[0].Unreachable == "" {
		t.Error("address not marked")
	}
}

func TestAcknowledgesOncePerHour(t *testing.T) {
	x := newHouse(t)
	for i, key := range []string{"k1", "k2", "k3"} {
		if i == 2 {
			x.now = x.now.Add(61 * time.Minute)
		}
		e := x.comes(t, key, channels.Inbound{Object: key, From: address("anna@home.org"), Subject: "Hi", Text: "Hi"})
		ticket, _ := x.TicketByNumber(t.Context(), e.Ticket)
		must(t, x.Notify(t.Context(), []tickets.Event{{Type: tickets.TicketCreated, TicketID: ticket.ID, Actor: tickets.AsPerson(ticket.RequesterID)}}))
	}
	if len(x.deliveries) != 2 || !x.deliveries[0].Out.Notice || x.deliveries[0].Out.Body != "hub.acknowledge.body 1" {
		t.Errorf("%d notices", len(x.deliveries))
	}
}

func TestFloodEndsInOneTicket(t *testing.T) {
	x := newHouse(t)
	for i := range 40 {
		x.comes(t, string(rune('A'+i)), channels.Inbound{From: address("bomb@home.org"), Subject: "Hi", Text: "Hi"})
	}
	if len(x.tickets) != 10 || len(x.messages) != 40 {
		t.Errorf("%d tickets, %d messages", len(x.tickets), len(x.messages))
	}
}

func TestPoisonLeavesOthersAlone(t *testing.T) {
	x := newHouse(t)
	x.net.Poison("k1", 1)
	_, err := x.PutEvent(t.Context(), x.channel, channeltest.Event("k1", anna("m1", "Bad")))
	must(t, err)
	bad := x.journal()[0].ID
	if err := x.Process(t.Context(), bad); err == nil {
		t.Fatal("poison went through")
	}
	if e := x.comes(t, "k2", anna("m2", "Good")); e.Outcome != hub.OutcomeOpened {
		t.Errorf("next entry: %+v", e)
	}
	must(t, x.Process(t.Context(), bad)) // redone by an administrator
	if len(x.tickets) != 2 {
		t.Errorf("%d tickets", len(x.tickets))
	}
}

func TestMakesTicketOfKept(t *testing.T) {
	x := newHouse(t)
	in := anna("m1", "Offer")
	in.Auto = channels.AutoList
	e := x.comes(t, "k1", in)
	if e.Outcome != hub.OutcomeKept || len(x.tickets) != 0 {
		t.Fatalf("entry: %+v", e)
	}
	admin := people.Agent{Role: people.Administrator}
	if _, err := x.MakeTicket(t.Context(), x.agent, e.ID); tickets.KindOf(err) != tickets.Denied {
		t.Errorf("agent: %v", err)
	}
	n, err := x.MakeTicket(t.Context(), admin, e.ID)
	if err != nil || n != 1 {
		t.Errorf("made %d, %v", n, err)
	}
	if _, err := x.MakeTicket(t.Context(), admin, e.ID); tickets.KindOf(err) != tickets.Blocked {
		t.Errorf("second time: %v", err)
	}
}

func TestSaveChannelAnswersEveryFault(t *testing.T) {
	x := newHouse(t)
	_, err := x.SaveChannel(t.Context(), people.Agent{Role: people.Administrator}, hub.Channel{Connection: channels.Connection{
		Kind: kind, Settings: map[string]string{"address": "HELP@desk.org", "port": "many"}}})
	var f hub.Faults
	if !errors.As(err, &f) || f["address"].Key != "hub.fault.taken" || f["port"].Key != "hub.fault.number" || f["password"].Key != "hub.fault.required" {
		t.Errorf("faults: %v", err)
	}
}

func TestNotesNeverLeave(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		x := newHouse(t)
		ticket, notes := x.opened(t), map[int64]bool{}
		for range rapid.IntRange(1, 12).Draw(r, "messages") {
			kind := rapid.SampledFrom([]tickets.MessageKind{tickets.Note, tickets.Reply}).Draw(r, "kind")
			m, e := x.says(kind, ticket.ID, x.agent, "text")
			notes[m.ID] = kind == tickets.Note
			if rapid.Bool().Draw(r, "lying event") {
				e.Data = data(tickets.MessageData{MessageID: m.ID, Kind: tickets.Reply})
			}
			must(t, x.Notify(t.Context(), []tickets.Event{e}))
		}
		for _, d := range x.deliveries {
			if notes[d.MessageID] {
				r.Fatalf("note %d is in the outbox", d.MessageID)
			}
		}
		replies := 0
		for _, note := range notes {
			if !note {
				replies++
			}
		}
		if len(x.deliveries) != replies {
			r.Fatalf("%d deliveries of %d replies", len(x.deliveries), replies)
		}
	})
}
