package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"okno/server/live"
	"okno/ui"
)

// Live streams what changes to the browsers and knows who is at which ticket;
// *live.Hub is one.
type Live interface {
	http.Handler
	Look(number int64, s live.Seen)
	Leave(number, agent int64)
	Others(number, agent int64) []live.Seen
}

// positioned is a Live that knows how far in the log pages have been told.
type positioned interface{ Pos() int64 }

// from is where live updates of a page that is about to be read go on.
func (w *Web) from() int64 {
	if p, ok := w.Live.(positioned); ok {
		return p.Pos()
	}
	return 0
}

// stream hands the connection to the live updates.
func (w *Web) stream(c *gin.Context, _ ui.Env) error {
	w.Live.ServeHTTP(c.Writer, c.Request)
	return nil
}
