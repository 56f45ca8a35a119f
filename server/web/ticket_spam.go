package web

import (
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// What the menu says about spam.
const (
	asSpam        = "spam"
	asSpamBlocked = "spam-block"
	asHam         = "ham"
	asHamFreed    = "ham-unblock"
)

// judge marks a ticket as spam or not, and blocks or frees who sent it.
func (w *Web) judge(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	ctx, by, as := c.Request.Context(), tickets.AsAgent(env.Agent), c.PostForm("as")
	spam := as == asSpam || as == asSpamBlocked
	if !spam && as != asHam && as != asHamFreed {
		return tickets.NewError(tickets.Invalid, "as", "web.fault.nowhere")
	}
	if _, err := w.Tickets.Change(ctx, by, t.ID, 0, tickets.Change{Spam: &spam}); err != nil {
		return err
	}
	where := desk.Address(t.Number, viewOf(c))
	switch as {
	case asSpamBlocked:
		where = withBlocked(where)
		err = w.Tickets.Block(ctx, by, t.RequesterID)
	case asHamFreed:
		err = w.Tickets.Unblock(ctx, by, t.RequesterID)
	}
	if err != nil {
		return err
	}
	return redirect(c, where)
}

// withBlocked remembers in the address that somebody was blocked with it, so
// that one step takes both back.
func withBlocked(where string) string {
	if strings.Contains(where, "?") {
		return where + "&blocked=1"
	}
	return where + "?blocked=1"
}

// block keeps what a ticket's person writes from opening tickets, or lets it.
func (w *Web) block(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	do := w.Tickets.Unblock
	if c.PostForm("block") == "true" {
		do = w.Tickets.Block
	}
	if err := do(c.Request.Context(), tickets.AsAgent(env.Agent), t.RequesterID); err != nil {
		return err
	}
	return redirect(c, desk.Address(t.Number, viewOf(c)))
}
