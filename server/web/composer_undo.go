package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// withdraw takes back a reply that has not left; its text is in the composer
// again.
func (w *Web) withdraw(c *gin.Context, env ui.Env) error {
	id, err := pathID(c, "message")
	if err != nil {
		return err
	}
	ctx, by := c.Request.Context(), tickets.AsAgent(env.Agent)
	m, err := w.Tickets.Withdraw(ctx, by, id)
	if err != nil {
		return err
	}
	number, err := w.numberOf(c, m.TicketID)
	if err != nil {
		return err
	}
	return w.sent(c, env, number, true)
}

// retry sends a failed reply again.
func (w *Web) retry(c *gin.Context, env ui.Env) error {
	id, err := pathID(c, "message")
	if err != nil {
		return err
	}
	m, err := w.Tickets.Resend(c.Request.Context(), tickets.AsAgent(env.Agent), id)
	if err != nil {
		return err
	}
	number, err := w.numberOf(c, m.TicketID)
	if err != nil {
		return err
	}
	view := c.PostForm("view")
	if region(c.Request) == "" {
		return redirect(c, desk.Address(number, view))
	}
	t, err := w.ticket(c, env, number, view)
	if err != nil {
		return err
	}
	return w.render(c, http.StatusOK, desk.Thread(env, t, false), desk.Head(env, t, true), desk.Tools(env, t, true))
}

// numberOf is the number people know a ticket by.
func (w *Web) numberOf(c *gin.Context, id int64) (int64, error) {
	t, err := w.Store.Ticket(c.Request.Context(), id)
	return t.Number, err
}
