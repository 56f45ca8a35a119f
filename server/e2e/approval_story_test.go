package e2e

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"okno/channels/channeltest"
	"okno/channels/hub"
	"okno/channels/telegram/telegramtest"
	"okno/server/browsertest"
	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// approvals is a desk where laptops are approved in three stages: by Boris, who
// has mail only, by Clara, who is away and has Vera answer in Telegram, and by
// David, who uses the portal.
type approvals struct {
	*window
	talk *telegramtest.Talk // of Vera
	bot  *telegramtest.Bot
}

func newApprovals(t *testing.T) *approvals {
	t.Helper()
	network := telegramtest.Start(t)
	a := &approvals{window: newWindowOf(t, newOfficeWith(t, channeltest.New(), telegramOptions().Kind())), bot: network.NewBot("Mayak")}
	_, err := a.srv.Hub.SaveChannel(t.Context(), a.jonas, hub.Channel{Enabled: true, Connection: telegramBot(network, a.bot)})
	a.ok(err)
	a.talk = network.NewPerson("Vera").Talk(a.bot).Opened()
	vera, clara := a.person("Vera"), a.person("Clara")
	a.ok(a.srv.Store.PutIdentity(t.Context(), people.Identity{PersonID: vera.ID, Network: "telegram", Address: strconv.FormatInt(a.talk.Person().ID, 10)}))
	now := a.clock.Now()
	a.ok(a.srv.Tickets.SetDeputy(t.Context(), tickets.AsPerson(clara.ID), clara.ID, vera.ID, now.Add(-time.Hour), now.Add(24*time.Hour)))
	a.publish(forms.RequestType{
		Key: "laptop", Name: two("Laptop", "Ноутбук"), Section: "office",
		Steps:  []forms.Step{{Key: "why", Type: fields.Text, Label: two("What for?", "Зачем?")}},
		Stages: []forms.Stage{approvedBy("lead", "Boris"), approvedBy("money", "Clara"), approvedBy("boss", "David")},
	})
	return a
}

func approvedBy(key, name string) forms.Stage {
	return forms.Stage{
		Key: key, Name: two(key, key), Rule: forms.AllOf, Late: forms.LateRefuse, Deadline: 2,
		Approvers: []forms.Approver{{Kind: forms.ByAddress, Value: mailOf(name)}},
	}
}

// requested is a request of Anna, agreed to up to the third stage.
func (a *approvals) requested() tickets.Ticket {
	a.t.Helper()
	ctx := a.t.Context()
	c, err := a.srv.Tickets.Catalog(ctx, tickets.System())
	a.ok(err)
	anna := a.person("Anna")
	made, _, err := a.srv.Tickets.Request(ctx, tickets.AsPerson(anna.ID), tickets.NewRequest{
		RequesterID: anna.ID, ChannelID: a.box.ID, Network: "email", Language: "en", Type: c.Types[0].ID, Answers: forms.Answers{"why": "To work"}, At: a.clock.Now(),
	})
	a.ok(err)
	a.agreesByMail("Boris", made.Number)
	a.agreesInChat(made.Number)
	return made
}

// agreesByMail opens the link of the letter and answers there, once.
func (a *approvals) agreesByMail(name string, number int64) {
	a.t.Helper()
	link := a.approvalLink(mailOf(name), number)
	tab := a.browser.Apart(a.url, browsertest.Look{})
	tab.Open(link)
	tab.UntilText("#asked", "To work")
	tab.Type("#comment", "He needs it")
	tab.Click("#answer button[value=agree]")
	tab.Until("document.querySelector('#approval').dataset.state === 'answered'")
	tab.Open(link)
	tab.Until("document.querySelector('#approval').dataset.state === 'used'")
	composed(a.t, tab)
}

