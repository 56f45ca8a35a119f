package web

import (
	"net/http"
	"slices"
	"time"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// saveDraft keeps what the agent has typed; the files stay as they are.
func (w *Web) saveDraft(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	ctx, by := c.Request.Context(), tickets.AsAgent(env.Agent)
	d, err := w.Tickets.Draft(ctx, by, t.ID)
	if err != nil {
		return err
	}
	d.TicketID, d.Kind, d.Body = t.ID, kindOf(c), c.PostForm("body")
	if err := w.Tickets.SaveDraft(ctx, by, d); err != nil {
		return err
	}
	saved := desk.Composer{SavedAt: env.Now}
	if d.Body == "" && len(d.Files) == 0 {
		saved.SavedAt = time.Time{}
	}
	return w.render(c, http.StatusOK, desk.Saved(env, saved))
}

// draftFiles adds files to the draft or takes one out.
func (w *Web) draftFiles(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	ctx, by := c.Request.Context(), tickets.AsAgent(env.Agent)
	more, err := w.uploads(c)
	if err != nil {
		return err
	}
	d, err := w.Tickets.Draft(ctx, by, t.ID)
	if err != nil {
		return err
	}
	if d.TicketID = t.ID; d.Kind == "" {
		d.Kind = tickets.Reply
	}
	d.Files = without(append(d.Files, more...), c.PostForm("remove"))
	if err := w.Tickets.SaveDraft(ctx, by, d); err != nil {
		return err
	}
	return w.render(c, http.StatusOK, desk.DraftFiles(env, desk.Composer{Files: draftFiles(t.Number, d.Files)}))
}

// without leaves out the file a button named; the same bytes may be there again
// under another name.
func without(files []tickets.File, key string) []tickets.File {
	return slices.DeleteFunc(files, func(f tickets.File) bool { return keyOf(f) == key })
}

func keyOf(f tickets.File) string { return f.Blob + "/" + f.Name }
