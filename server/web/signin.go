package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
	"okno/ui/entry"
)

func (w *Web) signInPage(c *gin.Context, env ui.Env) error {
	next := local(c.Query("next"))
	if env.Agent.ID != 0 {
		return redirect(c, orHome(next))
	}
	return w.bare(c, env, http.StatusOK, env.T("signin.title"), entry.SignInPane(env, entry.SignIn{Next: next}))
}

func (w *Web) signIn(c *gin.Context, env ui.Env) error {
	form := entry.SignIn{Email: strings.TrimSpace(c.PostForm("email")), Next: local(c.PostForm("next"))}
	account := strings.ToLower(form.Email)
	if wait := w.attempts.take(account, c.ClientIP()); wait > 0 {
		return w.signInRefused(c, env, form, tooOften(wait))
	}
	who, err := w.People.SignIn(c.Request.Context(), account, c.PostForm("password"))
	if err != nil {
		return w.signInRefused(c, env, form, err)
	}
	w.attempts.forgive(account)
	if err := w.sessions.begin(c, who); err != nil {
		return err
	}
	return redirect(c, orHome(form.Next))
}

// signInRefused shows the form again with what was typed, except the password.
func (w *Web) signInRefused(c *gin.Context, env ui.Env, form entry.SignIn, err error) error {
	refused, ok := refusal(err)
	if !ok {
		return err
	}
	form.Error = env.Fault(refused)
	return w.bare(c, env, statusOf(refused.Kind), env.T("signin.title"), entry.SignInPane(env, form))
}

func (w *Web) signOut(c *gin.Context, _ ui.Env) error {
	if err := w.sessions.end(c); err != nil {
		return err
	}
	return redirect(c, "/signin")
}

// chooseLanguage keeps the language of the pages before sign-in.
func (w *Web) chooseLanguage(c *gin.Context, _ ui.Env) error {
	if lang := c.PostForm("language"); known(lang) {
		w.cookie(c, languageCookie, lang)
	}
	return redirect(c, orHome(local(c.PostForm("next"))))
}

// tooOften says how long to wait before the next attempt.
func tooOften(wait time.Duration) error {
	seconds := int(wait.Seconds()) + 1
	if seconds < 120 {
		return tickets.NewError(tickets.Limited, "", "signin.wait.seconds", "n", strconv.Itoa(seconds))
	}
	return tickets.NewError(tickets.Limited, "", "signin.wait.minutes", "n", strconv.Itoa(seconds/60+1))
}

func orHome(path string) string {
	if path == "" {
		return "/"
	}
	return path
}
