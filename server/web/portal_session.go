package web

import (
	"errors"
	"fmt"

	"github.com/gin-gonic/gin"

	"okno/tickets/people"
	"okno/ui"
)

// What a session of the portal keeps.
const (
	keyPerson = "person" // int64
	keyLetter = "letter" // string: where the last link was sent
	keySent   = "sent"   // string: BegunForm.Once of the form that was sent last, and the ticket it made
)

// asking finds out who asks: the person behind an agent who has signed in, else
// whoever signed in by mail. Both read the portal in their language.
func (w *Web) asking(c *gin.Context, env ui.Env) (ui.Env, error) {
	if err := w.askers.open(c); err != nil {
		return env, err
	}
	id := env.Agent.PersonID
	if id == 0 {
		id = w.askers.scs.GetInt64(c.Request.Context(), keyPerson)
	}
	if id == 0 {
		return env, nil
	}
	p, err := w.Store.Person(c.Request.Context(), id)
	if errors.Is(err, people.ErrMissing) || err == nil && p.Blocked {
		return env, nil
	}
	if err != nil {
		return env, fmt.Errorf("read person of session: %w", err)
	}
	env.Asker = p
	w.askers.prolong(c)
	if _, err := c.Request.Cookie(languageCookie); err != nil && env.Agent.ID == 0 && known(p.Language) {
		env = w.inLanguage(env, p.Language)
	}
	return env, nil
}

// welcomePerson signs a person in under a new session id, which keeps nothing of
// somebody else who sat at this browser.
func (w *Web) welcomePerson(c *gin.Context, p people.Person) error {
	ctx, s := c.Request.Context(), w.askers.scs
	if before := s.GetInt64(ctx, keyPerson); before != 0 && before != p.ID {
		if err := s.Clear(ctx); err != nil {
			return fmt.Errorf("clear session: %w", err)
		}
	}
	if err := s.RenewToken(ctx); err != nil {
		return fmt.Errorf("renew session id: %w", err)
	}
	s.Put(ctx, keyPerson, p.ID)
	return w.askers.save(c)
}

func (w *Web) askerSignOut(c *gin.Context, _ ui.Env) error {
	if err := w.askers.end(c); err != nil {
		return err
	}
	return redirect(c, portalHome)
}

// choosePortalLanguage keeps the language of the portal's pages, also for those
// who have signed in.
func (w *Web) choosePortalLanguage(c *gin.Context, _ ui.Env) error {
	if lang := c.PostForm("language"); known(lang) {
		w.cookie(c, languageCookie, lang)
	}
	next := local(c.PostForm("next"))
	if !inPortal(next) {
		next = portalHome
	}
	return redirect(c, next)
}
