package web

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// ticketPage answers a ticket, or the part of its page that refreshes itself.
func (w *Web) ticketPage(c *gin.Context, env ui.Env) error {
	number, err := number(c)
	if err != nil {
		return err
	}
	env.Pos = w.from()
	t, err := w.ticket(c, env, number, c.Query("from"))
	if err != nil {
		return err
	}
	if part := part(env, t, region(c.Request)); part != nil {
		return w.render(c, http.StatusOK, part)
	}
	env.Rail.Current = t.View
	title := env.T("ticket.title", "number", t.Number, "subject", t.Subject)
	return w.page(c, env, http.StatusOK, title, desk.TicketMain(env, t))
}

// part is the region of the page that asked, nil for the whole.
func part(env ui.Env, t desk.Ticket, region string) templ.Component {
	switch region {
	case "thread":
		return templ.Join(desk.Thread(env, t, false), desk.Head(env, t, true), desk.Tools(env, t, true))
	case "side":
		return desk.SidePane(env, t, false)
	}
	return nil
}

// markRead remembers what the agent has seen. It is a request of its own,
// because pages are fetched before anybody looks at them.
func (w *Web) markRead(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	if err := w.Tickets.MarkRead(c.Request.Context(), tickets.AsAgent(env.Agent), t.ID); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}

// found is the ticket an address names.
func (w *Web) found(c *gin.Context, env ui.Env) (tickets.Ticket, error) {
	n, err := number(c)
	if err != nil {
		return tickets.Ticket{}, err
	}
	return w.Tickets.Find(c.Request.Context(), tickets.AsAgent(env.Agent), n)
}

// number is the ticket's number in the address.
func number(c *gin.Context) (int64, error) { return pathID(c, "number") }

func pathID(c *gin.Context, name string) (int64, error) {
	n, err := strconv.ParseInt(c.Param(name), 10, 64)
	if err != nil || n <= 0 {
		return 0, tickets.NewError(tickets.Missing, "", "web.fault.nowhere")
	}
	return n, nil
}

// parseID reads an id that a form carries, 0 for anything else.
func parseID(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
