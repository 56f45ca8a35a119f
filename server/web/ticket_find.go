package web

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

const (
	// searched is how many of the latest tickets are looked through for words.
	searched = 200
	// offered is how many tickets of one kind there are to choose from.
	offered = 8
)

// chooser reads the page of an action that takes a second ticket.
func (w *Web) chooser(c *gin.Context, env ui.Env, action string) (desk.Chooser, error) {
	t, err := w.found(c, env)
	if err != nil {
		return desk.Chooser{}, err
	}
	n, err := w.names(c.Request.Context(), env)
	if err != nil {
		return desk.Chooser{}, err
	}
	out := desk.Chooser{Action: action, View: viewOf(c), Query: strings.TrimSpace(c.Query("q")), Kind: string(tickets.LinkRelated)}
	if out.From, err = w.counted(c.Request.Context(), n, t); err != nil {
		return out, err
	}
	return out, w.chosen(c, n, &out)
}

// chosen reads the second ticket, or those to choose from while there is none.
func (w *Web) chosen(c *gin.Context, n names, out *desk.Chooser) error {
	ctx := c.Request.Context()
	if given(c, "other") == "" {
		var err error
		out.Groups, err = w.candidates(ctx, n, out.From, out.Query)
		return err
	}
	other, err := w.other(c, n.env)
	if e, ok := refusal(err); ok {
		out.Error = n.env.Fault(e)
		return nil
	}
	if err == nil {
		out.Other, err = w.counted(ctx, n, other)
	}
	return err
}

// other is the second ticket, by the number the page or the form carries.
func (w *Web) other(c *gin.Context, env ui.Env) (tickets.Ticket, error) {
	return w.Tickets.Find(c.Request.Context(), tickets.AsAgent(env.Agent), parseID(given(c, "other")))
}

// given is a value of the form, or of the address where none was sent.
func given(c *gin.Context, name string) string { return cmp.Or(c.PostForm(name), c.Query(name)) }

// viewOf is the list the ticket was opened from, "" by a plain link.
func viewOf(c *gin.Context) string {
	view := cmp.Or(c.PostForm("view"), c.Query("from"))
	if view == "" {
		return ""
	}
	return knownKey(view)
}

// target is a ticket as a page about two tickets shows it.
func (w *Web) target(ctx context.Context, n names, t tickets.Ticket) (desk.Target, error) {
	p, err := w.person(ctx, n, t.RequesterID)
	return desk.Target{Ticket: t, Status: n.status(t.StatusID), Requester: p.Name}, err
}

// counted is a target with the number of its messages.
func (w *Web) counted(ctx context.Context, n names, t tickets.Ticket) (desk.Target, error) {
	out, err := w.target(ctx, n, t)
	if err != nil {
		return out, err
	}
	talk, err := w.Tickets.Conversation(ctx, tickets.AsAgent(n.env.Agent), t.Number)
	out.Messages = len(talk.Messages)
	return out, err
}

// candidates are the tickets to choose from: the one with the number typed,
// those of the same person, the latest of everybody.
func (w *Web) candidates(ctx context.Context, n names, from desk.Target, query string) ([]desk.Group, error) {
	by := tickets.AsAgent(n.env.Agent)
	p := picker{from: from, words: strings.Fields(strings.ToLower(query)), seen: map[int64]bool{from.ID: true}, n: n}
	if err := w.numbered(ctx, &p, query); err != nil {
		return nil, err
	}
	own, err := w.Tickets.OfRequester(ctx, by, from.RequesterID, searched)
	if err != nil {
		return nil, err
	}
	var mine []tickets.Row
	for _, t := range own {
		mine = append(mine, tickets.Row{Ticket: t, Requester: from.Requester})
	}
	p.group(n.env.T("choose.person", "name", from.Requester), mine)
	latest, err := w.latest(ctx, by)
	if err != nil {
		return nil, err
	}
	p.group(n.env.T("choose.latest"), latest)
	return p.groups, nil
}

// numbered offers the ticket whose number was typed.
func (w *Web) numbered(ctx context.Context, p *picker, query string) error {
	number := parseID(strings.TrimLeft(query, "#№ \u00a0"))
	if number == 0 {
		return nil
	}
	t, err := w.Tickets.Find(ctx, tickets.AsAgent(p.n.env.Agent), number)
	if errors.As(err, new(*tickets.Error)) {
		return nil // there is none: words may find another
	}
	if err != nil {
		return err
	}
	found, err := w.target(ctx, p.n, t)
	if err == nil && !p.seen[t.ID] && alive(t) {
		p.seen[t.ID] = true
		p.groups = append(p.groups, desk.Group{Title: p.n.env.T("choose.number"), Targets: []desk.Target{found}})
	}
	return err
}

// latest are the open and the solved tickets, the latest first.
func (w *Web) latest(ctx context.Context, by tickets.Actor) ([]tickets.Row, error) {
	var all []tickets.Row
	for _, view := range []tickets.View{tickets.ViewOpen, tickets.ViewSolved} {
		page, err := w.Tickets.List(ctx, by, tickets.ListQuery{View: view, Limit: searched})
		if err != nil {
			return nil, err
		}
		all = append(all, page.Rows...)
	}
	slices.SortStableFunc(all, func(a, b tickets.Row) int { return b.UpdatedAt.Compare(a.UpdatedAt) })
	return all, nil
}

// alive says that a ticket can be chosen: it was neither merged nor deleted.
func alive(t tickets.Ticket) bool { return t.MergedInto == 0 && t.DeletedAt.IsZero() }

// picker puts tickets that have all the words into groups, each ticket once.
type picker struct {
	n      names
	from   desk.Target
	words  []string
	seen   map[int64]bool
	groups []desk.Group
}

func (p *picker) group(title string, rows []tickets.Row) {
	g := desk.Group{Title: title}
	for _, r := range rows {
		if len(g.Targets) == offered || p.seen[r.ID] || !alive(r.Ticket) || !p.fits(r) {
			continue
		}
		p.seen[r.ID] = true
		g.Targets = append(g.Targets, desk.Target{Ticket: r.Ticket, Status: p.n.status(r.StatusID), Requester: r.Requester})
	}
	if len(g.Targets) > 0 {
		p.groups = append(p.groups, g)
	}
}

// fits says that a ticket has every word somewhere.
func (p *picker) fits(r tickets.Row) bool {
	text := strings.ToLower(strings.Join(append([]string{r.Subject, r.Requester, r.Snippet}, r.Tags...), " "))
	return !slices.ContainsFunc(p.words, func(word string) bool { return !strings.Contains(text, word) })
}
