package web

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// mergePage finds the ticket to merge into and asks before it is done.
func (w *Web) mergePage(c *gin.Context, env ui.Env) error {
	return w.choosing(c, env, "merge", desk.MergeMain, nil)
}

// merge moves everything said in a ticket to another and leads there.
func (w *Web) merge(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	other, err := w.other(c, env)
	if err == nil {
		other, err = w.Tickets.Merge(c.Request.Context(), tickets.AsAgent(env.Agent), t.ID, other.ID)
	}
	if err != nil {
		return w.choosing(c, env, "merge", desk.MergeMain, err)
	}
	return redirect(c, desk.Address(other.Number, viewOf(c)))
}

// unmerge gives a merged ticket its messages back and leads there.
func (w *Web) unmerge(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	if t, err = w.Tickets.Unmerge(c.Request.Context(), tickets.AsAgent(env.Agent), t.ID); err != nil {
		return err
	}
	return redirect(c, desk.Address(t.Number, viewOf(c)))
}

// choosing shows the page of an action that takes a second ticket, with the
// reason when the choice was refused.
func (w *Web) choosing(c *gin.Context, env ui.Env, action string, page func(ui.Env, desk.Chooser) templ.Component, cause error) error {
	status := http.StatusOK
	e, refused := refusal(cause)
	if cause != nil && (!refused || e.Kind == tickets.Denied) {
		return cause
	}
	ch, err := w.chooser(c, env, action)
	if err != nil {
		return err
	}
	if refused {
		status, ch.Error, ch.Kind = statusOf(e.Kind), env.Fault(cause), given(c, "kind")
	}
	if region(c.Request) == "found" {
		return w.render(c, status, desk.Found(env, ch))
	}
	env.Rail.Current = ch.View
	return w.page(c, env, status, env.T(action+".title", "number", ch.From.Number), page(env, ch))
}
