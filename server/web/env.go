package web

import (
	"net/http"
	"net/url"
	"time"

	"github.com/gin-gonic/gin"

	"okno/assets/locale"
	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
)

// languageCookie keeps the language chosen before sign-in.
const languageCookie = "lang"

// zoneCookie holds the browser's time zone; a script sets it.
const zoneCookie = "zone"

// env is who looks at the page and how. who is zero before sign-in.
func (w *Web) env(c *gin.Context, who people.Agent) ui.Env {
	env := w.inLanguage(ui.Env{
		Agent: who, Theme: who.Theme, Zone: zoneOf(c.Request, who), Now: w.Now(),
		Desk: w.setting(c, settingName), Assets: w.Assets.URL, Path: c.Request.URL.Path,
	}, languageOf(c.Request, who))
	if ok, why := w.Health(); !ok {
		env.Banner = why
	}
	return env
}

// inLanguage is the same page in a language.
func (w *Web) inLanguage(env ui.Env, lang string) ui.Env {
	t := w.Locale.T(lang)
	env.Lang, env.T = lang, t
	env.Sentence = func(s tickets.Sentence) string { return say(t, s.Key, s.Args) }
	env.Fault = func(err error) string { return explain(t, err) }
	return env
}

// setting reads a setting of the desk for show; pages go on without it.
func (w *Web) setting(c *gin.Context, key string) string {
	value, err := w.Settings.Setting(c.Request.Context(), key)
	if err != nil {
		w.Logger.WarnContext(c.Request.Context(), "setting not read", "key", key, "error", err)
	}
	return value
}

// rail reads the counters and teams; pages before sign-in have none.
func (w *Web) rail(c *gin.Context, who people.Agent, wanted access) (ui.Rail, error) {
	if wanted == public || wanted == guest || wanted == asker || who.ID == 0 {
		return ui.Rail{}, nil
	}
	ctx := c.Request.Context()
	counts, err := w.Tickets.Counts(ctx, tickets.AsAgent(who))
	if err != nil {
		return ui.Rail{}, err
	}
	teams, err := w.Store.Teams(ctx)
	if err != nil {
		return ui.Rail{}, err
	}
	rail := ui.Rail{Counts: counts, Teams: teams, Admin: who.Role == people.Administrator}
	if wanted == administrator {
		rail.Current = "settings"
	}
	return rail, nil
}

// languageOf is the agent's choice, else the one made before sign-in, else what
// the browser asks for.
func languageOf(r *http.Request, who people.Agent) string {
	if who.Language != "" {
		return who.Language
	}
	if c, err := r.Cookie(languageCookie); err == nil && known(c.Value) {
		return c.Value
	}
	return locale.Wanted(r.Header.Get("Accept-Language"))
}

func known(lang string) bool {
	for _, l := range locale.Languages() {
		if l == lang {
			return true
		}
	}
	return false
}

// zoneOf is the agent's choice, else the browser's, else UTC.
func zoneOf(r *http.Request, who people.Agent) *time.Location {
	names := []string{who.TimeZone}
	if c, err := r.Cookie(zoneCookie); err == nil {
		name, _ := url.QueryUnescape(c.Value) // an unreadable name is no zone
		names = append(names, name)
	}
	for _, name := range names {
		if zone, err := time.LoadLocation(name); err == nil && name != "" && name != "Local" {
			return zone
		}
	}
	return time.UTC
}
