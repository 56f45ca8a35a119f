package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/entry"
)

// setupPage is the first step of the wizard, behind the link printed at start.
func (w *Web) setupPage(c *gin.Context, env ui.Env) error {
	left, err := w.linkLeft(c, people.LinkSetup)
	if err != nil {
		return err
	}
	if left <= 0 {
		return w.linkOver(c, env, entry.First)
	}
	form := w.accountForm(c, env, entry.First, people.Agent{Language: env.Lang})
	form.Minutes = int((left + time.Minute - 1) / time.Minute)
	return w.bare(c, env, http.StatusOK, env.T("account.first.title"), entry.AccountPane(env, form))
}

func (w *Web) setup(c *gin.Context, env ui.Env) error {
	if wait := w.attempts.take("", c.ClientIP()); wait > 0 {
		return tooOften(wait)
	}
	typed := typedAccount(c)
	who, err := w.People.FirstAdministrator(c.Request.Context(), c.Param("secret"), typed)
	if err != nil {
		return w.accountRefused(c, env, entry.First, typed, err)
	}
	if err := w.sessions.begin(c, who); err != nil {
		return err
	}
	return redirect(c, "/welcome/desk")
}

// joinPage is behind an invite or a reset link.
func (w *Web) joinPage(c *gin.Context, env ui.Env) error {
	who, err := w.People.LinkAgent(c.Request.Context(), c.Param("secret"))
	if errors.Is(linkFault(err), errLinkOver) {
		return w.linkOver(c, env, entry.Invite)
	}
	if err != nil {
		return err
	}
	kind := joinKind(who)
	if kind == entry.Invite {
		who.Language = env.Lang // what they are reading now; the invitation only guessed
	}
	return w.bare(c, env, http.StatusOK, env.T("account."+string(kind)+".title", "desk", env.Desk), entry.AccountPane(env, w.accountForm(c, env, kind, who)))
}

func (w *Web) join(c *gin.Context, env ui.Env) error {
	if wait := w.attempts.take("", c.ClientIP()); wait > 0 {
		return tooOften(wait)
	}
	ctx, typed := c.Request.Context(), typedAccount(c)
	invited, err := w.People.LinkAgent(ctx, c.Param("secret"))
	if err != nil {
		return w.accountRefused(c, env, entry.Invite, typed, err)
	}
	typed.Email = invited.Email
	who, err := w.People.Accept(ctx, c.Param("secret"), typed)
	if err != nil {
		return w.accountRefused(c, env, joinKind(invited), typed, err)
	}
	if err := w.sessions.begin(c, who); err != nil {
		return err
	}
	return redirect(c, "/")
}

func joinKind(who people.Agent) entry.Kind {
	if who.PasswordHash != "" {
		return entry.Reset
	}
	return entry.Invite
}

func typedAccount(c *gin.Context) people.NewAccount {
	return people.NewAccount{
		Name: strings.TrimSpace(c.PostForm("name")), Email: strings.TrimSpace(c.PostForm("email")),
		Password: c.PostForm("password"), Language: c.PostForm("language"),
	}
}

func (w *Web) accountForm(c *gin.Context, env ui.Env, kind entry.Kind, a people.Agent) entry.Account {
	lang := a.Language
	if lang == "" {
		lang = env.Lang
	}
	return entry.Account{Action: c.Request.URL.Path, Kind: kind, Name: a.Name, Email: a.Email, Language: lang}
}

// accountRefused shows the form again with all that was typed but the password.
func (w *Web) accountRefused(c *gin.Context, env ui.Env, kind entry.Kind, typed people.NewAccount, err error) error {
	if errors.Is(linkFault(err), errLinkOver) {
		return w.linkOver(c, env, kind)
	}
	refused, err := field(err)
	if err != nil {
		return err
	}
	form := w.accountForm(c, env, kind, people.Agent{Name: typed.Name, Email: typed.Email, Language: typed.Language})
	form.Errors = map[string]string{refused.Field: env.Fault(refused)}
	title := env.T("account."+string(kind)+".title", "desk", env.Desk)
	return w.bare(c, env, statusOf(refused.Kind), title, entry.AccountPane(env, form))
}

// linkOver says that a one-time link has ended and how to get another.
func (w *Web) linkOver(c *gin.Context, env ui.Env, kind entry.Kind) error {
	if kind == entry.Reset {
		kind = entry.Invite
	}
	return w.bare(c, env, http.StatusGone, env.T("link.over.title"), entry.LinkOverPane(env, kind))
}

// errLinkOver is a one-time link that was used, has expired or never was.
var errLinkOver = errors.New("one-time link has ended")

// linkFault recognises a link that has ended among the refusals.
func linkFault(err error) error {
	if e, ok := refusal(err); ok && e.Kind == tickets.Missing {
		return errLinkOver
	}
	return err
}

// linkLeft answers how long a link of this kind still works, 0 when it does
// not.
func (w *Web) linkLeft(c *gin.Context, kind people.LinkKind) (time.Duration, error) {
	sum := sha256.Sum256([]byte(c.Param("secret")))
	link, err := w.Store.Link(c.Request.Context(), hex.EncodeToString(sum[:]))
	if errors.Is(err, people.ErrMissing) {
		return 0, nil
	}
	if err != nil || link.Kind != kind || !link.UsedAt.IsZero() {
		return 0, err
	}
	return link.ExpiresAt.Sub(w.Now()), nil
}
