package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// changeFields changes what the side panel, the button "solve" or an action of
// a list names. It answers the panel, or goes back to where it came from.
func (w *Web) changeFields(c *gin.Context, env ui.Env) error {
	t, err := w.found(c, env)
	if err != nil {
		return err
	}
	change, err := w.changeOf(c, env)
	if err == nil {
		change.Fields, err = w.answersOf(c, env, t)
	}
	if err == nil {
		_, err = w.Tickets.Change(c.Request.Context(), tickets.AsAgent(env.Agent), t.ID, parseID(c.PostForm("version")), change)
	}
	if err == nil {
		return w.changed(c, env, t.Number)
	}
	e, ok := refusal(err)
	if !ok || e.Kind != tickets.Invalid && e.Kind != tickets.Conflict {
		return err
	}
	return w.refused(c, env, t.Number, err)
}

func (w *Web) changed(c *gin.Context, env ui.Env, number int64) error {
	view := c.PostForm("view")
	back := local(c.PostForm("back"))
	if back == "" {
		back = desk.Address(number, view)
	}
	if region(c.Request) != "side" {
		return redirect(c, back)
	}
	t, err := w.ticket(c, env, number, view)
	if err != nil {
		return err
	}
	return w.render(c, http.StatusOK, desk.Changed(env, t))
}

// refused shows the ticket as it is now with the reason in the panel.
func (w *Web) refused(c *gin.Context, env ui.Env, number int64, cause error) error {
	t, err := w.ticket(c, env, number, c.PostForm("view"))
	if err != nil {
		return err
	}
	e, _ := refusal(cause)
	why := env.Fault(cause)
	if e.Kind == tickets.Conflict || !t.Side.Refuse(e.Field, why, c.GetPostForm) {
		t.Side.Conflict = why
	}
	if region(c.Request) == "side" {
		return w.render(c, statusOf(e.Kind), desk.Changed(env, t), ui.Toasts(why))
	}
	env.Rail.Current = t.View
	return w.page(c, env, statusOf(e.Kind), t.Subject, desk.TicketMain(env, t))
}

// changeOf reads the fields a form carries; those it does not stay as they are.
func (w *Web) changeOf(c *gin.Context, env ui.Env) (tickets.Change, error) {
	change := tickets.Change{
		StatusID: formID(c, "status"), TeamID: formID(c, "team"), AssigneeID: formID(c, "assignee"),
		AddTags: words(c.PostForm("add_tag")), RemoveTags: c.PostFormArray("remove_tag"),
	}
	if text, ok := c.GetPostForm("subject"); ok {
		change.Subject = &text
	}
	if p := formID(c, "priority"); p != nil {
		priority := tickets.Priority(*p)
		change.Priority = &priority
	}
	if text, ok := c.GetPostForm("spam"); ok {
		spam := text == "true"
		change.Spam = &spam
	}
	return w.followersOf(c, env, change)
}

// followersOf adds a follower by mail address and removes one by id.
func (w *Web) followersOf(c *gin.Context, env ui.Env, change tickets.Change) (tickets.Change, error) {
	if id := formID(c, "remove_follower"); id != nil {
		change.RemoveFollowers = []int64{*id}
	}
	text := strings.TrimSpace(c.PostForm("add_follower"))
	if text == "" {
		return change, nil
	}
	p, err := w.byMail(c.Request.Context(), "add_follower", text, "", env.Lang)
	if err != nil {
		return change, err
	}
	change.AddFollowers = []int64{p.ID}
	return change, nil
}

func formID(c *gin.Context, name string) *int64 {
	text, ok := c.GetPostForm(name)
	if !ok {
		return nil
	}
	id := parseID(text)
	return &id
}

// words are the tags somebody typed with commas between.
func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' })
}
