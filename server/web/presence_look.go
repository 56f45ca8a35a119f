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
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	if c.PostForm("state") == "left" {
		w.Live.Leave(t.Number, env.Agent.ID)
	} else {
		w.Live.Look(t.Number, live.Seen{AgentID: env.Agent.ID, Name: env.Agent.Name, Typing: c.PostForm("state") == "typing"})
	}
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
