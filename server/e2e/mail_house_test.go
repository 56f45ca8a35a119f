package e2e

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/email/mailtest"
	"okno/channels/hub"
	"okno/server"
	"okno/tickets"
	"okno/tickets/people"
)

const (
	salesAddress = "sales@example.test"
	salesTeam    = "Sales"
	agentAddress = adminEmail
)

// mailHouse is one desk with two mailboxes on real mail servers. All stories
// about mail share it, so each uses people of its own.
type mailHouse struct {
	*desk
	rig    *mailtest.Rig
	admin  people.Agent
	box    hub.Channel // help@example.test
	sales  hub.Channel // sales@example.test, of the team Sales
	solved int64
	// senders counts those whose address does not matter.
	senders int
}

func newMailHouse(t *testing.T, rig *mailtest.Rig) *mailHouse {
	t.Helper()
	for _, address := range []string{helpAddress, salesAddress} {
		rig.AddUser(address, helpPassword)
	}
	c := withAdmin(t.TempDir())
	c.PublicURL = "http://" + publicHost
	h := &mailHouse{rig: rig, desk: start(t, c, server.Options{Kinds: quick(rig), UndoWindow: 10 * time.Millisecond})}
	h.admin = h.signature("Jonas\nMayak support")
	team, err := h.srv.People.SaveTeam(t.Context(), h.admin, people.Team{Name: salesTeam})
	mailMust(t, err)
	h.box = h.connect(t, helpAddress, 0, false)
	h.sales = h.connect(t, salesAddress, team.ID, false)
	h.solved = h.status(t, tickets.Solved)
	return h
}

// signature signs the administrator in and gives their answers an end.
func (h *mailHouse) signature(text string) people.Agent {
	h.t.Helper()
	a, err := h.srv.People.SignIn(h.t.Context(), adminEmail, adminPassword)
	mailMust(h.t, err)
	a, err = h.srv.People.ChangeProfile(h.t.Context(), a, people.Profile{Name: "Jonas Weber", Language: "en", Signature: text})
	mailMust(h.t, err)
	return a
}

func (h *mailHouse) connect(t testing.TB, address string, team int64, acknowledge bool) hub.Channel {
	t.Helper()
	settings := mailbox(h.rig)
	settings["address"], settings["imap_user"], settings["name"] = address, address, "Mayak"
	c, err := h.srv.Hub.SaveChannel(t.Context(), h.admin, hub.Channel{
		Connection: channels.Connection{Kind: "email", Name: address, Settings: settings, Secrets: map[string]string{"imap_password": helpPassword}},
		TeamID:     team, Enabled: true, Acknowledge: acknowledge,
	})
	mailMust(t, err)
	return c
}

func (h *mailHouse) status(t testing.TB, c tickets.Category) int64 {
	t.Helper()
	list, err := h.srv.Tickets.Statuses(t.Context())
	mailMust(t, err)
	at := slices.IndexFunc(list, func(s tickets.Status) bool { return s.Category == c })
	return list[at].ID
}

// mailDraft is a mail a mail program would send.
type mailDraft struct {
	id      string // the left side of the Message-ID; empty: none
	from    string // as in the header
	to, cc  string
	subject string
	header  []string // further lines
	body    string
}

func (m mailDraft) messageID() string { return m.id + "@people.test" }

func (m mailDraft) bytes() []byte {
	lines := []string{"Date: " + time.Now().UTC().Format(time.RFC1123Z)}
	for _, f := range [][2]string{{"From", m.from}, {"To", m.to}, {"Cc", m.cc}, {"Subject", m.subject}} {
		if f[1] != "" {
			lines = append(lines, f[0]+": "+f[1])
		}
	}
	if m.id != "" {
		lines = append(lines, "Message-ID: <"+m.messageID()+">")
	}
	lines = append(append(lines, m.header...), "", m.body, "")
	return []byte(strings.ReplaceAll(strings.Join(lines, "\n"), "\n", "\r\n"))
}

// envelope is the bare address of a header value.
func envelope(from string) string {
	if _, inner, named := strings.Cut(from, "<"); named {
		from = strings.TrimSuffix(inner, ">")
	}
	return from
}

// writes sends a mail to the desk's mailboxes named (help when none is) and
// waits until the desk knows what becomes of it.
func (h *mailHouse) writes(t *testing.T, m mailDraft, to ...string) hub.Entry {
	t.Helper()
	if len(to) == 0 {
		to = []string{envelope(m.to)}
	}
	h.rig.Submit(envelope(m.from), to, m.bytes())
	return h.settled(t, "mid:"+m.messageID()+":", len(to))[0]
}

// settled waits until so many entries whose object begins so are settled.
func (h *mailHouse) settled(t *testing.T, object string, n int) (found []hub.Entry) {
	t.Helper()
	mailUntil(t, "the mail "+object+" is settled", func() bool {
		found = h.entries(t, func(e hub.Entry) bool { return strings.HasPrefix(e.Event.Object, object) })
		return len(found) >= n && !slices.ContainsFunc(found, func(e hub.Entry) bool { return e.Outcome == hub.OutcomePending })
	})
	slices.SortFunc(found, func(a, b hub.Entry) int { return int(a.ID - b.ID) })
	return found
}