// approvalLink waits for the letter that asks for approval of a ticket.
func (a *approvals) approvalLink(email string, number int64) (link string) {
	a.t.Helper()
	a.eventually("a letter asks "+email, func() bool {
		for _, out := range a.net.Sent() {
			if out.To.ID == email && out.Ticket == number {
				link = approveLink.FindString(out.Body)
			}
		}
		return link != ""
	})
	return link
}

// agreesInChat presses the button in Telegram, as the deputy.
func (a *approvals) agreesInChat(number int64) {
	a.t.Helper()
	words := "request #" + strconv.FormatInt(number, 10)
	asked := a.talk.Wait(a.t, "the deputy is asked", telegramtest.Says(words))
	if !strings.Contains(asked.Text, "You are asked in place of Clara.") {
		a.t.Errorf("the deputy reads %q", asked.Text)
	}
	a.talk.Press(asked.ID, "Approve")
	a.talk.Wait(a.t, "the answer is confirmed", func(m telegramtest.Message) bool { return m.ID > asked.ID && m.Buttons == nil })
}

// told waits for a mail to Anna about a ticket.
func (a *approvals) told(number int64, words string) {
	a.t.Helper()
	a.eventually("Anna is told: "+words, func() bool {
		for _, out := range a.net.Sent() {
			if out.To.ID == mailOf("Anna") && out.Ticket == number && strings.Contains(out.Body, words) {
				return true
			}
		}
		return false
	})
}

func (a *approvals) is(number int64, want tickets.Category) {
	a.t.Helper()
	a.eventually("the ticket is "+string(want), func() bool {
		t, err := a.srv.Store.TicketByNumber(a.t.Context(), number)
		return err == nil && t.Category == want
	})
}

// TestApprovalByMailChatAndPortal goes through three stages and ends in a refusal.
func TestApprovalByMailChatAndPortal(t *testing.T) {
	t.Parallel()
	a := newApprovals(t)
	made := a.requested()
	a.is(made.Number, tickets.OnHold)
	tab := a.browser.Apart(a.url, browsertest.Look{})
	a.comeIn(tab, mailOf("David"))
	tab.UntilText("#approvals", "Laptop")
	tab.Click("#approvals button[value=false]") // without a reason
	tab.See("#approvals .error")
	tab.Type("#approvals textarea", "Too dear")
	tab.Axe("a refusal in the portal")
	tab.Click("#approvals button[value=false]")
	tab.Until("!document.querySelector('#approvals')")
	a.is(made.Number, tickets.Closed)
	a.told(made.Number, "> Too dear")
	composed(t, tab)
	a.answered(made, "email", "telegram", "web")
}

// answered compares by which networks the stages were answered.
func (a *approvals) answered(made tickets.Ticket, want ...string) {
	a.t.Helper()
	chain, err := a.srv.Store.ApprovalChain(a.t.Context(), made.ID)
	a.ok(err)
	list, err := a.srv.Tickets.Approvals(a.t.Context(), made.ID)
	a.ok(err)
	var via []string
	for _, q := range list {
		if q.State != tickets.ApprovalPassed {
			via = append(via, q.Via)
		}
	}
	if len(chain.Stages) != 3 || strings.Join(via, " ") != strings.Join(want, " ") {
		a.t.Errorf("%d stages were answered by %q, want %q", len(chain.Stages), via, want)
	}
}

// TestApprovalThatComesTooLate has the third stage run out of time.
func TestApprovalThatComesTooLate(t *testing.T) {
	t.Parallel()
	a := newApprovals(t)
	made := a.requested()
	link := a.approvalLink(mailOf("David"), made.Number)
	a.clock.ago(-3 * time.Hour)
	a.restart() // a deadline outlives the process that set it
	a.told(made.Number, "was not approved in time")
	a.is(made.Number, tickets.Closed)
	tab := a.browser.Apart(a.url, browsertest.Look{})
	tab.Open(link)
	tab.Until("document.querySelector('#approval').dataset.state === 'moot'")
	composed(t, tab)
}
