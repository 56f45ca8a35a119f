package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/ui"
	"okno/ui/settings"
)

// The small buttons of the list order and archive fields at once; those of a
// field's form change the form, and nothing is kept until it is saved.

func (w *Web) fieldsPage(c *gin.Context, env ui.Env) error {
	list, err := w.fieldList(c, env, "")
	if err != nil {
		return err
	}
	return w.page(c, env, http.StatusOK, env.T("settings.fields"), settings.FieldsPane(env, list))
}

// arrangeFields does what a small button of the list says.
func (w *Web) arrangeFields(c *gin.Context, env ui.Env) error {
	do, text, _ := strings.Cut(c.PostForm("do"), ".")
	id, by, ctx := parseID(text), tickets.AsAgent(env.Agent), c.Request.Context()
	var err error
	switch do {
	case "up", "down":
		err = w.Tickets.MoveField(ctx, by, id, do == "up")
	case "archive", "restore":
		err = w.Tickets.ArchiveField(ctx, by, id, do == "archive")
	}
	if err != nil {
		return err
	}
	list, err := w.fieldList(c, env, do+"."+text)
	if err != nil {
		return err
	}
	if region(c.Request) == "fields" {
		return w.render(c, http.StatusOK, settings.FieldsTable(env, list))
	}
	return redirect(c, "/settings/fields")
}

// fieldList is the list after a button was pressed, "" when none was.
func (w *Web) fieldList(c *gin.Context, env ui.Env, pressed string) (settings.Fields, error) {
	all, err := w.Tickets.AllFields(c.Request.Context())
	if err != nil {
		return settings.Fields{}, err
	}
	list := settings.Fields{Teams: env.Rail.Teams}
	for _, f := range all {
		if f.Archived {
			list.Archived = append(list.Archived, f)
			continue
		}
		list.Asked = append(list.Asked, f)
	}
	list.Focus = focusAfter(list.Asked, pressed)
	return list, nil
}

// focusAfter keeps the focus with the field that was moved.
func focusAfter(list []fields.Field, pressed string) string {
	do, id, _ := strings.Cut(pressed, ".")
	by := map[string]int{"up": -1, "down": 1}[do]
	at := slices.IndexFunc(list, func(f fields.Field) bool { return f.ID == parseID(id) })
	if by == 0 || at < 0 {
		return ""
	}
	return settings.Onward(list[at], at, by, len(list))
}

func (w *Web) fieldPage(c *gin.Context, env ui.Env) error {
	f, err := w.fieldOf(c)
	if err != nil {
		return err
	}
	form := settings.Field{Field: f}
	if f.ID == 0 && slices.Contains(fields.Types(), fields.Type(c.Query("type"))) {
		form.Type = fields.Type(c.Query("type"))
		if form.Type.HasOptions() {
			form.Options = make([]fields.Option, 2)
		}
	}
	if c.Query("saved") != "" {
		form.Saved = env.T("settings.saved")
	}
	return w.fieldShown(c, env, http.StatusOK, form)
}

func (w *Web) saveField(c *gin.Context, env ui.Env) error {
	stored, err := w.fieldOf(c)
	if err != nil {
		return err
	}
	form := settings.Field{Field: typedField(c, stored)}
	if do, at, _ := strings.Cut(c.PostForm("do"), "."); do != "save" {
		return w.optionsShown(c, env, optionsAfter(form, do, at))
	}
	f, err := w.Tickets.PutField(c.Request.Context(), tickets.AsAgent(env.Agent), form.Field)
	if err == nil {
		return redirect(c, "/settings/fields/"+idText(f.ID)+"?saved=1")
	}
	refused, err := field(err)
	if err != nil {
		return err
	}
	form.Errors = map[string]string{refused.Field: env.Fault(refused)}
	return w.fieldShown(c, env, statusOf(refused.Kind), form)
}

func (w *Web) optionsShown(c *gin.Context, env ui.Env, form settings.Field) error {
	if region(c.Request) == "options" {
		return w.render(c, http.StatusOK, settings.FieldOptions(env, form))
	}
	return w.fieldShown(c, env, http.StatusOK, form)
}

// optionsAfter is the form after one of its small buttons; at is the place of
// the option.
func optionsAfter(form settings.Field, do, at string) settings.Field {
	i, err := strconv.Atoi(at)
	switch {
	case do == "add":
		return form.OptionAdded()
	case err != nil:
		return form
	case do == "up":
		return form.OptionMoved(i, -1)
	case do == "down":
		return form.OptionMoved(i, 1)
	case do == "remove":
		return form.OptionRemoved(i)
	}
	return form
}

func (w *Web) fieldShown(c *gin.Context, env ui.Env, status int, form settings.Field) error {
	form.Teams = env.Rail.Teams
	title := env.T("fields.new")
	if form.ID != 0 {
		title = form.Name(env.Lang)
	}
	return w.page(c, env, status, title, settings.FieldPane(env, form))
}

// fieldOf is the field of the address; "new" is one that does not exist yet.
func (w *Web) fieldOf(c *gin.Context) (fields.Field, error) {
	if c.Param("id") == "new" {
		return fields.Field{}, nil
	}
	id, err := idOf(c)
	if err != nil {
		return fields.Field{}, err
	}
	all, err := w.Tickets.AllFields(c.Request.Context())
	if err != nil {
		return fields.Field{}, err
	}
	i := slices.IndexFunc(all, func(f fields.Field) bool { return f.ID == id })
	if i < 0 {
		return fields.Field{}, tickets.NewError(tickets.Missing, "", "error.field.missing")
	}
	return all[i], nil
}

// typedField is the stored field as the form has it. Every row of options sends
// its key and both names, and its place when it is offered no more.
func typedField(c *gin.Context, f fields.Field) fields.Field {
	if f.ID == 0 {
		f.Type = fields.Type(c.PostForm("type"))
	}
	f.NameEN, f.NameRU = c.PostForm("name_en"), c.PostForm("name_ru")
	f.Currency, f.TeamID = c.PostForm("currency"), parseID(c.PostForm("team"))
	f.Required = c.PostForm("required") != ""
	off := c.PostFormArray("option_off")
	f.Options = nil
	for i, key := range c.PostFormArray("option_key") {
		f.Options = append(f.Options, fields.Option{
			Key: key, NameEN: nth(c, "option_en", i), NameRU: nth(c, "option_ru", i),
			Archived: slices.Contains(off, strconv.Itoa(i)),
		})
	}
	return f
}

// nth is the i-th text a form sends under a name, "" when there are fewer.
func nth(c *gin.Context, name string, i int) string {
	if all := c.PostFormArray(name); i < len(all) {
		return all[i]
	}
	return ""
}
