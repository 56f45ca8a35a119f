package server

import (
	"context"
	"net/http"
	"sync"
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

// lastReading spares the disk: a reading writes to the database, and anybody may
// ask for one as often as they like.
type lastReading struct {
	mu   sync.Mutex
	at   time.Time
	what Readiness
}

// readingHolds is how long a reading is answered again.
const readingHolds = time.Second

// take answers the last reading while it holds, else a fresh one.
func (l *lastReading) take(now time.Time, fresh func() Readiness) Readiness {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.at.IsZero() || now.Sub(l.at) >= readingHolds || now.Before(l.at) {
		l.at, l.what = now, fresh()
	}
	return l.what
}

// attachHealth adds /healthz (the process answers) and /readyz (it can work).
func (s *Server) attachHealth(e *gin.Engine) {
	e.GET("/healthz", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	e.GET("/readyz", func(c *gin.Context) {
		// One reading serves several who ask, so it must not end with the first.
		ctx := context.WithoutCancel(c.Request.Context())
		r := s.reading.take(s.now(), func() Readiness { return s.readiness(ctx) })
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
