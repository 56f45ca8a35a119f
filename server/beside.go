package server

import (
	"context"
	"errors"
	"time"

	"okno/server/config"
	"okno/server/store"
)

// How long a visitor waits for a desk that is just making its database.
const (
	besideWithin = 10 * time.Second
	besideAgain  = 100 * time.Millisecond
)

// Beside opens the rooms for a command that makes one small thing and ends,
// whether the desk runs or not. A running desk keeps its lock and its leases; a
// database that is not there yet is made.
func Beside(ctx context.Context, c config.Config) (*Rooms, error) {
	if c.Database != "" {
		return Visit(ctx, c)
	}
	ctx, cancel := context.WithTimeout(ctx, besideWithin)
	defer cancel()
	for {
		r, err := open(ctx, c, Options{}, beside)
		if !errors.Is(err, store.ErrNoSchema) {
			return r, err
		}
		r, err = open(ctx, c, Options{}, locked)
		if taken := (*store.LockedError)(nil); !errors.As(err, &taken) {
			return r, err
		}
		select {
		case <-time.After(besideAgain):
		case <-ctx.Done():
			return nil, err
		}
	}
}
