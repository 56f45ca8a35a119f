package web

import (
	"context"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// linkPage finds the ticket to link with and asks how they belong together.
func (w *Web) linkPage(c *gin.Context, env ui.Env) error {
	return w.choosing(c, env, "link", desk.LinkMain, nil)
}

// link ties two tickets together.
func (w *Web) link(c *gin.Context, env ui.Env) error {
	number, err := w.tie(c, env, w.Tickets.Link)
	if number == 0 {
		return err
	}
	if err != nil {
		return w.choosing(c, env, "link", desk.LinkMain, err)
	}
	return redirect(c, desk.Address(number, viewOf(c)))
}

// unlink takes a link away.
func (w *Web) unlink(c *gin.Context, env ui.Env) error {
	number, err := w.tie(c, env, w.Tickets.Unlink)
	if err != nil {
		return err
	}
	return redirect(c, desk.Address(number, viewOf(c)))
}

// tie does something to a link the form names and answers the number of the
// ticket it was sent from, 0 when there is none.
func (w *Web) tie(c *gin.Context, env ui.Env, do func(context.Context, tickets.Actor, int64, int64, tickets.LinkKind) error) (int64, error) {
	t, err := w.found(c, env)
	if err != nil {
		return 0, err
	}
	other, err := w.other(c, env)
	if err != nil {
		return t.Number, err
	}
	from, to, kind := t.ID, other.ID, c.PostForm("kind")
	switch kind {
	case desk.LinkChild:
		from, to, kind = to, from, string(tickets.LinkParent)
	case desk.LinkOriginal:
		from, to, kind = to, from, string(tickets.LinkDuplicate)
	}
	return t.Number, do(c.Request.Context(), tickets.AsAgent(env.Agent), from, to, tickets.LinkKind(kind))
}

// links are the tickets a ticket belongs with.
func links(n names, list []tickets.TicketLink) []desk.Link {
	out := make([]desk.Link, 0, len(list))
	for _, l := range list {
		other := desk.Other{Ticket: l.Ticket, Status: n.status(l.Ticket.StatusID)}
		out = append(out, desk.Link{Other: other, Kind: linkWord(l.Kind, l.Outgoing)})
	}
	return out
}
