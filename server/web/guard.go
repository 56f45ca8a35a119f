package web

import (
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/people"
	"okno/ui"
)

// handler answers one request. An error it answers is rendered by the guard, so
// it must not have written anything by then.
type handler func(c *gin.Context, env ui.Env) error

// guard runs a route's handler for whom it is meant.
func (w *Web) guard(r route) gin.HandlerFunc {
	limit := r.limit
	if limit == 0 {
		limit = smallBody
	}
	return func(c *gin.Context) {
		c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, limit)
		who, err := w.sessions.load(c, w.Store)
		env := w.env(c, who)
		if err == nil && r.portal() {
			env, err = w.asking(c, env)
		}
		if err == nil {
			err = admit(env, r.who)
		}
		if err == nil {
			env.Rail, err = w.rail(c, who, r.who)
		}
		if err == nil {
			err = r.run(c, env)
		}
		if err != nil {
			w.fail(c, env, err)
		}
	}
}

// admit refuses whoever may not call a route.
func admit(env ui.Env, wanted access) error {
	switch {
	case wanted == public, wanted == visitor, wanted == guest:
		return nil
	case wanted == asker && env.Asker.ID != 0:
		return nil
	case wanted == asker || env.Agent.ID == 0:
		return errSignedOut
	case wanted == administrator && env.Agent.Role != people.Administrator:
		return tickets.NewError(tickets.Denied, "", "web.fault.administrators")
	}
	return nil
}

// toSignIn is where to sign in to come back to this request.
func toSignIn(r *http.Request) string {
	next := r.URL.RequestURI()
	if r.Method != http.MethodGet {
		next = local(r.Header.Get("Referer"))
	}
	way := "/signin"
	if inPortal(r.URL.Path) {
		way = portalHome + way
	}
	if next == "" || next == "/" {
		return way
	}
	return way + "?next=" + url.QueryEscape(next)
}

// recovered turns a panic into a clean answer and a line in the log.
func (w *Web) recovered(c *gin.Context) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		err := fmt.Errorf("panic: %v", p)
		w.Logger.ErrorContext(c.Request.Context(), "handler panicked", "path", c.FullPath(), "stack", string(debug.Stack()))
		if c.Writer.Written() {
			c.Abort()
			return
		}
		w.fail(c, w.env(c, people.Agent{}), err)
	}()
	c.Next()
}

func (w *Web) nowhere(*gin.Context, ui.Env) error {
	return tickets.NewError(tickets.Missing, "", "web.fault.nowhere")
}

func (w *Web) noMethod(c *gin.Context, _ ui.Env) error {
	c.String(http.StatusMethodNotAllowed, http.StatusText(http.StatusMethodNotAllowed))
	return nil
}
