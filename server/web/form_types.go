package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/forms"
	"okno/ui"
	"okno/ui/editor"
)

func (w *Web) typesPage(c *gin.Context, env ui.Env) error {
	list, err := w.typeList(c, env)
	if err != nil {
		return err
	}
	return w.page(c, env, http.StatusOK, env.T("settings.requests"), editor.TypesPane(env, list))
}

func (w *Web) typeList(c *gin.Context, env ui.Env) (editor.Types, error) {
	ctx := c.Request.Context()
	all, err := w.Tickets.RequestDrafts(ctx, tickets.AsAgent(env.Agent))
	if err != nil {
		return editor.Types{}, err
	}
	menu, err := w.Tickets.Menu(ctx)
	return editor.Shelves(menu, all), err
}

// arrangeTypes does what a button or a drag in the list says.
func (w *Web) arrangeTypes(c *gin.Context, env ui.Env) error {
	o := typeOrder(c)
	id, by, ctx := parseID(o.key), tickets.AsAgent(env.Agent), c.Request.Context()
	var err error
	switch o.do {
	case "up", "down":
		err = w.Tickets.MoveRequestType(ctx, by, id, o.do == "up")
	case "place":
		err = w.Tickets.PlaceRequestType(ctx, by, id, o.to)
	case "archive", "restore":
		err = w.Tickets.ArchiveRequestType(ctx, by, id, o.do == "archive")
	}
	if err != nil {
		return err
	}
	if !partial(c.Request) {
		return redirect(c, "/settings/requests")
	}
	list, err := w.typeList(c, env)
	if err != nil {
		return err
	}
	list.Focus = typeFocus(list, o)
	return w.page(c, env, http.StatusOK, env.T("settings.requests"), editor.TypesPane(env, list))
}

// typeOrder reads "up.ID", or "place.types.ID" of a drag.
func typeOrder(c *gin.Context) order {
	o := orderOf(c)
	if o.key == "" {
		o.key = string(o.kind)
	}
	return o
}

// typeFocus keeps the focus with the type that was moved.
func typeFocus(list editor.Types, o order) string {
	for _, s := range list.Sections {
		at := slices.IndexFunc(s.Types, func(d tickets.RequestDraft) bool { return idText(d.Type.ID) == o.key })
		switch {
		case at < 0:
		case o.do == "place":
			return "grip-types-" + o.key
		case o.do == "up" && at > 0 || at == len(s.Types)-1:
			return "up-" + o.key
		default:
			return "down-" + o.key
		}
	}
	return ""
}

func (w *Web) newTypePage(c *gin.Context, env ui.Env) error {
	return w.freshShown(c, env, http.StatusOK, editor.Fresh{Section: c.Query("section")})
}

func (w *Web) freshShown(c *gin.Context, env ui.Env, status int, f editor.Fresh) error {
	ctx := c.Request.Context()
	var err error
	if f.Types, err = w.Tickets.RequestDrafts(ctx, tickets.AsAgent(env.Agent)); err != nil {
		return err
	}
	if f.Menu, err = w.Tickets.Menu(ctx); err != nil {
		return err
	}
	return w.page(c, env, status, env.T("editor.new"), editor.FreshPane(env, f))
}

// makeType makes a request type, empty or as a copy of another.
func (w *Web) makeType(c *gin.Context, env ui.Env) error {
	f := editor.Fresh{Name: bilingual(c, "name"), Section: c.PostForm("section"), Copy: c.PostForm("copy")}
	t, err := w.template(c, env, f)
	if err != nil {
		return err
	}
	if f.Name == (forms.Text{}) {
		f.Errors = map[string]string{"name": env.T("editor.fault.name")}
		return w.freshShown(c, env, http.StatusUnprocessableEntity, f)
	}
	d, err := w.Tickets.SaveRequestDraft(c.Request.Context(), tickets.AsAgent(env.Agent), t, 0)
	if err != nil {
		return err
	}
	return redirect(c, editor.Draft{RequestDraft: d}.Path())
}

// template is what a new type begins with.
func (w *Web) template(c *gin.Context, env ui.Env, f editor.Fresh) (forms.RequestType, error) {
	var t forms.RequestType
	if id := parseID(f.Copy); id != 0 {
		d, err := w.Tickets.RequestDraft(c.Request.Context(), tickets.AsAgent(env.Agent), id)
		if err != nil {
			return t, err
		}
		t = d.Type
	}
	t.ID, t.Key, t.Name = 0, "", f.Name
	if f.Section != "" || strings.TrimSpace(f.Copy) == "" {
		t.Section = f.Section
	}
	return t, nil
}
