package web

import (
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/forms/edit"
	"okno/ui"
	"okno/ui/editor"
)

// publishDraft offers a draft from now on, or says what is wrong with it.
func (w *Web) publishDraft(c *gin.Context, env ui.Env) error {
	d, err := w.draftOf(c, env)
	if err != nil {
		return err
	}
	t, err := w.Tickets.Publish(c.Request.Context(), tickets.AsAgent(env.Agent), d.Type.ID)
	if err != nil {
		refused, err := field(err)
		if err != nil {
			return err
		}
		d.Notice, d.Bad = env.T("editor.publish.refused", "why", env.Fault(refused)), true
		return w.draftShown(c, env, statusOf(refused.Kind), d)
	}
	d, err = w.draftOf(c, env)
	d.Notice = env.T("editor.published", "version", t.Version)
	if err != nil {
		return err
	}
	return w.draftShown(c, env, http.StatusOK, d)
}

// shownVersions is how many versions the history has.
const shownVersions = 20

func (w *Web) historyPage(c *gin.Context, env ui.Env) error {
	h, err := w.history(c, env)
	if err != nil {
		return err
	}
	title := env.T("editor.history.of", "name", h.Type.Name.In(env.Lang))
	return w.page(c, env, http.StatusOK, title, editor.HistoryPane(env, h))
}

// history reads the latest versions and compares each with the one before.
func (w *Web) history(c *gin.Context, env ui.Env) (editor.History, error) {
	id, err := idOf(c)
	if err != nil {
		return editor.History{}, err
	}
	ctx, by := c.Request.Context(), tickets.AsAgent(env.Agent)
	d, err := w.Tickets.RequestDraft(ctx, by, id)
	if err != nil {
		return editor.History{}, err
	}
	list, err := w.Tickets.History(ctx, by, id)
	if err != nil {
		return editor.History{}, err
	}
	h := editor.History{Type: d.Type, More: len(list) > shownVersions}
	h.Versions, err = w.versions(c, id, list[:min(len(list), shownVersions)])
	return h, err
}

func (w *Web) versions(c *gin.Context, id int64, list []tickets.Published) ([]editor.Version, error) {
	names, err := w.agentNames(c.Request.Context())
	if err != nil {
		return nil, err
	}
	var all []editor.Version
	after, err := w.version(c, id, list, 0)
	for i, p := range list {
		if err != nil {
			return nil, err
		}
		var before forms.RequestType
		if before, err = w.version(c, id, list, i+1); err != nil {
			return nil, err
		}
		v := editor.Version{Number: p.Version, At: p.At, By: names[p.By], Latest: i == 0}
		if p.Version > 1 {
			v.Changes = edit.Changes(before, after)
		}
		all, after = append(all, v), before
	}
	return all, err
}

// version reads what was published as the i-th of a list; that before the last
// one is read by its number, and nothing stands before the first.
func (w *Web) version(c *gin.Context, id int64, list []tickets.Published, i int) (forms.RequestType, error) {
	n := 0
	switch {
	case i < len(list):
		n = list[i].Version
	case len(list) > 0:
		n = list[len(list)-1].Version - 1
	}
	if n <= 0 {
		return forms.RequestType{}, nil
	}
	return w.Tickets.RequestType(c.Request.Context(), id, n)
}

// restoreVersion puts what was published once into the draft.
func (w *Web) restoreVersion(c *gin.Context, env ui.Env) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(c.PostForm("version"))
	if err != nil {
		return tickets.NewError(tickets.Missing, "", "editor.fault.version")
	}
	if err := w.Tickets.RestoreVersion(c.Request.Context(), tickets.AsAgent(env.Agent), id, version); err != nil {
		return err
	}
	return redirect(c, "/settings/requests/"+idText(id))
}
