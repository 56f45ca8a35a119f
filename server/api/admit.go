package api

import (
	"fmt"
	"net/http"
	"runtime/debug"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/people"
)

// scopeOf is what a route asks for, in Operation.Metadata.
const scopeOf = "scope"

// admit lets in whoever may call the route.
func (a *API) admit(ctx huma.Context, next func(huma.Context)) {
	by, err := a.caller(humagin.Unwrap(ctx))
	inside := with(ctx.Context(), by)
	if err == nil {
		err = allowed(by, ctx.Operation())
	}
	if err == nil {
		err = a.inTime(by)
	}
	if err != nil {
		a.refuse(ctx, a.problem(inside, err))
		return
	}
	next(huma.WithContext(ctx, inside))
}

func allowed(by caller, op *huma.Operation) error {
	wanted, _ := op.Metadata[scopeOf].(people.Scope)
	if by.scope.Allows(wanted) {
		return nil
	}
	if by.token.ID == 0 {
		return tickets.NewError(tickets.Denied, "", "error.people.denied")
	}
	return tickets.NewError(tickets.Denied, "", "api.scope", "has", string(by.scope), "wanted", string(wanted))
}

func (a *API) inTime(by caller) error {
	if wait := a.rates.take(by.owner()); wait > 0 {
		return &waitError{wait}
	}
	return nil
}

// policy is for answers that are data: whatever a browser makes of them, it
// runs nothing.
const policy = "default-src 'none'; frame-ancestors 'none'; sandbox"

// headers sets what holds for every answer of the API.
func (a *API) headers(c *gin.Context) {
	a.setHeaders(c)
	c.Next()
}

func (a *API) setHeaders(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
	h.Set("Vary", "Authorization, Cookie, Accept, Accept-Language, Accept-Encoding")
	if strings.HasPrefix(a.PublicURL, "https:") {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// sameOrigin refuses what another site makes a browser send with the cookie of
// somebody who is signed in. A token no site can make a browser send.
func (a *API) sameOrigin(c *gin.Context) {
	if c.GetHeader("Authorization") == "" {
		if err := a.cors.Check(c.Request); err != nil {
			a.fail(c, &tickets.Error{Kind: tickets.Denied, Message: "web.fault.foreign", Err: err})
			return
		}
	}
	c.Next()
}

// recovered turns a panic into a clean answer and a line in the log.
func (a *API) recovered(c *gin.Context) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		a.Logger.ErrorContext(c.Request.Context(), "handler panicked", "path", c.FullPath(), "stack", string(debug.Stack()))
		if c.Writer.Written() {
			c.Abort()
			return
		}
		a.fail(c, fmt.Errorf("panic: %v", p))
	}()
	c.Next()
}

// strange answers what has no route under our prefix: the pages' own answers are
// no problem documents.
func (a *API) strange(c *gin.Context) {
	if c.FullPath() != "" || !strings.HasPrefix(c.Request.URL.Path, prefix+"/") {
		c.Next()
		return
	}
	a.setHeaders(c)
	if c.Writer.Status() == http.StatusMethodNotAllowed {
		a.fail(c, errMethod)
		return
	}
	a.fail(c, tickets.NewError(tickets.Missing, "", "api.nowhere"))
}
