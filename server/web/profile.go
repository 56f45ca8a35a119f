package web

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets/people"
	"okno/ui"
	"okno/ui/settings"
)

func (w *Web) settingsHome(c *gin.Context, _ ui.Env) error {
	return redirect(c, "/settings/profile")
}

func (w *Web) profilePage(c *gin.Context, env ui.Env) error {
	p := settings.Profile{Profile: profileOf(env.Agent)}
	if c.Query("saved") != "" {
		p.Saved = env.T("settings.saved")
	}
	var err error
	if p.Absence, err = w.absence(c.Request.Context(), env, env.Agent.PersonID); err != nil {
		return err
	}
	p.Absence.Saved = savedAbsence(c, env, p.Absence)
	return w.profileShown(c, env, http.StatusOK, p)
}

func (w *Web) saveProfile(c *gin.Context, env ui.Env) error {
	typed := people.Profile{
		Name: c.PostForm("name"), Language: c.PostForm("language"), Theme: c.PostForm("theme"),
		TimeZone: c.PostForm("time_zone"), Signature: c.PostForm("signature"),
	}
	_, err := w.People.ChangeProfile(c.Request.Context(), env.Agent, typed)
	if err != nil {
		return w.profileRefused(c, env, typed, err)
	}
	return redirect(c, "/settings/profile?saved=1")
}

// savePassword ends every other session of the agent, see mark, and begins this
// one anew.
func (w *Web) savePassword(c *gin.Context, env ui.Env) error {
	account := "password " + env.Agent.Email
	if wait := w.attempts.take(account, c.ClientIP()); wait > 0 {
		return w.profileRefused(c, env, profileOf(env.Agent), onField(tooOften(wait), "old"))
	}
	ctx := c.Request.Context()
	if err := w.People.ChangePassword(ctx, env.Agent, c.PostForm("old"), c.PostForm("password")); err != nil {
		return w.profileRefused(c, env, profileOf(env.Agent), err)
	}
	w.attempts.forgive(account)
	changed, err := w.Store.Agent(ctx, env.Agent.ID)
	if err != nil {
		return err
	}
	if err := w.sessions.begin(c, changed); err != nil {
		return err
	}
	return redirect(c, "/settings/profile?saved=1")
}

func (w *Web) profileRefused(c *gin.Context, env ui.Env, typed people.Profile, err error) error {
	refused, err := field(err)
	if err != nil {
		return err
	}
	p := settings.Profile{Profile: typed, Errors: map[string]string{refused.Field: env.Fault(refused)}}
	if p.Absence, err = w.absence(c.Request.Context(), env, env.Agent.PersonID); err != nil {
		return err
	}
	return w.profileShown(c, env, http.StatusUnprocessableEntity, p)
}

func (w *Web) profileShown(c *gin.Context, env ui.Env, status int, p settings.Profile) error {
	env.Rail.Current, p.Absence.Action = "settings", "/settings/absence"
	return w.page(c, env, status, env.T("profile.title"), settings.ProfilePane(env, p))
}

func profileOf(a people.Agent) people.Profile {
	return people.Profile{Name: a.Name, Language: a.Language, Theme: a.Theme, TimeZone: a.TimeZone, Signature: a.Signature}
}

func (w *Web) deskPage(c *gin.Context, env ui.Env) error {
	d := settings.Desk{Name: env.Desk, Language: w.setting(c, settingLanguage)}
	if c.Query("saved") != "" {
		d.Saved = env.T("settings.saved")
	}
	return w.page(c, env, http.StatusOK, env.T("settings.desk"), settings.DeskPane(env, d))
}

func (w *Web) saveDesk(c *gin.Context, env ui.Env) error {
	d := settings.Desk{Name: strings.TrimSpace(c.PostForm("name")), Language: c.PostForm("language")}
	err := w.putDesk(c.Request.Context(), d.Name, d.Language)
	if err == nil {
		return redirect(c, "/settings/desk?saved=1")
	}
	refused, err := field(err)
	if err != nil {
		return err
	}
	d.Errors = map[string]string{refused.Field: env.Fault(refused)}
	return w.page(c, env, statusOf(refused.Kind), env.T("settings.desk"), settings.DeskPane(env, d))
}