func (h *mailHouse) entries(t *testing.T, like func(hub.Entry) bool) (found []hub.Entry) {
	t.Helper()
	page, err := h.srv.Hub.Ledger(t.Context(), h.admin, hub.LedgerQuery{Limit: 100})
	mailMust(t, err)
	for _, e := range page.Entries {
		full, err := h.srv.Store.Entry(t.Context(), e.ID)
		mailMust(t, err)
		if like(full) {
			found = append(found, full)
		}
	}
	return found
}

// talk is a ticket with everything in it.
func (h *mailHouse) talk(t *testing.T, number int64) tickets.Conversation {
	t.Helper()
	c, err := h.srv.Tickets.Conversation(t.Context(), tickets.AsAgent(h.admin), number)
	mailMust(t, err)
	return c
}

// answers replies as the administrator.
func (h *mailHouse) answers(t *testing.T, number int64, text string, files ...tickets.File) tickets.Message {
	t.Helper()
	return h.answersAs(t, h.admin, number, text, files...)
}

func (h *mailHouse) answersAs(t *testing.T, a people.Agent, number int64, text string, files ...tickets.File) tickets.Message {
	t.Helper()
	c := h.talk(t, number)
	m, err := h.srv.Tickets.Reply(t.Context(), tickets.AsAgent(a), c.Ticket.ID, tickets.NewMessage{Body: text, Files: files, SeenSeq: c.Ticket.LastSeq})
	mailMust(t, err)
	return m
}

// gets waits for the mail with these words (plain ASCII, short) at an address.
func (h *mailHouse) gets(t *testing.T, address, words string) (found mailtest.Message) {
	t.Helper()
	mailUntil(t, "a mail with "+words+" arrives at "+address, func() bool {
		list := h.holding(address, words)
		if len(list) > 0 {
			found = list[0]
		}
		return len(list) > 0
	})
	return found
}

// holding are the mails with these words at an address.
func (h *mailHouse) holding(address, words string) (found []mailtest.Message) {
	for _, m := range h.rig.Messages(address) {
		if strings.Contains(m.Body(), words) {
			found = append(found, m)
		}
	}
	return found
}

func (h *mailHouse) solve(t *testing.T, number int64) {
	t.Helper()
	c := h.talk(t, number)
	_, err := h.srv.Tickets.Change(t.Context(), tickets.AsAgent(h.admin), c.Ticket.ID, c.Ticket.Version, tickets.Change{StatusID: &h.solved})
	mailMust(t, err)
}

// addresses are those of persons, sorted.
func (h *mailHouse) addresses(t *testing.T, persons ...int64) (out []string) {
	t.Helper()
	for _, id := range persons {
		list, err := h.srv.Store.Identities(t.Context(), id)
		mailMust(t, err)
		for _, i := range list {
			out = append(out, i.Address)
		}
	}
	slices.Sort(out)
	return out
}

// expect checks what became of a mail.
func (h *mailHouse) expect(t *testing.T, e hub.Entry, outcome hub.Outcome, why string, ticket int64) {
	t.Helper()
	if e.Outcome != outcome || e.Why.Key != why || ticket >= 0 && e.Ticket != ticket {
		t.Errorf("%q became %s of #%d because %s; want %s of #%d because %s", e.Subject, e.Outcome, e.Ticket, e.Why.Key, outcome, ticket, why)
	}
}

// anyTicket stands for a number that does not matter.
const anyTicket = -1

// opens writes a first mail and answers the number of its ticket.
func (h *mailHouse) opens(t *testing.T, m mailDraft, to ...string) int64 {
	t.Helper()
	e := h.writes(t, m, to...)
	h.expect(t, e, hub.OutcomeOpened, "hub.why.new", anyTicket)
	if e.Ticket == 0 {
		t.Fatalf("no ticket for %q", m.subject)
	}
	return e.Ticket
}

// last is the latest message of a ticket.
func last(c tickets.Conversation) tickets.Message { return c.Messages[len(c.Messages)-1] }

func mailMust(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// mailUntil polls until holds, or ends the test with the sentence.
func mailUntil(t testing.TB, sentence string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	tick := time.NewTicker(25 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatalf("never came true: %s", sentence)
		case <-tick.C:
		}
	}
}

func mailNumber(n int64) string { return strconv.FormatInt(n, 10) }

// TestMail plays how people really write mail, on one desk.
func TestMail(t *testing.T) {
	t.Parallel()
	rig := mailtest.Start(t)
	h := newMailHouse(t, rig)
	for _, story := range []struct {
		name string
		play func(t *testing.T, h *mailHouse)
	}{
		{"threads", mailThreads}, {"copies", mailCopies}, {"forwards", mailForwards}, {"machines", mailMachines}, {"bounces", mailBounces}, {"loops", mailLoops}, {"broken", mailBroken}, {"leaving", mailLeaving},
	} {
		t.Run(story.name, func(t *testing.T) { story.play(t, h) })
	}
	for _, e := range h.entries(t, func(e hub.Entry) bool { return e.Outcome == hub.OutcomeAside || e.Outcome == hub.OutcomePending }) {
		t.Errorf("left over: %s %s", e.Subject, fmt.Sprint(e.Outcome, " ", e.Detail))
	}
}
