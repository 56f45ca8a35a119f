package server

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// Readiness is what GET /readyz answers. Channels are named by their number,
// because anybody may ask.
type Readiness struct {
	OK       bool             `json:"ok"`                 // the database takes writes
	Database string           `json:"database,omitempty"` // key of the sentence that says why not
	Channels []ChannelReading `json:"channels"`
}

// ChannelReading is how one enabled channel is doing. One that fails does not
// make the desk unready: people can still be answered by the others.
type ChannelReading struct {
	ID     int64  `json:"id,string"`
	Kind   string `json:"kind"`
	OK     bool   `json:"ok"`
	Reason string `json:"reason,omitempty"` // key of the sentence
}

// attachHealth adds /healthz (the process answers) and /readyz (it can work).
func (s *Server) attachHealth(e *gin.Engine) {
	e.GET("/healthz", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	e.GET("/readyz", func(c *gin.Context) {
		r := s.readiness(c.Request.Context())
		status := http.StatusOK
		if !r.OK {
			status = http.StatusServiceUnavailable
		}
		c.JSON(status, r)
	})
}

func (s *Server) readiness(ctx context.Context) Readiness {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	r := Readiness{Channels: []ChannelReading{}}
	err := s.Store.Probe(ctx)
	ok, why := s.Store.Health()
	r.OK, r.Database = ok && err == nil, why.Key
	list, listErr := s.Hub.Channels(ctx)
	if err != nil || listErr != nil {
		s.logger.Warn("probe the database", "write", err, "read", listErr)
	}
	for _, c := range list {
		if c.Enabled {
			r.Channels = append(r.Channels, ChannelReading{ID: c.ID, Kind: c.Kind, OK: c.State.OK, Reason: c.State.Reason.Key})
		}
	}
	return r
}
