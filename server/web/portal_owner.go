package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
)

// browserCookie holds a secret by which a browser is known again: a link by mail
// works in the one it was asked from, and a stranger finds the forms begun there.
const browserCookie = "okno-browser"

// owner is whose forms are meant, see BegunForms: those of a person are the same
// wherever they sign in, those of a stranger stay in the browser. It is "" for a
// stranger who has begun nothing.
func (w *Web) owner(c *gin.Context, env ui.Env) string {
	if env.Asker.ID != 0 {
		return "person " + idText(env.Asker.ID)
	}
	secret := w.knownBrowser(c)
	if secret == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(secret))
	return "browser " + hex.EncodeToString(sum[:])
}

// bringForms gives what was begun in this browser to whoever signs in. Of two
// fillings of one form the one of this browser is meant.
func (w *Web) bringForms(c *gin.Context, env ui.Env) error {
	from := w.owner(c, ui.Env{})
	if from == "" {
		return nil
	}
	if err := w.Begun.MoveBegunForms(c.Request.Context(), from, w.owner(c, env)); err != nil {
		return fmt.Errorf("bring forms along: %w", err)
	}
	return nil
}

// knownBrowser is the secret of the browser, "" when it has none yet.
func (w *Web) knownBrowser(c *gin.Context) string {
	if made := c.GetString(browserCookie); made != "" {
		return made
	}
	cookie, err := c.Request.Cookie(ownCookie(browserCookie, w.secure))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// browser is the secret of the browser, which gets one when it has none. It lasts
// as long as the forms that were begun in it.
func (w *Web) browser(c *gin.Context) string {
	secret := w.knownBrowser(c)
	if secret == "" {
		secret = rand.Text()
	}
	if c.GetString(browserCookie) == "" {
		c.Set(browserCookie, secret)
		http.SetCookie(c.Writer, &http.Cookie{
			Name: ownCookie(browserCookie, w.secure), Value: secret, Path: "/", MaxAge: int(tickets.BegunFormLasts.Seconds()),
			HttpOnly: true, Secure: w.secure, SameSite: http.SameSiteLaxMode,
		})
	}
	return secret
}
