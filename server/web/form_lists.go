package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
	"golang.org/x/text/encoding/charmap"

	"okno/tickets"
	"okno/tickets/fields"
	"okno/tickets/forms"
	"okno/tickets/forms/edit"
	"okno/ui"
	"okno/ui/editor"
)

// largeTable is the largest table that is loaded into a list.
const largeTable = 2 << 20

func (w *Web) listsPage(c *gin.Context, env ui.Env) error {
	all, err := w.Tickets.Lists(c.Request.Context())
	if err != nil {
		return err
	}
	return w.page(c, env, http.StatusOK, env.T("editor.lists"), editor.ListsPane(env, all))
}

func (w *Web) referencePage(c *gin.Context, env ui.Env) error {
	l, err := w.reference(c)
	if err != nil {
		return err
	}
	if c.Query("saved") != "" {
		l.Notice = env.T("settings.saved")
	}
	return w.referenceShown(c, env, http.StatusOK, l)
}

// reference is the list of the address; "new" is one that does not exist yet.
func (w *Web) reference(c *gin.Context) (editor.List, error) {
	if c.Param("key") == "new" {
		return editor.List{New: true, List: forms.List{Entries: make([]fields.Option, 2)}}, nil
	}
	all, err := w.Tickets.Lists(c.Request.Context())
	if err != nil {
		return editor.List{}, err
	}
	i := slices.IndexFunc(all, func(l forms.List) bool { return l.Key == c.Param("key") })
	if i < 0 {
		return editor.List{}, tickets.NewError(tickets.Missing, "", "error.list.missing")
	}
	return editor.List{List: all[i]}, nil
}

func (w *Web) referenceShown(c *gin.Context, env ui.Env, status int, l editor.List) error {
	all, err := w.Tickets.RequestDrafts(c.Request.Context(), tickets.AsAgent(env.Agent))
	if err != nil {
		return err
	}
	for _, d := range all {
		if slices.ContainsFunc(d.Type.Steps, func(s forms.Step) bool { return s.List != "" && s.List == l.Key }) {
			l.Users = append(l.Users, d.Type.Name.In(env.Lang))
		}
	}
	if region(c.Request) == "entries" {
		return w.render(c, status, editor.Entries(env, l))
	}
	return w.page(c, env, status, env.T("editor.lists"), editor.ListPane(env, l))
}

// saveReference does what a button of a list's page says.
func (w *Web) saveReference(c *gin.Context, env ui.Env) error {
	stored, err := w.reference(c)
	if err != nil {
		return err
	}
	do, place, _ := strings.Cut(c.PostForm("do"), ".")
	switch do {
	case "save":
		return w.putReference(c, env, typedReference(c, stored))
	case "look":
		return w.lookAtTable(c, env, stored)
	case "load":
		return w.loadTable(c, env, stored)
	case "delete":
		return w.deleteReference(c, env, stored)
	}
	l := typedReference(c, stored)
	at, err := strconv.Atoi(place)
	if err == nil || do == "add" {
		l.Entries, l.Focus = entryButton(l.Entries, do, at, env.Lang)
	}
	return w.referenceShown(c, env, http.StatusOK, l)
}

func entryButton(list []fields.Option, do string, at int, language string) ([]fields.Option, string) {
	if do == "trash" {
		do = "remove"
	}
	list, focus := optionButton(list, do+"."+strconv.Itoa(at))
	switch do {
	case "add":
		focus = "option-" + language + "-" + strconv.Itoa(len(list)-1)
	case "remove":
		focus = "entry-add"
	}
	return list, focus
}

// typedReference is a list with what its form has.
func typedReference(c *gin.Context, stored editor.List) editor.List {
	l := stored
	l.Name, l.Version, l.Entries = bilingual(c, "name"), parseID(c.PostForm("version")), nil
	off := c.PostFormArray("option_off")
	for i, key := range c.PostFormArray("option_key") {
		l.Entries = append(l.Entries, fields.Option{
			Key: key, NameEN: nth(c, "option_en", i), NameRU: nth(c, "option_ru", i), Archived: slices.Contains(off, strconv.Itoa(i)),
		})
	}
	return l
}

