package web

import (
	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/tickets/people"
)

const policy = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; " +
	"object-src 'none'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'"

// headers sets what holds for every answer of the engine.
func (w *Web) headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	if w.secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
	c.Next()
}

// sameOrigin refuses what another site makes a browser send.
func (w *Web) sameOrigin(c *gin.Context) {
	if err := w.cors.Check(c.Request); err != nil {
		refused := &tickets.Error{Kind: tickets.Denied, Message: "web.fault.foreign", Err: err}
		w.fail(c, w.env(c, people.Agent{}), refused)
		return
	}
	c.Next()
}
