package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/forms"
	"okno/tickets/forms/edit"
	"okno/ui"
	"okno/ui/editor"
)

// The menu is one form. Its small buttons order, add and remove rows; nothing is
// kept until it is saved.

func (w *Web) menuPage(c *gin.Context, env ui.Env) error {
	m, err := w.Tickets.Menu(c.Request.Context())
	if err != nil {
		return err
	}
	form := editor.Menu{Menu: m}
	if c.Query("saved") != "" {
		form.Notice = env.T("settings.saved")
	}
	return w.menuShown(c, env, http.StatusOK, form)
}

func (w *Web) saveMenu(c *gin.Context, env ui.Env) error {
	form := editor.Menu{Menu: typedMenu(c)}
	if do := c.PostForm("do"); do != "save" {
		return w.menuShown(c, env, http.StatusOK, menuButton(form, do, env.Lang))
	}
	form.Menu = keyedMenu(form.Menu)
	_, err := w.Tickets.PutMenu(c.Request.Context(), tickets.AsAgent(env.Agent), form.Menu)
	if err == nil {
		return redirect(c, "/settings/requests/menu?saved=1")
	}
	refused, ok := refusal(err)
	if !ok {
		return err
	}
	form.Errors = map[string]string{refused.Field: env.Fault(refused)}
	return w.menuShown(c, env, statusOf(refused.Kind), form)
}

func (w *Web) menuShown(c *gin.Context, env ui.Env, status int, form editor.Menu) error {
	all, err := w.Tickets.RequestDrafts(c.Request.Context(), tickets.AsAgent(env.Agent))
	if err != nil {
		return err
	}
	form.Used = map[string]bool{}
	for _, d := range all {
		if !d.Type.Archived {
			form.Used["section."+d.Type.Section], form.Used["topic."+d.Type.Topic] = true, true
		}
	}
	delete(form.Used, "section.")
	delete(form.Used, "topic.")
	if region(c.Request) == "menu-rows" {
		return w.render(c, status, editor.MenuRows(env, form))
	}
	return w.page(c, env, status, env.T("editor.menu.title"), editor.MenuPane(env, form))
}

// typedMenu reads both lists. New rows have no key yet; a topic below a new one
// cannot be added before that one is saved.
func typedMenu(c *gin.Context) forms.Menu {
	m := forms.Menu{Version: parseID(c.PostForm("version"))}
	for i, key := range c.PostFormArray("section_key") {
		m.Sections = append(m.Sections, forms.Section{
			Key: key, Icon: strings.TrimSpace(nth(c, "section_icon", i)),
			Name: forms.Text{EN: strings.TrimSpace(nth(c, "section_en", i)), RU: strings.TrimSpace(nth(c, "section_ru", i))},
		})
	}
	for i, key := range c.PostFormArray("topic_key") {
		m.Topics = append(m.Topics, forms.Topic{
			Key: key, Parent: nth(c, "topic_parent", i),
			Name: forms.Text{EN: strings.TrimSpace(nth(c, "topic_en", i)), RU: strings.TrimSpace(nth(c, "topic_ru", i))},
		})
	}
	return m
}

// keyedMenu gives new rows keys of their names and leaves out those without any.
func keyedMenu(m forms.Menu) forms.Menu {
	m.Sections = slices.DeleteFunc(m.Sections, func(s forms.Section) bool { return s.Key == "" && s.Name == (forms.Text{}) })
	m.Topics = slices.DeleteFunc(m.Topics, func(t forms.Topic) bool { return t.Key == "" && t.Name == (forms.Text{}) })
	var sections, topics []string
	for _, s := range m.Sections {
		sections = append(sections, s.Key)
	}
	for _, t := range m.Topics {
		topics = append(topics, t.Key)
	}
	for i, s := range m.Sections {
		if s.Key == "" {
			m.Sections[i].Key = edit.Key(s.Name, "section", sections)
			sections = append(sections, m.Sections[i].Key)
		}
	}
	for i, t := range m.Topics {
		if t.Key == "" {
			m.Topics[i].Key = edit.Key(t.Name, "topic", topics)
			topics = append(topics, m.Topics[i].Key)
		}
	}
	return m
}

// menuButton is the form after one of its small buttons: a verb, a dot, the
// list, a dot and the place.
func menuButton(form editor.Menu, do, language string) editor.Menu {
	words := append(strings.SplitN(do, ".", 3), "", "")
	at, err := strconv.Atoi(words[2])
	switch {
	case words[1] == "sections" && (err == nil || words[0] == "add"):
		form.Sections, form.Focus = rowButton(form.Sections, words[0], "sections", language, at, forms.Section{})
	case words[1] != "topics" || err != nil && words[0] != "add":
	case words[0] == "below" && at >= 0 && at < len(form.Topics):
		form.Topics = slices.Insert(form.Topics, at+1, forms.Topic{Parent: form.Topics[at].Key})
		form.Focus = language + "-topics-" + strconv.Itoa(at+1)
	default:
		form.Topics, form.Focus = rowButton(form.Topics, words[0], "topics", language, at, forms.Topic{})
	}
	return form
}

// rowButton orders, adds or removes a row of a list and answers the control that
// has the focus then.
func rowButton[T any](list []T, do, kind, language string, at int, fresh T) ([]T, string) {
	id := func(part string, i int) string { return part + "-" + kind + "-" + strconv.Itoa(i) }
	switch {
	case do == "add":
		return append(list, fresh), id(language, len(list))
	case at < 0 || at >= len(list):
	case do == "remove":
		return slices.Delete(list, at, at+1), "add-" + kind
	case do == "up" && at > 0:
		list[at-1], list[at] = list[at], list[at-1]
		return list, id("up", max(at-1, 1))
	case do == "down" && at+1 < len(list):
		list[at+1], list[at] = list[at], list[at+1]
		return list, id("down", min(at+1, len(list)-2))
	}
	return list, ""
}
