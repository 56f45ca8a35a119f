package web

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/settings"
)

func (w *Web) tokensPage(c *gin.Context, env ui.Env) error {
	ctx := c.Request.Context()
	all, err := w.People.Tokens(ctx, env.Agent)
	if err != nil {
		return err
	}
	names, err := w.agentNames(ctx)
	if err != nil {
		return err
	}
	var list settings.Tokens
	for _, t := range all {
		row := settings.TokenRow{Token: t, As: names[t.AgentID], By: names[t.MadeBy]}
		if row.As == t.Name {
			row.As = ""
		}
		list.Rows = append(list.Rows, row)
	}
	return w.page(c, env, http.StatusOK, env.T("settings.tokens"), settings.TokensPane(env, list))
}

func (w *Web) agentNames(ctx context.Context) (map[int64]string, error) {
	all, err := w.Store.Agents(ctx)
	names := make(map[int64]string, len(all))
	for _, a := range all {
		names[a.ID] = a.Name
	}
	return names, err
}

func (w *Web) newTokenPage(c *gin.Context, env ui.Env) error {
	return w.tokenShown(c, env, http.StatusOK, settings.Token{Scope: string(people.ScopeWrite), Days: "365"})
}

// makeToken answers the POST itself, because a redirect would have to keep the
// secret somewhere meanwhile.
func (w *Web) makeToken(c *gin.Context, env ui.Env) error {
	form := settings.Token{Name: c.PostForm("name"), Scope: c.PostForm("scope"), As: c.PostForm("as"), Days: c.PostForm("days")}
	n, err := newToken(env, form)
	if err == nil {
		_, form.Secret, err = w.People.MakeToken(c.Request.Context(), env.Agent, n)
	}
	if err == nil {
		return w.tokenShown(c, env, http.StatusOK, form)
	}
	refused, err := field(err)
	if err != nil {
		return err
	}
	form.Errors = map[string]string{refused.Field: env.Fault(refused)}
	return w.tokenShown(c, env, statusOf(refused.Kind), form)
}

func newToken(env ui.Env, form settings.Token) (people.NewToken, error) {
	n := people.NewToken{Name: form.Name, Scope: people.Scope(form.Scope)}
	if form.As == "me" {
		n.As = env.Agent.ID
	}
	if form.Days == "" {
		return n, nil
	}
	days, err := strconv.ParseUint(form.Days, 10, 12)
	if err != nil || days == 0 {
		return n, tickets.NewError(tickets.Invalid, "expires", "error.people.token.expires")
	}
	n.Lasts = time.Duration(days) * 24 * time.Hour //nolint:gosec // twelve bits
	return n, nil
}

func (w *Web) revokeToken(c *gin.Context, env ui.Env) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	if err := w.People.RevokeToken(c.Request.Context(), env.Agent, id); err != nil {
		return err
	}
	return redirect(c, "/settings/tokens")
}

func (w *Web) tokenShown(c *gin.Context, env ui.Env, status int, form settings.Token) error {
	return w.page(c, env, status, env.T("tokens.new"), settings.TokenPane(env, form))
}
