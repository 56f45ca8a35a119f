package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"okno/channels"
	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/portal"
)

// askerSignInPage asks for the address a link is sent to. Other ways to sign in
// join it there.
func (w *Web) askerSignInPage(c *gin.Context, env ui.Env) error {
	next := portalPath(c.Query("next"))
	if env.Asker.ID != 0 {
		return redirect(c, next)
	}
	return w.site(c, env, http.StatusOK, env.T("portal.signin.title"), portal.SignInMain(env, portal.SignIn{Next: next}))
}

// askerSignIn sends a link. The answer is the same whoever the address belongs to.
func (w *Web) askerSignIn(c *gin.Context, env ui.Env) error {
	form := portal.SignIn{Email: strings.TrimSpace(c.PostForm("email")), Next: portalPath(c.PostForm("next"))}
	err := w.sendLink(c, env, form.Email, form.Next)
	if err == nil {
		return redirect(c, portalHome+"/signin/sent")
	}
	e, ok := refusal(err)
	if !ok {
		return err
	}
	form.Error = say(env.T, e.Message, e.Args)
	return w.site(c, env, statusOf(e.Kind), env.T("portal.signin.title"), portal.SignInMain(env, form))
}

// sendLink sends a link to an address that signs in the browser which asks, and
// goes on to next.
func (w *Web) sendLink(c *gin.Context, env ui.Env, email, next string) error {
	if wait := w.attempts.takeLetter(strings.ToLower(email), c.ClientIP()); wait > 0 {
		minutes := strconv.Itoa(int(wait/time.Minute) + 1)
		return tickets.NewError(tickets.Limited, "email", "portal.limited", "count", minutes)
	}
	ctx, browser := c.Request.Context(), w.browser(c)
	l, secret, err := w.People.AskMailLink(ctx, browser, people.MailLink{Address: email, Language: env.Lang, Next: next})
	if err != nil {
		return err
	}
	if secret != "" {
		if err := w.writeLetter(ctx, env, l, secret); err != nil {
			return err
		}
	}
	return w.askers.put(c, keyLetter, l.Address)
}

func (w *Web) writeLetter(ctx context.Context, env ui.Env, l people.MailLink, secret string) error {
	desk := env.Desk
	if desk == "" {
		desk = "Okno"
	}
	args := map[string]string{"desk": desk, "link": w.PublicURL + portalHome + "/enter/" + secret}
	return w.Hub.Write(ctx, hub.Letter{
		Key: "letter:" + l.Hash, Address: l.Address, Language: env.Lang,
		Subject: channels.Text{Key: "portal.mail.subject", Args: args},
		Body:    channels.Text{Key: "portal.mail.body", Args: args},
	})
}

// letterSentPage says where a link was sent.
func (w *Web) letterSentPage(c *gin.Context, env ui.Env) error {
	email := w.askers.scs.GetString(c.Request.Context(), keyLetter)
	if email == "" {
		return redirect(c, portalHome+"/signin")
	}
	return w.site(c, env, http.StatusOK, env.T("portal.sent.title"), portal.SentMain(env, email))
}

// enterPage shows what a link does; opening it alone does nothing, because mail
// programs open links too.
func (w *Web) enterPage(c *gin.Context, env ui.Env) error {
	l, err := w.People.MailLink(c.Request.Context(), c.Param("secret"), w.knownBrowser(c))
	if err != nil {
		return w.mailLinkOver(c, env, err)
	}
	view := portal.Link{Address: c.Request.URL.Path, Email: l.Address, Form: w.formOf(c, env, l.Next)}
	return w.site(c, env, http.StatusOK, env.T("portal.enter.title"), portal.LinkMain(env, view))
}

// enterByMail signs in whoever brings a link, and sends the form it was asked
// for with.
func (w *Web) enterByMail(c *gin.Context, env ui.Env) error {
	p, l, err := w.People.UseMailLink(c.Request.Context(), c.Param("secret"), w.knownBrowser(c))
	if err != nil {
		return w.mailLinkOver(c, env, err)
	}
	if err := w.welcomePerson(c, p); err != nil {
		return err
	}
	if env.Agent.ID == 0 {
		env.Asker = p
	}
	if err := w.bringForms(c, env); err != nil {
		return err
	}
	key, sends := formToSend(l.Next)
	if !sends {
		return redirect(c, portalPath(l.Next))
	}
	c.Params = append(c.Params, gin.Param{Key: "key", Value: key})
	f, err := w.filling(c, env)
	if err != nil {
		return err
	}
	return w.sendFilled(c, f)
}

// mailLinkOver says why a link does not work.
func (w *Web) mailLinkOver(c *gin.Context, env ui.Env, err error) error {
	var f *people.Fault
	if !errors.As(err, &f) {
		return err
	}
	return w.site(c, env, http.StatusGone, env.T("portal.over.title"), portal.OverMain(env, env.Fault(err)))
}

// formOf names the form that a link sends, "" when it sends none.
func (w *Web) formOf(c *gin.Context, env ui.Env, next string) string {
	key, sends := formToSend(next)
	if !sends {
		return ""
	}
	c.Params = append(c.Params, gin.Param{Key: "key", Value: key})
	f, err := w.filling(c, env)
	if err != nil {
		return ""
	}
	return f.form.Name.In(env.Lang)
}

// formToSend is the key of the form that a path sends.
func formToSend(path string) (key string, sends bool) {
	rest, in := strings.CutPrefix(path, portalHome+"/r/")
	key, is := strings.CutSuffix(rest, "/send")
	return key, in && is
}

// portalPath is a path of the portal to go on with.
func portalPath(path string) string {
	if path = local(path); inPortal(path) {
		return path
	}
	return portalHome + "/mine"
}
