package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/portal"
)

// minePage lists what a person asked for and what waits for their approval.
func (w *Web) minePage(c *gin.Context, env ui.Env) error {
	return w.showMine(c, env, http.StatusOK, nil)
}

// showMine answers the lists; refused is an approval whose answer was not taken.
func (w *Web) showMine(c *gin.Context, env ui.Env, status int, refused *portal.Approval) error {
	ctx := c.Request.Context()
	mine, err := w.mine(ctx, env)
	if err != nil {
		return err
	}
	if partial(c.Request) {
		return w.render(c, status, portal.MineLists(env, mine))
	}
	if mine.Approvals, err = w.approvalsOf(ctx, env); err != nil {
		return err
	}
	for i, a := range mine.Approvals {
		if refused != nil && a.ID == refused.ID {
			mine.Approvals[i].Comment, mine.Approvals[i].Error, refused = refused.Comment, refused.Error, nil
		}
	}
	if refused != nil {
		mine.Error = refused.Error
	}
	env.Rail.Current = "mine"
	return w.site(c, env, status, env.T("portal.mine"), portal.MineMain(env, mine))
}

// mostMine is how many requests a list shows.
const mostMine = 200

func (w *Web) mine(ctx context.Context, env ui.Env) (portal.Mine, error) {
	list, err := w.Tickets.OwnTickets(ctx, tickets.AsPerson(env.Asker.ID), mostMine)
	if err != nil {
		return portal.Mine{}, err
	}
	s, err := w.standings(ctx, env)
	if err != nil {
		return portal.Mine{}, err
	}
	var mine portal.Mine
	slices.SortStableFunc(list, func(a, b tickets.Ticket) int { return b.UpdatedAt.Compare(a.UpdatedAt) })
	for _, t := range list {
		r := s.row(t)
		if t.Category.Active() {
			mine.Open = append(mine.Open, r)
		} else {
			mine.Done = append(mine.Done, r)
		}
	}
	return mine, nil
}

// standings says in words where requests stand.
type standings struct {
	env      ui.Env
	statuses []tickets.Status
	agents   map[int64]string
}

func (w *Web) standings(ctx context.Context, env ui.Env) (standings, error) {
	s := standings{env: env, agents: map[int64]string{}}
	var err error
	if s.statuses, err = w.Tickets.Statuses(ctx); err != nil {
		return s, err
	}
	agents, err := w.Store.Agents(ctx)
	for _, a := range agents {
		s.agents[a.ID] = a.Name
	}
	return s, err
}

func (s standings) row(t tickets.Ticket) portal.Row {
	return portal.Row{
		Number: t.Number, Subject: cmp.Or(t.Subject, s.env.T("portal.number", "number", idText(t.Number))),
		Status: s.of(t), At: t.UpdatedAt, Waits: t.Category == tickets.Waiting,
	}
}

// of is where a request stands, as an administrator calls it and in words that
// tell who has to do something.
func (s standings) of(t tickets.Ticket) portal.Status {
	i := slices.IndexFunc(s.statuses, func(x tickets.Status) bool { return x.ID == t.StatusID })
	if i < 0 {
		return portal.Status{}
	}
	x := s.statuses[i]
	out := portal.Status{Emoji: x.Emoji, Name: x.NameEN, Color: x.Color}
	if s.env.Lang == "ru" {
		out.Name = x.NameRU
	}
	out.Says = cmp.Or(s.says(t), out.Name)
	return out
}

// says is what a status means to the person; "" where its name says it.
func (s standings) says(t tickets.Ticket) string {
	name := s.agents[t.AssigneeID]
	switch {
	case t.Approval != 0 && t.Category.Active():
		return s.env.T("portal.status.approval")
	case t.Category == tickets.New && name != "":
		return s.env.T("portal.status.assigned", "name", name)
	case t.Category == tickets.New:
		return s.env.T("portal.status.new")
	case t.Category == tickets.Open && name != "":
		return s.env.T("portal.status.open.by", "name", name)
	case t.Category == tickets.Waiting:
		return s.env.T("portal.status.waiting")
	}
	return ""
}

// approvalsOf are the questions that wait for a person, with what was asked for.
func (w *Web) approvalsOf(ctx context.Context, env ui.Env) ([]portal.Approval, error) {
	list, err := w.Tickets.ApprovalsOf(ctx, env.Asker.ID)
	if err != nil {
		return nil, err
	}
	var out []portal.Approval
	for _, a := range list {
		view, err := w.approvalView(ctx, env, a)
		if errors.Is(err, people.ErrMissing) {
			continue // removed for good meanwhile
		}
		if err != nil {
			return nil, err
		}
		out = append(out, view)
	}
	return out, nil
}

func (w *Web) approvalView(ctx context.Context, env ui.Env, a tickets.Approval) (portal.Approval, error) {
	view := portal.Approval{ID: a.ID, At: a.AskedAt}
	t, err := w.Store.Ticket(ctx, a.TicketID)
	if err != nil {
		return view, err
	}
	p, err := w.Store.Person(ctx, t.RequesterID)
	if err != nil {
		return view, err
	}
	view.Subject, view.Asker = t.Subject, p.Name
	chain, there, err := w.Tickets.Chain(ctx, t.ID)
	if err != nil {
		return view, err
	}
	if there && a.Stage > 0 && a.Stage <= len(chain.Stages) {
		view.Name = chain.Stages[a.Stage-1].Name.In(env.Lang)
	}
	view.Answers, err = w.ticketLines(ctx, env, t.ID, "/portal/approvals/"+idText(a.ID)+"/file/")
	return view, err
}
