package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/entry"
)

// statusOf is the one table from kinds of refusals to statuses.
func statusOf(k tickets.Kind) int {
	switch k {
	case tickets.Invalid:
		return http.StatusUnprocessableEntity
	case tickets.Denied:
		return http.StatusForbidden
	case tickets.Missing:
		return http.StatusNotFound
	case tickets.Conflict, tickets.Blocked:
		return http.StatusConflict
	case tickets.Limited:
		return http.StatusTooManyRequests
	case tickets.Unavailable:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// refusal is an error a person can do something about, whichever package said
// it; ok is false for an internal one.
func refusal(err error) (e *tickets.Error, ok bool) {
	var (
		fault *people.Fault
		large *http.MaxBytesError
	)
	switch {
	case errors.As(err, &e):
		return e, true
	case errors.As(err, &fault):
		return &tickets.Error{Kind: tickets.Kind(fault.Kind), Field: fault.Field, Message: fault.Message, Args: fault.Args, Err: err}, true
	case errors.As(err, &large):
		return &tickets.Error{Kind: tickets.Invalid, Message: "web.fault.too_large", Err: err}, true
	case errors.Is(err, people.ErrMissing):
		return &tickets.Error{Kind: tickets.Missing, Message: "web.fault.nowhere", Err: err}, true
	case errors.Is(err, hub.ErrNoMailbox):
		return &tickets.Error{Kind: tickets.Unavailable, Message: "portal.mail.none", Err: err}, true
	case errors.Is(err, hub.ErrDone):
		return &tickets.Error{Kind: tickets.Blocked, Message: "web.fault.done", Err: err}, true
	}
	return nil, false
}

// fail answers an error: where to sign in, a refusal in words, or the short id
// under which the log has the cause.
func (w *Web) fail(c *gin.Context, env ui.Env, err error) {
	c.Abort()
	if errors.Is(err, errSignedOut) {
		w.sendToSignIn(c)
		return
	}
	if errors.Is(err, context.Canceled) && c.Request.Context().Err() != nil {
		return // nobody is waiting for an answer any more
	}
	if e, ok := refusal(err); ok {
		text := say(env.T, e.Message, e.Args)
		if e.Kind == tickets.Missing && inPortal(c.Request.URL.Path) {
			text = env.T("portal.missing") // the same for what is not there and what is somebody else's
		}
		w.failPage(c, env, statusOf(e.Kind), entry.Trouble{Title: env.T("web.trouble." + string(e.Kind)), Text: text})
		return
	}
	id := shortID()
	w.Logger.ErrorContext(c.Request.Context(), "request failed", "id", id, "method", c.Request.Method, "path", c.FullPath(), "error", err)
	w.failPage(c, env, http.StatusInternalServerError, entry.Trouble{
		Title: env.T("web.trouble.internal"), Text: env.T("web.fault.internal", "id", id),
	})
}

// failPage shows a trouble within the frame people are in.
func (w *Web) failPage(c *gin.Context, env ui.Env, status int, t entry.Trouble) {
	show := w.page
	t.Portal = inPortal(c.Request.URL.Path)
	switch {
	case t.Portal:
		show = w.site
	case env.Rail.Counts == nil:
		show = w.bare
	}
	if err := show(c, env, status, t.Title, entry.TroublePane(env, t)); err != nil {
		w.Logger.ErrorContext(c.Request.Context(), "error page failed", "error", err)
		c.String(http.StatusInternalServerError, t.Text)
	}
}

func (w *Web) sendToSignIn(c *gin.Context) {
	where := toSignIn(c.Request)
	if c.GetHeader("HX-Request") != "" {
		c.Header("HX-Redirect", where)
		c.Header("Cache-Control", "no-store")
		c.Status(http.StatusUnauthorized)
		c.Writer.WriteHeaderNow()
		return
	}
	c.Header("Cache-Control", "no-store")
	c.Redirect(http.StatusSeeOther, where)
}

// explain is an error as a sentence.
func explain(t func(string, ...any) string, err error) string {
	if e, ok := refusal(err); ok {
		return say(t, e.Message, e.Args)
	}
	return t("web.trouble.internal")
}

// say translates a key with the arguments of a stored sentence.
func say(t func(string, ...any) string, key string, args map[string]string) string {
	pairs := make([]any, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, name, value)
	}
	return t(key, pairs...)
}

// field answers the refusal of one input, so that the form can be shown again;
// any other error goes on to the guard.
func field(err error) (*tickets.Error, error) {
	e, ok := refusal(err)
	if ok && (e.Kind == tickets.Invalid || e.Field != "" || e.Kind == tickets.Limited) {
		return e, nil
	}
	return nil, err
}

func shortID() string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails, see crypto/rand
	return hex.EncodeToString(b[:])
}
