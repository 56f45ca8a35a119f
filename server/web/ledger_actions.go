package web

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"okno/ui"
)

// redo has one event processed again and goes back to where the button was.
func (w *Web) redo(c *gin.Context, env ui.Env) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	if err := w.Hub.Redo(c.Request.Context(), env.Agent, id); err != nil {
		return err
	}
	return redirect(c, backToLedger(c))
}

func (w *Web) redoAside(c *gin.Context, env ui.Env) error {
	if _, err := w.Hub.RedoAside(c.Request.Context(), env.Agent); err != nil {
		return err
	}
	return redirect(c, "/settings/ledger")
}

func (w *Web) makeTicket(c *gin.Context, env ui.Env) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	number, err := w.Hub.MakeTicket(c.Request.Context(), env.Agent, id)
	if err != nil {
		return err
	}
	return redirect(c, "/tickets/"+strconv.FormatInt(number, 10))
}

// ledgerOriginal downloads an event as the network delivered it. It is never
// shown: a stranger wrote it.
func (w *Web) ledgerOriginal(c *gin.Context, env ui.Env) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	entry, body, err := w.Hub.Original(c.Request.Context(), env.Agent, id)
	if err != nil {
		return err
	}
	defer body.Close()
	extension := "json"
	if ch, err := w.Hub.Channel(c.Request.Context(), env.Agent, entry.ChannelID); err == nil && ch.Kind == "email" {
		extension = "eml"
	}
	c.Header("Content-Security-Policy", "sandbox; default-src 'none'")
	c.Header("Cache-Control", "no-store")
	c.DataFromReader(http.StatusOK, -1, "application/octet-stream", body, map[string]string{
		"Content-Disposition": fmt.Sprintf(`attachment; filename="event-%d.%s"`, id, extension),
	})
	return nil
}

func backToLedger(c *gin.Context) string {
	if where := local(c.PostForm("back")); where != "" {
		return where
	}
	return "/settings/ledger"
}
