package e2e

import (
	"slices"
	"strings"
	"testing"

	"okno/channels/hub"
)

type forwardedMail struct{ name, subject, body string }

// forwardsOf is how mail programs pass the mail of karl@people.test on.
func forwardsOf() []forwardedMail {
	return []forwardedMail{
		{"gmail", "Fwd: Chair", "Yours.\n\n---------- Forwarded message ---------\nFrom: Karl <karl@people.test>\nDate: Mon, Mar 3, 2025 at 9:00 AM\nSubject: Chair\nTo: <admin@example.test>\n\nThe chair broke.\n"},
		{"gmail ru", "Fwd: Стул", "---------- Пересланное сообщение ---------\nОт: Карл <karl@people.test>\nДата: пн, 3 мар. 2025 г. в 9:00\nТема: Стул\nКому: <admin@example.test>\n\nThe chair broke. Стул сломался.\n"},
		{"outlook", "FW: Chair", "Yours.\n\nFrom: Karl <karl@people.test>\nSent: Monday, March 3, 2025 9:00 AM\nTo: admin@example.test\nSubject: Chair\n\nThe chair broke.\n"},
		{"outlook ru", "Пересл: Стул", "Посмотрите.\n\nОт: Карл [mailto:karl@people.test]\nОтправлено: 3 марта 2025 г. 9:00\nКому: Админ\nТема: Стул\n\nThe chair broke. Стул сломался.\n"},
	}
}

// mailForwards is an agent passing on what somebody wrote to them.
func mailForwards(t *testing.T, h *mailHouse) {
	const text = "Content-Type: text/plain; charset=utf-8"
	for _, f := range forwardsOf() {
		t.Run(f.name, func(t *testing.T) {
			id := "fwd-" + strings.ReplaceAll(f.name, " ", "-")
			m := mailDraft{id: id, from: "Jonas <" + agentAddress + ">", to: helpAddress, subject: f.subject, header: []string{text}, body: f.body}
			h.forwarded(t, h.writes(t, m))
			m.id, m.from = id+"-stranger", "Stranger <stranger@people.test>"
			n := h.opens(t, m)
			if got := h.addresses(t, h.talk(t, n).Ticket.RequesterID); !slices.Equal(got, []string{"stranger@people.test"}) {
				t.Errorf("a stranger's forward asks for %v", got)
			}
		})
	}
	t.Run("attached", func(t *testing.T) {
		m := mailDraft{
			id: "fwd-attached", from: "Jonas <" + agentAddress + ">", to: helpAddress, subject: "Fwd: Chair",
			header: []string{"MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b"},
			body:   "--b\nContent-Type: text/plain\n\nSee attached.\n--b\nContent-Type: message/rfc822\n\nFrom: Karl <karl@people.test>\nSubject: Chair\n" + text + "\n\nThe chair broke.\n--b--",
		}
		h.forwarded(t, h.writes(t, m))
	})
}

// forwarded checks that the person who wrote first asks, and the agent follows.
func (h *mailHouse) forwarded(t *testing.T, e hub.Entry) {
	t.Helper()
	h.expect(t, e, hub.OutcomeOpened, "hub.why.forwarded", anyTicket)
	c := h.talk(t, e.Ticket)
	if got := h.addresses(t, c.Ticket.RequesterID); !slices.Equal(got, []string{"karl@people.test"}) {
		t.Errorf("the requester is %v", got)
	}
	if got := h.addresses(t, c.Ticket.Followers...); !slices.Equal(got, []string{agentAddress}) {
		t.Errorf("followers are %v", got)
	}
	m := last(c)
	if whole := m.Body + m.Quoted; !strings.Contains(whole, "The chair broke.") {
		t.Errorf("the words are lost: %q, quoted %q", m.Body, m.Quoted)
	}
	if c.Ticket.Subject != "Chair" && c.Ticket.Subject != "Стул" {
		t.Errorf("the subject is %q", c.Ticket.Subject)
	}
}
