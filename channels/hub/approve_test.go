package hub_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/people"
)

// approving is a chat whose desk has a mailbox too, and a form that is approved
// in three stages.
type approving struct {
	*chat
	form forms.RequestType
	anna people.Person
}

func newApproving(t *testing.T, url string) *approving {
	t.Helper()
	x := &approving{chat: newChat(t, url)}
	x.use = tickets.NewService(x.Store, tickets.Options{Say: func(language string, s tickets.Sentence) string {
		return x.say(language, channels.Text(s))
	}})
	mail := x.kind
	mail.Name, mail.Chat = "email", false
	x.more = append(x.more, mail)
	x.Hub = x.hub("one")
	c := hub.Channel{Enabled: true, Connection: connection("help@desk.org")}
	c.Kind = "email"
	_, err := x.SaveChannel(t.Context(), admin(), c)
	must(t, err)
	x.knows(t, "anna@home.org", "5")
	x.anna, err = x.people.Known(t.Context(), kind, "5", "Anna", "en")
	must(t, err)
	x.form = x.offers(t)
	return x
}

// knows makes the owner of a mail address reachable in a chat.
func (x *approving) knows(t *testing.T, address, chat string) people.Person {
	t.Helper()
	p, err := x.people.Known(t.Context(), "email", address, "", "en")
	must(t, err)
	must(t, x.PutIdentity(t.Context(), people.Identity{PersonID: p.ID, Network: kind, Address: chat}))
	return p
}

func (x *approving) offers(t *testing.T) forms.RequestType {
	t.Helper()
	by := tickets.System()
	_, err := x.use.PutMenu(t.Context(), by, forms.Menu{Sections: []forms.Section{{Key: "it", Name: forms.Text{EN: "IT", RU: "ИТ"}}}})
	must(t, err)
	both := func(word string) forms.Text { return forms.Text{EN: word, RU: word} }
	stage := func(key, address string, late forms.Late) forms.Stage {
		return forms.Stage{Key: key, Name: both(key), Rule: forms.AllOf, Late: late, RemindIn: 1, Deadline: 3,
			Approvers: []forms.Approver{{Kind: forms.ByAddress, Value: address}}}
	}
	d, err := x.use.SaveRequestDraft(t.Context(), by, forms.RequestType{
		Key: "laptop", Section: "it", Name: both("Laptop"),
		Steps:  []forms.Step{{Key: "why", Type: fields.Text, Label: both("What for?")}},
		Stages: []forms.Stage{stage("lead", "boris@home.org", forms.LateRefuse), stage("money", "money@home.org", forms.LateApprove), stage("boss", "boss@home.org", forms.LateRefuse)},
	}, 0)
	must(t, err)
	f, err := x.use.Publish(t.Context(), by, d.Type.ID)
	must(t, err)
	return f
}

// asks has Anna fill the form, and the desk do all that follows.
func (x *approving) asks(t *testing.T) tickets.Ticket {
	t.Helper()
	made, _, err := x.use.Request(t.Context(), tickets.AsPerson(x.anna.ID), tickets.NewRequest{
		RequesterID: x.anna.ID, ChannelID: x.channel, Place: "5", Language: "en", Network: kind,
		Type: x.form.ID, Version: x.form.Version, Answers: forms.Answers{"why": "To *work*"}, At: x.clock(),
	})
	must(t, err)
	x.rests(t)
	return made
}

// waiting is the one question that waits for the owner of a mail address.
func (x *approving) waiting(t *testing.T, address string) tickets.Approval {
	t.Helper()
	p, err := x.IdentityOwner(t.Context(), "email", address)
	must(t, err)
	list, err := x.ApprovalsOf(t.Context(), p.ID)
	must(t, err)
	if len(list) != 1 {
		t.Fatalf("%d questions wait for %s", len(list), address)
	}
	return list[0]
}

func (x *approving) settles(t *testing.T, address string, agree bool, comment string) {
	t.Helper()
	a := x.waiting(t, address)
	must(t, x.use.AnswerApproval(t.Context(), tickets.AsPerson(a.PersonID), a.ID, agree, comment, "email"))
	x.rests(t)
}

// to answers what reached an address since it was last asked.
func to(list []channels.Outbound, address string) []channels.Outbound {
	var out []channels.Outbound
	for _, o := range list {
		if o.To.ID == address {
			out = append(out, o)
		}
	}
	return out
}

