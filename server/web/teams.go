package web

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"okno/tickets/people"
	"okno/ui"
	"okno/ui/settings"
)

func (w *Web) teamsPage(c *gin.Context, env ui.Env) error {
	return w.page(c, env, http.StatusOK, env.T("settings.teams"), settings.TeamsPane(env, env.Rail.Teams))
}

func (w *Web) teamPage(c *gin.Context, env ui.Env) error {
	team, err := w.teamOf(c)
	if err != nil {
		return err
	}
	return w.teamShown(c, env, http.StatusOK, team, nil)
}

func (w *Web) saveTeam(c *gin.Context, env ui.Env) error {
	team, err := w.teamOf(c)
	if err != nil {
		return err
	}
	team.Name, team.Members = c.PostForm("name"), ids(c.PostFormArray("members"))
	_, err = w.People.SaveTeam(c.Request.Context(), env.Agent, team)
	if err == nil {
		return redirect(c, "/settings/teams")
	}
	refused, err := field(err)
	if err != nil {
		return err
	}
	return w.teamShown(c, env, statusOf(refused.Kind), team, map[string]string{refused.Field: env.Fault(refused)})
}

func (w *Web) teamShown(c *gin.Context, env ui.Env, status int, t people.Team, errors map[string]string) error {
	all, err := w.Store.Agents(c.Request.Context())
	if err != nil {
		return err
	}
	form := settings.Team{ID: t.ID, Name: t.Name, Errors: errors}
	for _, a := range all {
		if on := slices.Contains(t.Members, a.ID); on || !a.Disabled {
			form.Members = append(form.Members, settings.Tick{ID: a.ID, Name: a.Name, On: on})
		}
	}
	title := t.Name
	if t.ID == 0 {
		title = env.T("teams.new")
	}
	return w.page(c, env, status, title, settings.TeamPane(env, form))
}

// teamOf is the team of the address; "new" is one that does not exist yet.
func (w *Web) teamOf(c *gin.Context) (people.Team, error) {
	if c.Param("id") == "new" {
		return people.Team{}, nil
	}
	id, err := idOf(c)
	if err != nil {
		return people.Team{}, err
	}
	return w.Store.Team(c.Request.Context(), id)
}
