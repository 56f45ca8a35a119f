package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"okno/server/live"
	"okno/ui"
	"okno/ui/desk"
)

// look notes that the agent has a ticket open, types in it, or left it.
func (w *Web) look(c *gin.Context, env ui.Env) error {
	n, err := number(c)
	if err != nil {
		return err
	}
	if c.PostForm("state") == "left" { // perhaps because it was deleted
		w.Live.Leave(n, env.Agent.ID)
		c.Status(http.StatusNoContent)
		return nil
	}
	if _, err := w.found(c, env); err != nil {
		return err
	}
	w.Live.Look(n, live.Seen{AgentID: env.Agent.ID, Name: env.Agent.Name, Typing: c.PostForm("state") == "typing"})
	c.Status(http.StatusNoContent)
	return nil
}

// present answers who else looks and types.
func (w *Web) present(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	shown := desk.Ticket{Ticket: t, Looking: w.looking(env, t.Number), Typing: w.typing(env, t.Number)}
	return w.render(c, http.StatusOK, desk.Present(env, shown))
}
