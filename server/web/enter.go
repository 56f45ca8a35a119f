package web

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"okno/tickets/people"
	"okno/ui"
	"okno/ui/entry"
)

// demoRoutes are those of a desk that is only tried.
func (w *Web) demoRoutes() []route {
	if !w.Demo {
		return nil
	}
	return []route{{http.MethodGet, "/demo/:secret", public, w.enter, 0}}
}

// enter signs in whoever brings the link that the process printed, in the
// language of their browser.
func (w *Web) enter(c *gin.Context, env ui.Env) error {
	who, err := w.People.Enter(c.Request.Context(), c.Param("secret"))
	if errors.Is(linkFault(err), errLinkOver) {
		return w.linkOver(c, env, entry.Invite)
	}
	if err != nil {
		return err
	}
	who, err = w.People.ChangeProfile(c.Request.Context(), who, people.Profile{
		Name: who.Name, Language: languageOf(c.Request, people.Agent{}), Theme: who.Theme, TimeZone: who.TimeZone, Signature: who.Signature,
	})
	if err != nil {
		return err
	}
	if err := w.sessions.begin(c, who); err != nil {
		return err
	}
	return redirect(c, "/")
}
