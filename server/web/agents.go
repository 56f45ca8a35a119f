package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets/people"
	"okno/ui"
	"okno/ui/settings"
)

func (w *Web) agentsPage(c *gin.Context, env ui.Env) error {
	all, err := w.Store.Agents(c.Request.Context())
	if err != nil {
		return err
	}
	var list settings.Agents
	for _, a := range all {
		list.Rows = append(list.Rows, settings.AgentRow{Agent: a, Teams: teamsOf(env, a.ID)})
	}
	return w.page(c, env, http.StatusOK, env.T("settings.agents"), settings.AgentsPane(env, list))
}

func (w *Web) newAgentPage(c *gin.Context, env ui.Env) error {
	return w.agentShown(c, env, http.StatusOK, settings.Agent{Role: people.Answerer, Teams: teamTicks(env, nil)})
}

func (w *Web) inviteAgent(c *gin.Context, env ui.Env) error {
	teams := ids(c.PostFormArray("teams"))
	form := settings.Agent{
		Name: c.PostForm("name"), Email: c.PostForm("email"), Role: people.Role(c.PostForm("role")), Teams: teamTicks(env, teams),
	}
	a, secret, err := w.People.Invite(c.Request.Context(), env.Agent, form.Name, form.Email, form.Role, teams)
	if err != nil {
		return w.agentRefused(c, env, form, err)
	}
	return w.showLink(c, env, a, secret)
}

func (w *Web) agentPage(c *gin.Context, env ui.Env) error {
	a, err := w.agentOf(c)
	if err != nil {
		return err
	}
	return w.agentShown(c, env, http.StatusOK, agentForm(env, a))
}

func (w *Web) saveAgent(c *gin.Context, env ui.Env) error {
	a, err := w.agentOf(c)
	if err != nil {
		return err
	}
	form := agentForm(env, a)
	teams := ids(c.PostFormArray("teams"))
	form.Role, form.Disabled = people.Role(c.PostForm("role")), c.PostForm("disabled") == "true"
	form.Teams = teamTicks(env, teams)
	if err := w.People.ChangeAgent(c.Request.Context(), env.Agent, a.ID, form.Role, form.Disabled, teams); err != nil {
		return w.agentRefused(c, env, form, err)
	}
	return redirect(c, "/settings/agents")
}

func (w *Web) newLink(c *gin.Context, env ui.Env) error {
	a, err := w.agentOf(c)
	if err != nil {
		return err
	}
	secret, err := w.People.NewLink(c.Request.Context(), env.Agent, a.ID)
	if err != nil {
		return err
	}
	return w.showLink(c, env, a, secret)
}

// showLink shows a link on the agent's page. It answers the POST itself, because
// a redirect would have to keep the secret somewhere meanwhile.
func (w *Web) showLink(c *gin.Context, env ui.Env, a people.Agent, secret string) error {
	teams, err := w.Store.Teams(c.Request.Context())
	if err != nil {
		return err
	}
	env.Rail.Teams = teams // an invitation has just changed them
	form := agentForm(env, a)
	form.Link = []settings.Invitation{{Name: a.Name, Email: a.Email, URL: w.PublicURL + "/join/" + secret}}
	c.Header("HX-Push-Url", "/settings/agents/"+strconv.FormatInt(a.ID, 10))
	return w.agentShown(c, env, http.StatusOK, form)
}

// agentRefused shows the form again with what was typed.
func (w *Web) agentRefused(c *gin.Context, env ui.Env, form settings.Agent, err error) error {
	e, ok := refusal(err)
	if !ok {
		return err
	}
	name := e.Field
	if name != "name" && name != "email" && name != "role" {
		name = ""
	}
	form.Errors = map[string]string{name: env.Fault(e)}
	return w.agentShown(c, env, statusOf(e.Kind), form)
}

func (w *Web) agentShown(c *gin.Context, env ui.Env, status int, form settings.Agent) error {
	title := form.Name
	if form.ID == 0 {
		title = env.T("agents.invite")
	}
	return w.page(c, env, status, title, settings.AgentPane(env, form))
}

func (w *Web) agentOf(c *gin.Context) (people.Agent, error) {
	id, err := idOf(c)
	if err != nil {
		return people.Agent{}, err
	}
	return w.Store.Agent(c.Request.Context(), id)
}

func agentForm(env ui.Env, a people.Agent) settings.Agent {
	var teams []int64
	for _, t := range env.Rail.Teams {
		if slices.Contains(t.Members, a.ID) {
			teams = append(teams, t.ID)
		}
	}
	return settings.Agent{
		ID: a.ID, Name: a.Name, Email: a.Email, Role: a.Role, Disabled: a.Disabled,
		Invited: a.PasswordHash == "", Program: a.Program, Teams: teamTicks(env, teams),
	}
}

func teamTicks(env ui.Env, on []int64) []settings.Tick {
	var out []settings.Tick
	for _, t := range env.Rail.Teams {
		out = append(out, settings.Tick{ID: t.ID, Name: t.Name, On: slices.Contains(on, t.ID)})
	}
	return out
}

func teamsOf(env ui.Env, agent int64) string {
	var names []string
	for _, t := range env.Rail.Teams {
		if slices.Contains(t.Members, agent) {
			names = append(names, t.Name)
		}
	}
	return strings.Join(names, ", ")
}

// ids reads ids from a form and leaves out what is none.
func ids(texts []string) []int64 {
	var out []int64
	for _, text := range texts {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil && id > 0 {
			out = append(out, id)
		}
	}
	return out
}
