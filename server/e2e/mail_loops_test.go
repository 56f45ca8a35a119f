package e2e

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"okno/channels/hub"
	"okno/server"
	"okno/tickets"
)

const (
	tellingAddress = "telling@example.test" // acknowledges every ticket
	othersAddress  = "desk@elsewhere.test"  // a mailbox of another desk
)

// mailLoops is what must end by itself.
func mailLoops(t *testing.T, h *mailHouse) {
	for _, address := range []string{tellingAddress, othersAddress} {
		h.rig.AddUser(address, helpPassword)
	}
	h.connect(t, tellingAddress, 0, true)
	t.Run("acknowledgement", func(t *testing.T) { mailAcknowledged(t, h) })
	t.Run("form", func(t *testing.T) { mailOffered(t, h) })
	t.Run("two desks", func(t *testing.T) { mailTwoDesks(t, h) })
	t.Run("own address", func(t *testing.T) {
		e := h.writes(t, mailDraft{id: "own", from: "Mayak <" + helpAddress + ">", to: helpAddress, subject: "Myself", body: "Me."})
		h.expect(t, e, hub.OutcomeKept, "hub.why.own", 0)
	})
	t.Run("storm of absences", func(t *testing.T) { mailStorm(t, h) })
	t.Run("flood", func(t *testing.T) { mailFlood(t, h) })
}

// mailAcknowledged is told a number once an hour, in the language of the mail.
func mailAcknowledged(t *testing.T, h *mailHouse) {
	for _, who := range []string{"inna@people.test", "john@people.test"} {
		h.rig.AddUser(who, "pw")
	}
	russian := []string{"MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8"}
	h.opens(t, mailDraft{id: "ack-ru", from: "Inna <inna@people.test>", to: tellingAddress, subject: "Lamp", header: russian, body: "Лампа снова мигает, посмотрите, пожалуйста."})
	mailUntil(t, "Inna is told", func() bool { return len(h.rig.Messages("inna@people.test")) == 1 })
	told := h.rig.Messages("inna@people.test")[0]
	if got := parsedMail(t, told.Raw); !strings.Contains(got.Text, "обращение") && !strings.Contains(got.Text, "заявк") {
		t.Errorf("a Russian is told %q", got.Text)
	}
	if told.Header.Get("Auto-Submitted") != "auto-generated" {
		t.Error("the acknowledgement does not say that it is automatic")
	}
	h.opens(t, mailDraft{id: "ack-again", from: "Inna <inna@people.test>", to: tellingAddress, subject: "Second", body: "Another thing."})
	h.quiet(t, "john@people.test", "ack-en")
	if got := len(h.rig.Messages("inna@people.test")); got != 1 {
		t.Errorf("Inna was told %d times within the hour", got)
	}
	if got := parsedMail(t, h.rig.Messages("john@people.test")[0].Raw); !strings.Contains(got.Text, "We have received") {
		t.Errorf("an Englishman is told %q", got.Text)
	}
}

// mailOffered is led by the acknowledgement to the form their letter asks for.
func mailOffered(t *testing.T, h *mailHouse) {
	h.rig.AddUser("oleg@people.test", "pw")
	russian := []string{"MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8"}
	n := h.opens(t, mailDraft{id: "offered", from: "Oleg <oleg@people.test>", to: tellingAddress, subject: "=?utf-8?B?" +
		base64.StdEncoding.EncodeToString([]byte("Парковка для курьера")) + "?=", header: russian, body: "Завтра в 15:00, номер А412МР77."})
	mailUntil(t, "Oleg is told", func() bool { return len(h.rig.Messages("oleg@people.test")) == 1 })
	told := parsedMail(t, h.rig.Messages("oleg@people.test")[0].Raw).Text
	link := regexp.MustCompile(`http://\S+/portal/r/\w+\?[\w%=&+-]+`).FindString(told)
	where, err := url.Parse(link)
	mailMust(t, err)
	if q := where.Query(); q.Get("about-ticket") != mailNumber(n) || q.Get("plate") != "А412МР77" || len(q) < 4 {
		t.Fatalf("the letter says %q", told)
	}
	page, err := http.Get("http://" + h.srv.Addr() + where.RequestURI())
	mailMust(t, err)
	mailMust(t, page.Body.Close())
	if page.StatusCode != http.StatusOK || !strings.Contains(page.Request.URL.Path, "/portal/r/") {
		t.Errorf("%s leads to %s, %d", link, page.Request.URL, page.StatusCode)
	}
}

