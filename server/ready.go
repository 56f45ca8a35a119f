package server

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/server/health"
)

// attachHealth adds what machines ask for: /healthz (the process answers),
// /readyz (it can work) and /metrics (how much it does).
func (s *Server) attachHealth(e *gin.Engine) {
	e.GET("/healthz", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	e.GET("/readyz", s.ready)
	e.GET("/metrics", gin.WrapH(s.meters.Handler(health.Desk{
		Figures: s.Store, Channels: s.Hub, Streams: s.live.Streams, Logger: s.logger,
	}, s.config.MetricsToken)))
}

func (s *Server) ready(c *gin.Context) {
	r, err := s.reader.Read(c.Request.Context())
	if err != nil {
		s.logger.Warn("probe the desk", "error", err)
	}
	status := http.StatusOK
	if !r.OK {
		status = http.StatusServiceUnavailable
	}
	c.JSON(status, r)
}

// measured counts every request, also one whose handler panics.
func (s *Server) measured(c *gin.Context) {
	begun := s.now()
	defer func() {
		s.meters.Answered(health.Request{
			Method: c.Request.Method, Route: c.FullPath(), Status: c.Writer.Status(), Took: s.now().Sub(begun),
			Streamed: strings.HasPrefix(c.Writer.Header().Get("Content-Type"), "text/event-stream"),
		})
	}()
	c.Next()
}
