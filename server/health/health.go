// Package health is what the desk tells machines about itself: whether it can
// work (Readiness, at /readyz) and figures for Prometheus (/metrics).
//
// What happens often is counted where it happens: Meters are handed to the
// store and to whoever serves requests. What is a state (tickets in the views,
// rows that wait, channels) is read from the store when somebody asks. Labels
// are routes, names of views and queues, and numbers of channels: a bounded
// set, without addresses, names or anything people wrote.
package health

import (
	"context"
	"errors"
	"sync"
	"time"

	"okno/channels/hub"
	"okno/tickets"
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

// Database is the store as it is asked how it does.
type Database interface {
	// Probe writes something tiny.
	Probe(ctx context.Context) error
	// Health says whether the last write worked, and if not, why.
	Health() (ok bool, why tickets.Sentence)
}

// Channels lists the channels with their state.
type Channels interface {
	Channels(ctx context.Context) ([]hub.Channel, error)
}

// Reader reads how the desk does, and spares the disk: a reading writes to the
// database, and anybody may ask for one as often as they like.
type Reader struct {
	database Database
	channels Channels
	now      func() time.Time

	mu   sync.Mutex
	at   time.Time
	what Readiness
	err  error
}

// NewReader makes a reader.
func NewReader(d Database, c Channels, now func() time.Time) *Reader {
	return &Reader{database: d, channels: c, now: now}
}

const (
	// holds is how long a reading is answered again.
	holds = time.Second
	// readWithin bounds a reading.
	readWithin = 5 * time.Second
)

// Read answers the last reading while it holds, else a fresh one, which does
// not end with ctx, since others may wait for it too. The error says why
// something could not be read.
func (r *Reader) Read(ctx context.Context) (Readiness, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.now()
	if r.at.IsZero() || now.Sub(r.at) >= holds || now.Before(r.at) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), readWithin)
		defer cancel()
		r.at = now
		r.what, r.err = r.fresh(ctx)
	}
	return r.what, r.err
}

// fresh tries the database and reads the states of the channels.
func (r *Reader) fresh(ctx context.Context) (Readiness, error) {
	what := Readiness{Channels: []ChannelReading{}}
	failed := r.database.Probe(ctx)
	ok, why := r.database.Health()
	what.OK, what.Database = ok && failed == nil, why.Key
	list, err := r.channels.Channels(ctx)
	for _, c := range list {
		if c.Enabled {
			what.Channels = append(what.Channels, ChannelReading{ID: c.ID, Kind: c.Kind, OK: c.State.OK, Reason: c.State.Reason.Key})
		}
	}
	return what, errors.Join(failed, err)
}
