package web

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// deletePage asks before a ticket disappears.
func (w *Web) deletePage(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	n, err := w.names(c.Request.Context(), env)
	if err != nil {
		return err
	}
	shown, err := w.counted(c.Request.Context(), n, t)
	if err != nil {
		return err
	}
	env.Rail.Current = viewOf(c)
	return w.page(c, env, http.StatusOK, env.T("delete.title", "number", t.Number), desk.DeleteMain(env, shown, viewOf(c)))
}

// remove deletes a ticket and leads to the list, which offers to undo it.
func (w *Web) remove(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	if err := w.Tickets.Delete(c.Request.Context(), tickets.AsAgent(env.Agent), t.ID); err != nil {
		return err
	}
	view := cmp.Or(viewOf(c), string(tickets.ViewOpen))
	return redirect(c, fmt.Sprintf("%s&gone=%d", listAddress(view, ""), t.ID))
}

// restore brings a deleted ticket back. Only administrators see one; whoever
// deleted it may do this and no more.
func (w *Web) restore(c *gin.Context, env ui.Env) error {
	n, err := number(c)
	if err != nil {
		return err
	}
	t, err := w.Store.TicketByNumber(c.Request.Context(), n)
	if err != nil {
		return err
	}
	if err := w.Tickets.Restore(c.Request.Context(), tickets.AsAgent(env.Agent), t.ID); err != nil {
		return err
	}
	return redirect(c, desk.Address(t.Number, viewOf(c)))
}

// goneStep offers to bring back the ticket that was deleted a moment ago; the
// address of the list names it.
func (w *Web) goneStep(c *gin.Context, env ui.Env) desk.Step {
	id := parseID(c.Query("gone"))
	if id == 0 {
		return desk.Step{}
	}
	t, err := w.Store.Ticket(c.Request.Context(), id)
	until := t.DeletedAt.Add(stepStays)
	if err != nil || !until.After(env.Now) {
		return desk.Step{} // an address somebody kept
	}
	return desk.Step{Text: env.T("did.deleted", "number", t.Number), Action: fmt.Sprintf("/tickets/%d/restore", t.Number), Until: until}
}

// gone says why nobody works on a ticket any more.
func (w *Web) gone(ctx context.Context, s story) (desk.Gone, error) {
	t := s.talk.Ticket
	switch {
	case !t.DeletedAt.IsZero():
		return s.deleted(), nil
	case t.MergedInto == 0:
		return desk.Gone{}, nil
	}
	home, err := w.Tickets.Home(ctx, t.ID)
	if err != nil {
		return desk.Gone{}, err
	}
	e := s.last(tickets.TicketMerged)
	text := s.n.env.T("gone.merged", "name", s.actor(e.Actor), "time", ui.Moment(s.n.env, e.At))
	return desk.Gone{Text: text, Into: home, Undo: "unmerge"}, nil
}

// deleted says who deleted a ticket and how long it can be brought back.
func (s story) deleted() desk.Gone {
	e := s.last(tickets.TicketDeleted)
	var d tickets.DeletedData
	if json.Unmarshal(e.Data, &d) != nil {
		d.Until = time.Time{}
	}
	env := s.n.env
	return desk.Gone{Text: env.T("gone.deleted", "name", s.actor(e.Actor), "time", ui.Moment(env, e.At), "until", ui.Moment(env, d.Until)), Undo: "restore"}
}

// last is the last event of a type.
func (s story) last(kind tickets.EventType) tickets.Event {
	for i := len(s.talk.Events) - 1; i >= 0; i-- {
		if s.talk.Events[i].Type == kind {
			return s.talk.Events[i]
		}
	}
	return tickets.Event{}
}

func isAgent(a tickets.Actor, id int64) bool { return a.Kind == tickets.ByAgent && a.ID == id }
