package web

import (
	"strconv"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
)

// hook takes a call of a network. Whoever calls has no session and proves to the
// adapter that the call is genuine, so the check against foreign sites, which
// only concerns browsers that are signed in, leaves this address out.
func (w *Web) hook(c *gin.Context, _ ui.Env) error {
	id, err := strconv.ParseInt(c.Param("channel"), 10, 64)
	if err != nil {
		return &tickets.Error{Kind: tickets.Missing, Message: "web.fault.nowhere", Err: err}
	}
	return w.Hub.Hook(c.Writer, c.Request, id)
}
