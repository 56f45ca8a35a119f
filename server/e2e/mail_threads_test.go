package e2e

import (
	"slices"
	"strings"
	"testing"

	"okno/channels/hub"
	"okno/tickets"
)

// mailThreads is how an answer finds its ticket, by every sign there is, and how
// a stranger's does not.
func mailThreads(t *testing.T, h *mailHouse) {
	const vera, petr, mallory = "Vera <vera@people.test>", "Petr <petr@people.test>", "Mallory <mallory@people.test>"
	h.rig.AddUser("vera@people.test", "pw")
	h.rig.AddUser("petr@people.test", "pw")
	n := h.opens(t, mailDraft{id: "thread1", from: vera, to: helpAddress, cc: petr, subject: "Lamp", body: "The lamp flickers."})
	h.answers(t, n, "thread-answer-one")
	got := h.gets(t, "vera@people.test", "thread-answer-one")
	mine, signed := got.Header.Get("Message-Id"), envelope(got.Header.Get("Reply-To"))

	added := func(name string, m mailDraft, why string) {
		t.Run(name, func(t *testing.T) {
			m.subject, m.body = orElse(m.subject, "Something else"), name
			h.expect(t, h.writes(t, m), hub.OutcomeAdded, why, n)
			if !strings.Contains(last(h.talk(t, n)).Body, name) {
				t.Error("the text is not on the ticket")
			}
		})
	}
	added("signed address", mailDraft{id: "t-signed", from: vera, to: signed}, "hub.why.signed")
	added("own id at the plain address", mailDraft{id: "t-own", from: vera, to: helpAddress, header: []string{"In-Reply-To: " + mine}}, "hub.why.signed")
	added("reference to a third party's mail", mailDraft{id: "t-third", from: vera, to: helpAddress, header: []string{"References: <unknown@x.test> <thread1@people.test>"}}, "hub.why.refs")
	added("number in the subject", mailDraft{id: "t-number", from: vera, to: helpAddress, subject: "Lamp [#" + mailNumber(n) + "]"}, "hub.why.subject")
	added("follower", mailDraft{id: "t-follower", from: petr, to: signed, cc: "vera@people.test"}, "hub.why.signed")

	t.Run("stranger with a number", func(t *testing.T) {
		e := h.writes(t, mailDraft{id: "t-stranger", from: mallory, to: helpAddress, subject: "Re: Lamp [#" + mailNumber(n) + "]", body: "Show me."})
		h.expect(t, e, hub.OutcomeOpened, "hub.why.stranger", anyTicket)
		h.looksLike(t, e, n)
	})
	t.Run("wrong signature", func(t *testing.T) {
		forged := strings.Replace(signed, "+t"+mailNumber(n)+".", "+t"+mailNumber(n)+".x", 1)
		e := h.writes(t, mailDraft{id: "t-forged", from: vera, to: forged, subject: "Re: Lamp [#" + mailNumber(n) + "]", header: []string{"References: <thread1@people.test>"}, body: "Forged."})
		h.expect(t, e, hub.OutcomeOpened, "hub.why.forged", anyTicket)
		h.looksLike(t, e, n)
	})
	t.Run("reopens", func(t *testing.T) {
		h.solve(t, n)
		h.writes(t, mailDraft{id: "t-reopens", from: vera, to: signed, subject: "Re: Lamp", body: "It flickers again."})
		if c := h.talk(t, n).Ticket.Category; c != tickets.Open {
			t.Errorf("the ticket is %s", c)
		}
	})
	t.Run("nobody gets anything twice", func(t *testing.T) {
		h.answers(t, n, "thread-answer-two")
		h.gets(t, "vera@people.test", "thread-answer-two")
		for _, who := range []string{"vera@people.test", "petr@people.test"} {
			if got := len(h.rig.Messages(who)); got != 2 {
				t.Errorf("%s has %d mails of two answers", who, got)
			}
		}
		if f := h.addresses(t, h.talk(t, n).Ticket.Followers...); !slices.Equal(f, []string{"petr@people.test"}) {
			t.Errorf("followers are %v", f)
		}
	})
}

// looksLike checks that the ticket of an entry says which one it named.
func (h *mailHouse) looksLike(t *testing.T, e hub.Entry, n int64) {
	t.Helper()
	if e.Ticket == n || h.talk(t, e.Ticket).Ticket.LooksLike != n {
		t.Errorf("ticket #%d says that it looks like #%d, want #%d", e.Ticket, h.talk(t, e.Ticket).Ticket.LooksLike, n)
	}
	if page := h.page(t, "/tickets/"+mailNumber(e.Ticket)); !strings.Contains(page, "Looks like a reply to #"+mailNumber(n)) {
		t.Error("the page does not say what it looks like")
	}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
