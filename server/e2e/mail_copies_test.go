package e2e

import (
	"slices"
	"strings"
	"testing"

	"okno/channels/hub"
)

// mailCopies is what becomes of everybody else a mail is addressed to.
func mailCopies(t *testing.T, h *mailHouse) {
	for _, who := range []string{"olga@people.test", "lena@people.test", "ivan@people.test", "olga-home@people.test", "site-visitor@people.test"} {
		h.rig.AddUser(who, "pw")
	}
	t.Run("followers get one mail", func(t *testing.T) { mailFollowers(t, h) })
	t.Run("one mail to two mailboxes", func(t *testing.T) { mailTwoBoxes(t, h) })
	t.Run("answer goes where it is asked to", func(t *testing.T) { mailReplyTo(t, h) })
}

func mailFollowers(t *testing.T, h *mailHouse) {
	n := h.opens(t, mailDraft{
		id: "copies1", from: "Olga <olga@people.test>", to: helpAddress + ", Lena <LENA@people.test>",
		cc: "Ivan <ivan@people.test>, No <no-reply@shop.test>, " + salesAddress + ", " + helpAddress, subject: "Copies", body: "See copies.",
	}, helpAddress)
	want := []string{"ivan@people.test", "lena@people.test"}
	if got := h.addresses(t, h.talk(t, n).Ticket.Followers...); !slices.Equal(got, want) {
		t.Errorf("followers are %v, want %v", got, want)
	}
	h.answers(t, n, "copies-answer")
	got := h.gets(t, "olga@people.test", "copies-answer")
	if to, cc := got.Header.Get("To"), got.Header.Get("Cc"); !strings.Contains(to, "olga@") || strings.Contains(to, "lena@") || !strings.Contains(cc, "lena@") || !strings.Contains(cc, "ivan@") {
		t.Errorf("To %q, Cc %q", to, cc)
	}
	for _, who := range want {
		if id := h.gets(t, who, "copies-answer").Header.Get("Message-Id"); id != got.Header.Get("Message-Id") {
			t.Errorf("%s got another mail", who)
		}
	}
}

func mailTwoBoxes(t *testing.T, h *mailHouse) {
	m := mailDraft{id: "both", from: "Olga <olga@people.test>", to: helpAddress + ", " + salesAddress, subject: "To both", body: "Who is right for this?"}
	h.rig.Submit("olga@people.test", []string{helpAddress, salesAddress}, m.bytes())
	all := h.settled(t, "mid:"+m.messageID()+":", 2)
	slices.SortFunc(all, func(a, b hub.Entry) int { return strings.Compare(string(a.Outcome), string(b.Outcome)) })
	h.expect(t, all[0], hub.OutcomeOpened, "hub.why.new", anyTicket)
	h.expect(t, all[1], hub.OutcomeSeen, "hub.why.seen", all[0].Ticket)
	if c := h.talk(t, all[0].Ticket); len(c.Messages) != 1 || len(c.Ticket.Followers) != 0 {
		t.Errorf("%d messages, followers %v", len(c.Messages), c.Ticket.Followers)
	}
	n := h.opens(t, mailDraft{id: "salesonly", from: "Olga <olga@people.test>", to: salesAddress, subject: "Price", body: "How much?"})
	if c := h.talk(t, n); c.Ticket.TeamID != h.sales.TeamID {
		t.Errorf("the ticket has team %d", c.Ticket.TeamID)
	}
	h.answers(t, n, "sales-answer")
	if from := h.gets(t, "olga@people.test", "sales-answer").Header.Get("From"); !strings.Contains(from, salesAddress) {
		t.Errorf("the answer comes from %q", from)
	}
}

func mailReplyTo(t *testing.T, h *mailHouse) {
	n := h.opens(t, mailDraft{
		id: "webform", from: "Web site <noreply@example.test>", to: helpAddress, subject: "Form",
		header: []string{"Reply-To: Visitor <site-visitor@people.test>"}, body: "Call me.",
	})
	h.answers(t, n, "form-answer")
	h.gets(t, "site-visitor@people.test", "form-answer")

	n = h.opens(t, mailDraft{
		id: "ownform", from: "Web site <" + helpAddress + ">", to: helpAddress, subject: "Form",
		header: []string{"Reply-To: Visitor <site-visitor@people.test>"}, body: "Call me again.",
	})
	if got := h.addresses(t, h.talk(t, n).Ticket.RequesterID); !slices.Equal(got, []string{"site-visitor@people.test"}) {
		t.Errorf("a form as ourselves asks for %v", got)
	}

	n = h.opens(t, mailDraft{
		id: "replyto", from: "Olga <olga@people.test>", to: helpAddress, subject: "Elsewhere",
		header: []string{"Reply-To: olga-home@people.test"}, body: "Answer me at home.",
	})
	if got := h.addresses(t, h.talk(t, n).Ticket.RequesterID); !slices.Contains(got, "olga@people.test") {
		t.Errorf("the requester is %v", got)
	}
	h.answers(t, n, "home-answer")
	h.gets(t, "olga-home@people.test", "home-answer")
}