// quiet waits until everything said so far has had its effect: the log is
// followed in order, so an acknowledgement of later mail comes last.
func (h *mailHouse) quiet(t *testing.T, address, id string) {
	t.Helper()
	h.opens(t, mailDraft{id: id, from: "John <" + address + ">", to: tellingAddress, subject: "Quiet", body: "Is anybody there today?"})
	mailUntil(t, address+" is told", func() bool { return len(h.rig.Messages(address)) > 0 })
}

func mailTwoDesks(t *testing.T, h *mailHouse) {
	other := &mailHouse{rig: h.rig, desk: start(t, withAdmin(t.TempDir()), server.Options{Kinds: quick(h.rig), UndoWindow: 1})}
	other.admin = other.signature("")
	box := other.connect(t, othersAddress, 0, true)
	p, err := other.srv.People.Known(t.Context(), "email", tellingAddress, "Mayak", "en")
	mailMust(t, err)
	ticket, _, err := other.srv.Tickets.Create(t.Context(), tickets.AsAgent(other.admin), tickets.NewTicket{
		Subject: "From desk to desk", RequesterID: p.ID, ChannelID: box.ID, Kind: tickets.Reply, Outgoing: &tickets.NewMessage{Body: "Please ship it."},
	})
	mailMust(t, err)
	mailUntil(t, "the acknowledgement is on the ticket", func() bool { return len(other.talk(t, ticket.Number).Messages) == 2 })
	h.rig.AddUser("jane@people.test", "pw")
	h.quiet(t, "jane@people.test", "desks-quiet")
	other.rig.AddUser("jack@people.test", "pw")
	other.tells(t, "jack@people.test")
	n := len(h.holding(tellingAddress, "Please ship it.")) + len(h.rig.Messages(othersAddress)) - 1 // but for Jack's
	if n != 2 {
		t.Errorf("the desks wrote each other %d mails", n)
	}
}

// tells writes to the other desk and waits for its acknowledgement.
func (h *mailHouse) tells(t *testing.T, address string) {
	t.Helper()
	m := mailDraft{id: "jack", from: "Jack <" + address + ">", to: othersAddress, subject: "Quiet", body: "Is anybody there today?"}
	h.writes(t, m)
	mailUntil(t, address+" is told", func() bool { return len(h.rig.Messages(address)) > 0 })
}

// mailStorm is a colleague whose absence answers everything.
func mailStorm(t *testing.T, h *mailHouse) {
	h.rig.AddUser("away@people.test", "pw")
	n := h.opens(t, mailDraft{id: "storm", from: "Away <away@people.test>", to: helpAddress, subject: "Storm", body: "I go away."})
	h.answers(t, n, "storm-answer")
	signed := envelope(h.gets(t, "away@people.test", "storm-answer").Header.Get("Reply-To"))
	for i := range 25 {
		m := mailDraft{id: fmt.Sprintf("storm-%d", i), from: "Away <away@people.test>", to: signed, subject: "Automatic reply: Storm", header: []string{"Auto-Submitted: auto-replied"}, body: fmt.Sprintf("Away %d.", i)}
		h.rig.Submit("away@people.test", []string{signed}, m.bytes())
	}
	h.settled(t, "mid:storm-", 25)
	if got := len(h.talk(t, n).Messages); got > 22 {
		t.Errorf("%d messages on the ticket", got)
	}
	if got := len(h.rig.Messages("away@people.test")); got != 1 {
		t.Errorf("the storm was answered %d times", got-1)
	}
}

// mailFlood is a program that opens a ticket after the other.
func mailFlood(t *testing.T, h *mailHouse) {
	for i := range 15 {
		m := mailDraft{id: fmt.Sprintf("flood-%d-", i), from: "Flood <flood@people.test>", to: helpAddress, subject: fmt.Sprintf("Alarm %d", i), body: "Alarm."}
		h.rig.Submit("flood@people.test", []string{helpAddress}, m.bytes())
	}
	made := map[int64]int{}
	for _, e := range h.settled(t, "mid:flood-", 15) {
		made[e.Ticket]++
		if e.Ticket == 0 || e.MessageID == 0 {
			t.Errorf("%s was not shown: %s", e.Subject, e.Why.Key)
		}
	}
	if len(made) != 10 {
		t.Errorf("%d tickets of 15 mails", len(made))
	}
}
