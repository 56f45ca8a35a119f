package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"okno/channels"
	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/approval"
)

// approvalPurpose keeps the signatures of links to approvals apart from all
// others.
const approvalPurpose = "approval"

// linkLasts is how long a link to an approval works.
const linkLasts = 60 * 24 * time.Hour

// ApprovalPath is the path of the page on which a question of approval is
// answered. Whoever has it answers, so it goes to the one who was asked only.
func ApprovalPath(s channels.Signer, id int64) string {
	return "/approve/" + strconv.FormatInt(id, 10) + "/" + s.Sign(approvalPurpose, id)
}

// askedByLink is a question behind a link, and all its page shows.
type askedByLink struct {
	question tickets.Approval
	ticket   tickets.Ticket
	person   people.Person // who was asked
	page     approval.Page
}

// linkedApproval reads the question behind a link. Its error is Missing for a
// link that nobody signed.
func (w *Web) linkedApproval(c *gin.Context, env ui.Env) (l askedByLink, err error) {
	id, err := pathID(c, "id")
	if err != nil {
		return l, err
	}
	if !w.Signer.Verify(approvalPurpose, id, c.Param("mark")) {
		return l, tickets.NewError(tickets.Missing, "", "approval.page.wrong.text")
	}
	ctx := c.Request.Context()
	if l.question, err = w.Tickets.Approval(ctx, id); err != nil {
		return l, err
	}
	if l.ticket, err = w.Store.Ticket(ctx, l.question.TicketID); err != nil {
		return l, err
	}
	if l.person, err = w.Store.Person(ctx, l.question.PersonID); err != nil {
		return l, err
	}
	return l, w.draw(ctx, env, &l)
}

// draw fills in what the page of a question says.
func (w *Web) draw(ctx context.Context, env ui.Env, l *askedByLink) error {
	l.page = approval.Page{Number: l.ticket.Number, Subject: l.ticket.Subject, Action: ApprovalPath(w.Signer, l.question.ID)}
	l.page.State = stateOf(env, *l)
	if l.page.State != approval.Open {
		l.page.Why = w.whyNot(ctx, env, *l)
		return nil
	}
	return w.showAsked(ctx, env, l)
}

// stateOf says what a link is good for.
func stateOf(env ui.Env, l askedByLink) approval.State {
	switch q := l.question; {
	case q.State == tickets.ApprovalAgreed, q.State == tickets.ApprovalRefused:
		return approval.Used
	case q.State != tickets.ApprovalWaiting, l.ticket.Gone():
		return approval.Moot
	case env.Now.Sub(q.AskedAt) > linkLasts:
		return approval.Expired
	}
	return approval.Open
}

// whyNot says in a sentence why a link is good for nothing.
func (w *Web) whyNot(ctx context.Context, env ui.Env, l askedByLink) string {
	switch l.page.State {
	case approval.Used:
		return env.T("approval.page.used.text", "time", ui.Moment(env, l.question.AnsweredAt))
	case approval.Expired:
		return env.T("approval.page.expired.text")
	}
	err := w.Tickets.Answerable(ctx, tickets.AsPerson(l.person.ID), l.ticket, l.question)
	return env.Fault(err)
}

// showAsked reads what the page says about a request that waits.
func (w *Web) showAsked(ctx context.Context, env ui.Env, l *askedByLink) error {
	requester, err := w.Store.Person(ctx, l.ticket.RequesterID)
	if err != nil {
		return err
	}
	l.page.Requester = requester.Name
	if l.question.DeputyFor != 0 {
		away, err := w.Store.Person(ctx, l.question.DeputyFor)
		if err != nil {
			return err
		}
		l.page.Away = away.Name
	}
	if l.page.Chain, err = w.chainOf(ctx, env, l.ticket); err != nil {
		return err
	}
	if l.page.HTML, l.page.Files, err = w.wanted(ctx, l.ticket.ID); err != nil {
		return err
	}
	l.page.Absence, err = w.absence(ctx, env, l.person.ID)
	l.page.Absence.Action = l.page.Action + "/away"
	return err
}

// wanted is what a ticket asks for: its first message.
func (w *Web) wanted(ctx context.Context, ticket int64) (html string, files []string, err error) {
	m, err := w.Tickets.Wanted(ctx, ticket)
	if err != nil {
		return "", nil, err
	}
	for _, f := range m.Files {
		files = append(files, f.Name)
	}
	return textOf(m), files, nil
}

func (w *Web) approvalPage(c *gin.Context, env ui.Env) error {
	l, err := w.linkedApproval(c, env)
	if err != nil {
		return w.wrongLink(c, env, err)
	}
	l.page.Absence.Saved = savedAbsence(c, env, l.page.Absence)
	return w.linkShown(c, env, http.StatusOK, l)
}

// answerLink takes the answer. Opening the link alone answers nothing, because
// mail programs open links too.
func (w *Web) answerLink(c *gin.Context, env ui.Env) error {
	l, err := w.linkedApproval(c, env)
	if err != nil {
		return w.wrongLink(c, env, err)
	}
	if l.page.State != approval.Open {
		return w.linkShown(c, env, http.StatusConflict, l)
	}
	agree, comment := c.PostForm("answer") == "agree", c.PostForm("comment")
	err = w.Tickets.AnswerApproval(c.Request.Context(), tickets.AsPerson(l.person.ID), l.question.ID, agree, comment, "email")
	if err == nil {
		l.page.State, l.page.Agreed = approval.Answered, agree
		return w.linkShown(c, env, http.StatusOK, l)
	}
	refused, ok := refusal(err)
	if !ok {
		return err
	}
	if refused.Field == "" { // it ended while they read
		l.page.State, l.page.Why = approval.Moot, env.Fault(refused)
	}
	l.page.Comment, l.page.Errors = comment, map[string]string{refused.Field: env.Fault(refused)}
	return w.linkShown(c, env, statusOf(refused.Kind), l)
}

func (w *Web) linkShown(c *gin.Context, env ui.Env, status int, l askedByLink) error {
	return w.site(c, env, status, env.T("approval.page.title", "number", l.ticket.Number), approval.Main(env, l.page))
}

// wrongLink answers a link that is none, without a word about what there is.
func (w *Web) wrongLink(c *gin.Context, env ui.Env, err error) error {
	refused, ok := refusal(err)
	if !ok || refused.Kind != tickets.Missing {
		return err
	}
	p := approval.Page{State: approval.Wrong, Why: env.T("approval.page.wrong.text")}
	return w.site(c, env, http.StatusNotFound, env.T("approval.page.wrong"), approval.Main(env, p))
}
