package web

import (
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/channels"
	"okno/tickets"
	"okno/ui"
	"okno/ui/settings"
)

// keyGrant holds a begun grant in the session until the provider sends the
// administrator back.
const keyGrant = "grant"

// grant is what has to be remembered meanwhile.
type grant struct {
	Channel int64
	Prompt  channels.Prompt
}

// beginGrant asks the provider for access to a mailbox. The page it answers
// leads there by a link: the policy allows no form to end at another site.
func (w *Web) beginGrant(c *gin.Context, env ui.Env) error {
	ch, err := w.channelOf(c, env)
	if err != nil {
		return err
	}
	back := w.PublicURL + "/settings/channels/callback"
	if c.PostForm("way") == "code" {
		back = ""
	}
	prompt, err := w.Hub.BeginSignIn(c.Request.Context(), env.Agent, ch, back)
	if err != nil {
		return &tickets.Error{Kind: tickets.Blocked, Message: "grant.refused", Args: map[string]string{"detail": err.Error()}, Err: err}
	}
	view := settings.Grant{Channel: ch.Name, URL: prompt.URL, Code: prompt.Code, Back: channelPath(ch.ID)}
	if prompt.Code != "" {
		view.Check = w.awaitGrant(c, env, grant{ch.ID, prompt})
	} else if err := w.keepGrant(c, grant{ch.ID, prompt}); err != nil {
		return err
	}
	return w.page(c, env, http.StatusOK, env.T("grant.title"), settings.GrantPane(env, view))
}

// awaitGrant waits beside the page for the code to be typed at the provider.
func (w *Web) awaitGrant(c *gin.Context, env ui.Env, g grant) settings.Check {
	ctx := detached(c)
	id, running := w.checks.start(env.Agent.ID, func(report func(channels.Step)) error {
		ch, err := w.Hub.Channel(ctx, env.Agent, g.Channel)
		if err != nil {
			return err
		}
		if _, err := w.Hub.FinishSignIn(ctx, env.Agent, ch, g.Prompt, ""); err != nil {
			return err
		}
		report(channels.Step{OK: true, Label: channels.Text{Key: "grant.done"}})
		return nil
	})
	return checkView(env, id, running)
}

func (w *Web) keepGrant(c *gin.Context, g grant) error {
	kept, err := json.Marshal(g)
	if err != nil {
		return fmt.Errorf("keep begun grant: %w", err)
	}
	return w.sessions.put(c, keyGrant, string(kept))
}

// finishGrant is where the provider sends the administrator back. The state
// proves that we sent them.
func (w *Web) finishGrant(c *gin.Context, env ui.Env) error {
	kept, err := w.sessions.take(c, keyGrant)
	if err != nil {
		return err
	}
	var g grant
	if json.NewDecoder(strings.NewReader(kept)).Decode(&g) != nil || g.Prompt.State == "" ||
		subtle.ConstantTimeCompare([]byte(g.Prompt.State), []byte(c.Query("state"))) != 1 {
		return tickets.NewError(tickets.Invalid, "", "grant.stray")
	}
	ch, err := w.Hub.Channel(c.Request.Context(), env.Agent, g.Channel)
	if err != nil {
		return err
	}
	if _, err := w.Hub.FinishSignIn(c.Request.Context(), env.Agent, ch, g.Prompt, c.Query("code")); err != nil {
		return &tickets.Error{Kind: tickets.Blocked, Message: "grant.refused", Args: map[string]string{"detail": c.Query("error_description")}, Err: err}
	}
	return redirect(c, channelPath(ch.ID))
}
