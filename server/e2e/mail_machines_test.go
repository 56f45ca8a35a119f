package e2e

import (
	"net/url"
	"strings"
	"testing"

	"okno/channels/hub"
	"okno/tickets"
)

// mailMachines is what programs write by themselves.
func mailMachines(t *testing.T, h *mailHouse) {
	t.Run("out of office", func(t *testing.T) { mailOutOfOffice(t, h) })
	t.Run("newsletter", func(t *testing.T) { mailNewsletter(t, h) })
	t.Run("wish for silence", func(t *testing.T) {
		h.opens(t, mailDraft{id: "suppress", from: "Nina <nina@people.test>", to: helpAddress, subject: "From Outlook", header: []string{"X-Auto-Response-Suppress: OOF, AutoReply"}, body: "I am a person."})
	})
}

func mailOutOfOffice(t *testing.T, h *mailHouse) {
	h.rig.AddUser("nina@people.test", "pw")
	n := h.opens(t, mailDraft{id: "ooo1", from: "Nina <nina@people.test>", to: helpAddress, subject: "Holiday", body: "Before I leave."})
	h.answers(t, n, "ooo-answer")
	signed := envelope(h.gets(t, "nina@people.test", "ooo-answer").Header.Get("Reply-To"))
	h.solve(t, n)
	for _, m := range []mailDraft{
		{id: "ooo-en", subject: "Automatic reply: Holiday", header: []string{"Auto-Submitted: auto-replied"}, body: "I am out of the office."},
		{id: "ooo-ru", subject: "=?utf-8?B?0JDQstGC0L7QvtGC0LLQtdGC?=: Holiday", header: []string{"Content-Type: text/plain; charset=utf-8"}, body: "Меня нет на месте до понедельника."},
	} {
		m.from, m.to = "Nina <nina@people.test>", signed
		h.expect(t, h.writes(t, m), hub.OutcomeAdded, "hub.why.signed", n)
	}
	c := h.talk(t, n)
	if len(c.Messages) != 4 || last(c).Auto != "reply" || c.Ticket.Category != tickets.Solved {
		t.Errorf("%d messages, the last %q, the ticket %s", len(c.Messages), last(c).Auto, c.Ticket.Category)
	}
	if got := len(h.rig.Messages("nina@people.test")); got != 1 {
		t.Errorf("Nina has %d mails of one answer", got)
	}
	e := h.writes(t, mailDraft{id: "ooo-lost", from: "Otto <otto@people.test>", to: helpAddress, subject: "Out of office", header: []string{"Auto-Submitted: auto-replied"}, body: "Away."})
	h.expect(t, e, hub.OutcomeKept, "hub.why.auto", 0)
}

func mailNewsletter(t *testing.T, h *mailHouse) {
	e := h.writes(t, mailDraft{id: "news", from: "Shop <news@shop.test>", to: helpAddress, subject: "Big sale", header: []string{"List-Unsubscribe: <https://shop.test/u>"}, body: "Buy."})
	h.expect(t, e, hub.OutcomeKept, "hub.why.list", 0)
	page := body(t)(h.browser(t).PostForm(h.url+"/settings/ledger/"+mailNumber(e.ID)+"/ticket", url.Values{}))
	if !strings.Contains(page, "Big sale") {
		t.Error("one click made no ticket")
	}
	e, err := h.srv.Store.Entry(t.Context(), e.ID)
	mailMust(t, err)
	h.expect(t, e, hub.OutcomeOpened, "hub.why.asked", anyTicket)
	if got := last(h.talk(t, e.Ticket)).Body; !strings.Contains(got, "Buy.") {
		t.Errorf("the ticket says %q", got)
	}
}