func (w *Web) putReference(c *gin.Context, env ui.Env, l editor.List) error {
	kept, err := w.Tickets.PutList(c.Request.Context(), tickets.AsAgent(env.Agent), l.List)
	if err == nil {
		return redirect(c, "/settings/requests/lists/"+kept.Key+"?saved=1")
	}
	refused, ok := refusal(err)
	if !ok {
		return err
	}
	l.Errors = map[string]string{inputOfList(refused.Field): env.Fault(refused)}
	return w.referenceShown(c, env, statusOf(refused.Kind), l)
}

func inputOfList(field string) string {
	switch field {
	case "name", "key":
		return "name_en"
	}
	return field
}

// lookAtTable says what a table would change before anything does.
func (w *Web) lookAtTable(c *gin.Context, env ui.Env, stored editor.List) error {
	text, err := tableOf(c)
	if err != nil {
		return err
	}
	return w.tableShown(c, env, stored, text)
}

func (w *Web) tableShown(c *gin.Context, env ui.Env, stored editor.List, text string) error {
	l := stored
	if name := bilingual(c, "name"); stored.New {
		l.Name, l.Entries = name, nil
	}
	table, err := edit.ReadTable(text)
	if err != nil {
		key := "editor.fault.table"
		if errors.Is(err, edit.ErrEmptyTable) {
			key = "editor.fault.table.empty"
		}
		l.Errors = map[string]string{"table": env.T(key)}
		return w.referenceShown(c, env, http.StatusUnprocessableEntity, l)
	}
	l.Table, l.Loaded = text, edit.Load(l.Entries, table)
	return w.referenceShown(c, env, http.StatusOK, l)
}

// loadTable makes the changes that were shown. A list that changed meanwhile is
// refused.
func (w *Web) loadTable(c *gin.Context, env ui.Env, stored editor.List) error {
	table, err := edit.ReadTable(c.PostForm("table"))
	if err != nil {
		return w.tableShown(c, env, stored, c.PostForm("table"))
	}
	l := stored
	if stored.New {
		l.Name, l.Entries = bilingual(c, "name"), nil
	}
	l.Version = parseID(c.PostForm("version"))
	l.Entries = edit.Load(l.Entries, table).Entries
	return w.putReference(c, env, l)
}

// tableOf is the text of an uploaded table. Spreadsheets in Russian write
// Windows-1251 unless they are told otherwise.
func tableOf(c *gin.Context) (string, error) {
	text, err := uploaded(c)
	if err != nil || utf8.Valid(text) {
		return string(text), err
	}
	decoded, err := charmap.Windows1251.NewDecoder().Bytes(text)
	return string(decoded), err
}

func (w *Web) deleteReference(c *gin.Context, env ui.Env, l editor.List) error {
	err := w.Tickets.DeleteList(c.Request.Context(), tickets.AsAgent(env.Agent), l.Key)
	if err == nil {
		return redirect(c, "/settings/requests/lists")
	}
	refused, ok := refusal(err)
	if !ok {
		return err
	}
	l.Errors = map[string]string{"": env.Fault(refused)}
	return w.referenceShown(c, env, statusOf(refused.Kind), l)
}

func (w *Web) exportReference(c *gin.Context, _ ui.Env) error {
	l, err := w.reference(c)
	if err != nil {
		return err
	}
	return download(c, "text/csv; charset=utf-8", l.Key+".csv", "\ufeff"+edit.WriteTable(l.Entries))
}

// download answers a file to be kept.
func download(c *gin.Context, kind, name, text string) error {
	c.Header("Content-Disposition", `attachment; filename="`+name+`"`)
	c.Header("Cache-Control", "no-store")
	c.Data(http.StatusOK, kind, []byte(text))
	return nil
}
