package web

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"okno/tickets"
)

// chat is a ticket whose person wrote several short messages one after another.
func (r *rig) chat(texts ...string) tickets.Ticket {
	r.t.Helper()
	t := r.asked("Frother", "The frother is broken")
	for i, text := range texts {
		_, err := r.service.Receive(r.t.Context(), t.ID, tickets.Incoming{
			PersonID: t.RequesterID, ChannelID: r.bot.ID, Network: "telegram", Body: text, Ref: fmt.Sprint(i), At: time.Now(),
		})
		orFail(r.t, err)
	}
	return t
}

func TestWhatPeopleDidLaterIsTold(t *testing.T) {
	r := newRig(t)
	ticket := r.chat("It is brocken", "5550101", "Look")
	ctx := t.Context()
	in := tickets.Incoming{PersonID: ticket.RequesterID, ChannelID: r.bot.ID, Network: "telegram", Body: "It is broken", At: time.Now()}
	orFail(t, r.service.EditIncoming(ctx, "telegram", "0", in))
	orFail(t, r.service.RemoveIncoming(ctx, "telegram", "1", ticket.RequesterID))
	in.Body, in.Ref = "", "3"
	in.Files = []tickets.File{{Name: "a.png", Type: "image/png", Size: 9, Blob: "aa"}, {Name: "b.png", Type: "image/png", Size: 9, Blob: "bb"}}
	orFail(t, r.service.AppendFiles(ctx, "telegram", "2", in))
	orFail(t, r.service.React(ctx, "telegram", "2", ticket.RequesterID, "👍"))
	orFail(t, r.service.Reach(ctx, ticket.ID, tickets.ReachData{PersonID: ticket.RequesterID, Network: "telegram", Why: tickets.Sentence{Key: "channel.email.send.gone"}}))
	orFail(t, r.service.Reach(ctx, ticket.ID, tickets.ReachData{PersonID: ticket.RequesterID, Network: "telegram"}))
	page := r.get(at(ticket, ""))
	has(t, page, 200, []string{
		"message edited,", "Edited at", "<p>It is brocken</p>", "<p>It is broken</p>", "message taken back,", "Taken back at", "5550101",
		"2 more files,", `class="files shots album"`, "reaction 👍,", "Reactions:", "messages do not arrive:", "messages arrive again",
	}, nil)
	orFail(t, r.service.React(ctx, "telegram", "2", ticket.RequesterID, ""))
	has(t, r.get(at(ticket, "")), 200, []string{"reaction taken off"}, []string{"Reactions:"})
}

func TestChatsGoOnInOneBreath(t *testing.T) {
	r := newRig(t)
	mail := r.chat("one", "two")
	has(t, r.get(at(mail, "")), 200, nil, []string{`class="talk chat"`, "follows"})
	p, err := r.db.Person(t.Context(), mail.RequesterID)
	orFail(t, err)
	first := tickets.Incoming{PersonID: p.ID, ChannelID: r.bot.ID, Network: "telegram", Body: "Hello", At: time.Now().Add(-time.Hour)}
	ticket, _, err := r.service.Create(t.Context(), tickets.System(), tickets.NewTicket{Subject: "Hello", RequesterID: p.ID, ChannelID: r.bot.ID, Incoming: &first})
	orFail(t, err)
	for _, ago := range []time.Duration{59 * time.Minute, 58 * time.Minute, 20 * time.Minute} {
		next := first
		next.At = time.Now().Add(-ago)
		_, err := r.service.Receive(t.Context(), ticket.ID, next)
		orFail(t, err)
	}
	page := r.get(at(ticket, "")).Body.String()
	if !strings.Contains(page, `class="talk chat"`) || strings.Count(page, `class="msg follows"`) != 2 {
		t.Errorf("%d messages go on in one breath, want 2", strings.Count(page, `class="msg follows"`))
	}
}

func TestAReplyToAMergedTicketKeepsItsText(t *testing.T) {
	r := newRig(t)
	from, into := r.asked("Till broken", "It prints nothing."), r.asked("Milk is late", "Where is the milk?")
	_, err := r.service.Merge(t.Context(), tickets.AsAgent(r.agent), from.ID, into.ID)
	orFail(t, err)
	form := url.Values{"kind": {"reply"}, "body": {"Try this."}, "once": {"k"}}
	kept := []string{">Try this.</textarea>", "merged into #2", `id="gone"`}
	has(t, r.post(at(from, "/messages"), form), 409, kept, nil)
	has(t, r.post(at(from, "/messages"), form, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "form#composer"), 409, kept, []string{"<html"})
}