// mailBounces is what mail servers say about answers that do not arrive.
func mailBounces(t *testing.T, h *mailHouse) {
	n := h.opens(t, mailDraft{id: "gone1", from: "Gone <gone@people.test>", to: helpAddress, subject: "I leave", body: "Write to me."})
	sent := h.answers(t, n, "bounce-answer")
	mailUntil(t, "the bounce marks the answer", func() bool { return h.message(t, sent.ID).Delivery.State == tickets.DeliveryFailed })
	m, c := h.message(t, sent.ID), h.talk(t, n)
	if m.Delivery.Reason.Key != "hub.why.bounced" || m.Delivery.Reason.Args["address"] != "gone@people.test" {
		t.Errorf("failed because %+v, %q", m.Delivery.Reason, m.Delivery.Detail)
	}
	if c.Ticket.Undelivered != 1 || last(c).Auto != "bounce" {
		t.Errorf("%d undelivered, the last message is %q", c.Ticket.Undelivered, last(c).Auto)
	}
	if list := h.page(t, "/tickets?view=open"); !strings.Contains(strings.ToLower(list), "not delivered") {
		t.Error("the list does not say that the answer was not delivered")
	}
	if page := h.page(t, "/tickets/"+mailNumber(n)); !strings.Contains(page, "gone@people.test refused the message") {
		t.Error("the page does not say why")
	}
	mailRetried(t, h, sent.ID)
	mailDelayed(t, h)
}

// mailRetried writes anew, since a returned answer does not leave twice, once the
// person has written from the address again.
func mailRetried(t *testing.T, h *mailHouse, message int64) {
	if _, err := h.srv.Tickets.Resend(t.Context(), tickets.AsAgent(h.admin), message); tickets.KindOf(err) != tickets.Blocked {
		t.Errorf("a returned answer leaves again: %v", err)
	}
	h.rig.AddUser("gone@people.test", "pw")
	e := h.writes(t, mailDraft{id: "gone2", from: "Gone <gone@people.test>", to: helpAddress, subject: "Re: I leave", header: []string{"References: <gone1@people.test>"}, body: "I am back."})
	h.expect(t, e, hub.OutcomeAdded, "hub.why.refs", anyTicket)
	h.answers(t, e.Ticket, "back-answer")
	h.gets(t, "gone@people.test", "back-answer")
}

// mailDelayed is a server that keeps trying.
func mailDelayed(t *testing.T, h *mailHouse) {
	h.rig.AddUser("slow@people.test", "pw")
	n := h.opens(t, mailDraft{id: "slow1", from: "Slow <slow@people.test>", to: helpAddress, subject: "Slowly", body: "Take your time."})
	sent := h.answers(t, n, "slow-answer")
	got := h.gets(t, "slow@people.test", "slow-answer")
	mailUntil(t, "the answer counts as sent", func() bool { return h.message(t, sent.ID).Delivery.State == tickets.DeliverySent })
	report := mailDraft{
		id: "delay", from: "Mail Delivery <MAILER-DAEMON@mx.people.test>", to: helpAddress, subject: "Delivery delayed",
		header: []string{"Auto-Submitted: auto-replied", "MIME-Version: 1.0", "Content-Type: multipart/report; report-type=delivery-status; boundary=b"},
		body: "--b\nContent-Type: text/plain\n\nStill trying.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.people.test\n\n" +
			"Final-Recipient: rfc822; slow@people.test\nAction: delayed\nStatus: 4.4.1\n\n--b\nContent-Type: text/rfc822-headers\n\nMessage-ID: " + got.Header.Get("Message-Id") + "\n\n--b--",
	}
	h.rig.Deliver(helpAddress, report.bytes())
	h.expect(t, h.settled(t, "mid:"+report.messageID()+":", 1)[0], hub.OutcomeAdded, "hub.why.delayed", n)
	if c := h.talk(t, n); h.message(t, sent.ID).Delivery.State != tickets.DeliverySent || c.Ticket.Undelivered != 0 || c.Ticket.Category != tickets.Open {
		t.Errorf("a delayed answer is %s, %d undelivered", h.message(t, sent.ID).Delivery.State, c.Ticket.Undelivered)
	}
	if page := h.page(t, "/tickets/"+mailNumber(n)); !strings.Contains(page, "message to slow@people.test not delivered yet") {
		t.Error("the page does not say that the answer is late")
	}
}

func (h *mailHouse) message(t *testing.T, id int64) tickets.Message {
	t.Helper()
	m, err := h.srv.Store.Message(t.Context(), id)
	mailMust(t, err)
	return m
}
