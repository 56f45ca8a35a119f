package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/settings"
)

// The list of statuses is one form. Its small buttons order, add and remove rows
// of the form; nothing is kept until it is saved.

func (w *Web) statusesPage(c *gin.Context, env ui.Env) error {
	stored, err := w.Tickets.Statuses(c.Request.Context())
	if err != nil {
		return err
	}
	form := settings.Statuses{Rows: statusRows(stored)}
	if c.Query("saved") != "" {
		form.Saved = env.T("settings.saved")
	}
	return w.statusesShown(c, env, http.StatusOK, form)
}

func (w *Web) saveStatuses(c *gin.Context, env ui.Env) error {
	stored, err := w.Tickets.Statuses(c.Request.Context())
	if err != nil {
		return err
	}
	form := settings.Statuses{Rows: typedStatuses(c, stored)}
	if do, key, _ := strings.Cut(c.PostForm("do"), "."); do != "save" {
		changed := edited(form, do, key)
		if region(c.Request) == "status-rows" {
			return w.render(c, http.StatusOK, settings.StatusRows(env, changed))
		}
		return w.statusesShown(c, env, http.StatusOK, changed)
	}
	_, err = w.Tickets.SaveStatuses(c.Request.Context(), tickets.AsAgent(env.Agent), form.List())
	if err == nil {
		return redirect(c, "/settings/statuses?saved=1")
	}
	refused, ok := refusal(err)
	if !ok {
		return err
	}
	form.Refuse(refused.Field, env.Fault(refused))
	return w.statusesShown(c, env, statusOf(refused.Kind), form)
}

func (w *Web) statusesShown(c *gin.Context, env ui.Env, status int, form settings.Statuses) error {
	return w.page(c, env, status, env.T("settings.statuses"), settings.StatusesPane(env, form))
}

// typedStatuses reads the rows of the form. Every row sends each of its fields
// once, so that they stand at the same place of each list.
func typedStatuses(c *gin.Context, stored []tickets.Status) []settings.StatusRow {
	at := func(name string, i int) string {
		if all := c.PostFormArray(name); i < len(all) {
			return all[i]
		}
		return ""
	}
	var list []tickets.Status
	keys := c.PostFormArray("key")
	for i, key := range keys {
		s := tickets.Status{
			NameEN: at("name_en", i), NameRU: at("name_ru", i), Color: at("color", i), Emoji: at("emoji", i),
			Category: tickets.Category(at("category", i)),
		}
		s.ID, _ = strconv.ParseInt(key, 10, 64) // a new one has another key
		s.Used = slices.ContainsFunc(stored, func(o tickets.Status) bool { return o.ID == s.ID && o.Used })
		list = append(list, s)
	}
	rows := statusRows(list)
	for i := range rows {
		rows[i].Key = keys[i]
	}
	return rows
}

// statusRows are the rows of a list. A status that tickets have or had cannot
// go, nor can the last one with its meaning.
func statusRows(list []tickets.Status) []settings.StatusRow {
	count := map[tickets.Category]int{}
	for _, s := range list {
		count[s.Category]++
	}
	rows := make([]settings.StatusRow, 0, len(list))
	for _, s := range list {
		rows = append(rows, settings.StatusRow{
			Status: s, Key: strconv.FormatInt(s.ID, 10), Alone: count[s.Category] == 1,
		})
	}
	return rows
}

// edited is the form after one of its small buttons.
func edited(form settings.Statuses, do, key string) settings.Statuses {
	at := slices.IndexFunc(form.Rows, func(r settings.StatusRow) bool { return r.Key == key })
	switch {
	case do == "add":
		return form.Added()
	case at < 0:
		return form
	case do == "up":
		return form.Moved(at, -1)
	case do == "down":
		return form.Moved(at, 1)
	case do == "remove":
		return form.Removed(at)
	}
	return form
}
