package server

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	// stopWithin bounds the whole stop; service managers kill soon after it.
	stopWithin = 10 * time.Second
	// drainWithin is how long requests and deliveries under way may go on.
	drainWithin = 4 * time.Second
)

// errSlowStop is the answer of Run when a part did not stop in time. What it
// held is leased, and is taken up again by the next start.
var errSlowStop = errors.New("a part of the desk did not stop within ten seconds")

// part is something that runs until its ctx ends.
type part struct {
	name string
	run  func(ctx context.Context) error
}

// Run makes the desk ready, says so, and works until ctx ends or a part fails.
// Then it stops in order, within ten seconds, and closes everything.
func (s *Server) Run(ctx context.Context) error {
	ended := make(chan error, 1)
	go func() { ended <- s.runAndClose(ctx) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	limit := time.NewTimer(stopWithin)
	defer limit.Stop()
	select {
	case err := <-ended:
		return err
	case <-limit.C:
		return errSlowStop
	}
}

func (s *Server) runAndClose(ctx context.Context) error {
	err := s.firstStart(ctx)
	switch {
	case err == nil:
		err = s.work(ctx)
	case ctx.Err() != nil: // told to stop before it was ready
		err = s.listener.Close()
	default:
		err = errors.Join(err, s.listener.Close())
	}
	return errors.Join(err, s.Close())
}

// work runs the edge and, as long as the edge runs and a little longer, the
// workers behind it.
func (s *Server) work(ctx context.Context) error {
	edge, stopEdge := context.WithCancel(ctx)
	defer stopEdge()
	inner, stopInner := context.WithCancel(context.WithoutCancel(ctx))
	defer stopInner()
	behind := begin(inner, stopEdge, s.workers())
	err := begin(edge, stopEdge, s.edge()).Wait()
	stopInner()
	s.logger.Info("stopping", "error", err)
	return errors.Join(err, behind.Wait())
}

// begin starts parts; the first that fails ends them all and calls failed.
func begin(ctx context.Context, failed func(), parts []part) *errgroup.Group {
	g, ctx := errgroup.WithContext(ctx)
	for _, p := range parts {
		g.Go(func() error {
			err := p.run(ctx)
			if err == nil || ctx.Err() != nil && errors.Is(err, context.Canceled) {
				return nil
			}
			failed()
			return fmt.Errorf("%s: %w", p.name, err)
		})
	}
	return g
}
