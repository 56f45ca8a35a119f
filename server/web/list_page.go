package web

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/desk"
)

// perPage is how many tickets one page of a list has.
const perPage = 50

// home leads to one's own tickets.
func (w *Web) home(c *gin.Context, _ ui.Env) error { return redirect(c, "/tickets?view=mine") }

// railPage answers the views with their counters anew.
func (w *Web) railPage(c *gin.Context, env ui.Env) error {
	env.Rail.Current = c.Query("current")
	return w.render(c, http.StatusOK, ui.RailPane(env, false))
}

// listPage answers one page of a view, or the list alone.
func (w *Web) listPage(c *gin.Context, env ui.Env) error {
	key := viewKey(c)
	env.Rail.Current, env.Pos = key, w.from()
	l, err := w.list(c, env, key)
	if err != nil {
		return err
	}
	if region(c.Request) == "list" {
		return w.render(c, http.StatusOK, desk.ListPane(env, l))
	}
	l.Step = w.goneStep(c, env)
	return w.page(c, env, http.StatusOK, l.Title, desk.ListMain(env, l))
}

// region names the part of a page that asks to be drawn anew, "" when the answer
// becomes a whole page. A button that was drawn an instant ago and is pressed
// before htmx knows it submits its form as a page does, so nothing else may
// decide between part and page.
func region(r *http.Request) string {
	_, id, _ := strings.Cut(r.Header.Get("HX-Target"), "#")
	if id == "main" {
		return ""
	}
	return id
}

// viewKey is the entry of the rail an address names.
func viewKey(c *gin.Context) string {
	if team := c.Query("team"); team != "" {
		return "team:" + team
	}
	return knownKey(c.Query("view"))
}

// knownKey answers a key of the rail, one's own tickets for anything else.
func knownKey(key string) string {
	if strings.HasPrefix(key, "team:") {
		return key
	}
	if slices.Contains(append(tickets.Views(), tickets.ViewDeleted), tickets.View(key)) {
		return key
	}
	return string(tickets.ViewMine)
}

// query asks for a page of the view behind a key of the rail.
func query(env ui.Env, key, after string) (tickets.ListQuery, error) {
	q := tickets.ListQuery{View: tickets.View(key), AgentID: env.Agent.ID, After: after, Limit: perPage}
	team, ok := strings.CutPrefix(key, "team:")
	if !ok {
		return q, nil
	}
	id, err := strconv.ParseInt(team, 10, 64)
	if err != nil {
		return q, tickets.NewError(tickets.Missing, "", "web.fault.nowhere")
	}
	q.View, q.TeamID = tickets.ViewOpen, id
	return q, nil
}

// listAddress is the page of a view; after is a cursor.
func listAddress(key, after string) string {
	v := url.Values{}
	if team, ok := strings.CutPrefix(key, "team:"); ok {
		v.Set("team", team)
	} else {
		v.Set("view", key)
	}
	if after != "" {
		v.Set("after", after)
	}
	return "/tickets?" + v.Encode()
}