// TestThreeStagesADeputyATimeoutAndARefusal follows a request through a chat, a
// mailbox and the hands of a deputy.
func TestThreeStagesADeputyATimeoutAndARefusal(t *testing.T) {
	for name, url := range map[string]string{"memory": "memory", "postgres": ""} {
		t.Run(name, func(t *testing.T) {
			if url == "" {
				url = cluster.Database(t)
			}
			x := newApproving(t, url)
			deputy := x.knows(t, "deputy@home.org", "7")
			boris, err := x.people.Known(t.Context(), "email", "boris@home.org", "Boris", "en")
			must(t, err)
			must(t, x.use.SetDeputy(t.Context(), tickets.AsPerson(boris.ID), boris.ID, deputy.ID, x.clock().Add(-time.Hour), x.clock().Add(time.Hour)))
			made := x.asks(t)

			sent := x.arrived()
			asked := to(sent, "7")
			if len(asked) != 1 || len(asked[0].Buttons) != 1 || len(asked[0].Buttons[0]) != 2 || !strings.Contains(asked[0].Body, "You are asked in place of Boris.") {
				t.Fatalf("the deputy reads %+v", asked)
			}
			if len(to(sent, "boris@home.org")) != 0 {
				t.Error("whoever is away is asked too")
			}
			told := to(sent, "5")
			if len(told) != 1 || !strings.HasPrefix(told[0].Body, "Request #1 is registered") || !strings.Contains(told[0].Body, "\n\nRequest #1 waits for approval") {
				t.Errorf("Anna reads %+v", told)
			}
			x.settles(t, "deputy@home.org", true, "")

			mail := to(x.arrived(), "money@home.org")
			link := fmt.Sprintf("https://desk.example/approve/%d", x.waiting(t, "money@home.org").ID)
			if len(mail) != 1 || !strings.Contains(mail[0].Body, link) || !strings.Contains(mail[0].Body, "within 3 hours") || !strings.Contains(mail[0].Body, "To \\*work\\*") {
				t.Fatalf("the mail is %+v", mail)
			}
			x.pass(time.Hour)
			must(t, x.use.RemindApproval(t.Context(), made.ID))
			x.rests(t)
			if mail = to(x.arrived(), "money@home.org"); len(mail) != 1 || !strings.HasPrefix(mail[0].Body, "Your answer is still awaited.") {
				t.Errorf("the reminder is %+v", mail)
			}
			x.pass(3 * time.Hour)
			must(t, x.use.LateApproval(t.Context(), made.ID)) // whoever is silent agrees
			x.rests(t)
			x.arrived()

			x.settles(t, "boss@home.org", false, "Too dear")
			if told = to(x.arrived(), "5"); len(told) != 1 || !strings.Contains(told[0].Body, "was not approved") || !strings.Contains(told[0].Body, "> Too dear") || told[0].Author != "Desk" {
				t.Errorf("Anna reads %+v", told)
			}
			if row := x.numbered(t, made.Number); row.Category != tickets.Closed {
				t.Errorf("row %+v", row)
			}
		})
	}
}

func TestAgreementIsTold(t *testing.T) {
	x := newApproving(t, "memory")
	x.asks(t)
	for _, address := range []string{"boris@home.org", "money@home.org", "boss@home.org"} {
		x.arrived()
		x.settles(t, address, true, "")
	}
	if told := to(x.arrived(), "5"); len(told) != 1 || !strings.HasPrefix(told[0].Body, "Request #1 is approved and goes on.") {
		t.Errorf("Anna reads %+v", told)
	}
}

// TestAskedByMailWhereAChatRefuses writes to somebody whom the bot has seen and
// may not write to.
func TestAskedByMailWhereAChatRefuses(t *testing.T) {
	x := newApproving(t, "memory")
	boris := x.knows(t, "boris@home.org", "6")
	gone := &channels.SendError{Verdict: channels.Gone, Reason: channels.Text{Key: "hub.why.left"}}
	x.net.Fail(channeltest.Failure{Taken: true}, channeltest.Failure{Err: gone}) // Anna's confirmation leaves first
	x.asks(t)
	if mail := to(x.arrived(), "boris@home.org"); len(mail) != 1 || !strings.Contains(mail[0].Body, "https://desk.example/approve/") {
		t.Errorf("the mail is %+v", mail)
	}
	must(t, x.PutIdentity(t.Context(), people.Identity{PersonID: boris.ID, Network: "email", Address: "boris@home.org", Unreachable: "hub.why.bounced"}))
	made := x.asks(t)
	events, err := x.TicketEvents(t.Context(), made.ID)
	must(t, err)
	if last := events[len(events)-1]; last.Type != tickets.ReachChanged {
		t.Errorf("nobody hears that an approver cannot be reached: %s", last.Type)
	}
}
