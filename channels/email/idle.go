package email

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// await returns when the folder may hold news: the server said so, or it is
// time to look anyway. An error means that the connection is of no more use.
func (s *session) await(ctx context.Context) error {
	select {
	case <-s.news:
		return nil
	default:
	}
	if !s.client.Caps().Has(imap.CapIdle) {
		if err := s.pause(ctx); err != nil {
			return err
		}
		return s.noop()
	}
	return s.idle(ctx)
}

// idle waits in IDLE (RFC 2177). Nothing tells that a connection died while
// idling, so IDLE is left every Options.Poll and the server asked for a sign of
// life.
func (s *session) idle(ctx context.Context) error {
	var cmd *imapclient.IdleCommand
	err := s.do(func() (err error) {
		cmd, err = s.client.Idle()
		return err
	})
	if err != nil {
		return fmt.Errorf("start idling: %w", err)
	}
	paused := s.pause(ctx)
	err = s.wire.during(s.options.Answer, func() error {
		if err := cmd.Close(); err != nil {
			return err
		}
		return cmd.Wait()
	})
	if paused != nil {
		return paused
	}
	if err != nil {
		return fmt.Errorf("stop idling: %w", err)
	}
	return s.noop()
}

// pause waits for news, for the time to look, or for the end.
func (s *session) pause(ctx context.Context) error {
	timer := time.NewTimer(s.options.Poll)
	defer timer.Stop()
	select {
	case <-s.news:
		return nil
	case <-timer.C:
		return nil
	case <-s.client.Closed():
		return fmt.Errorf("wait for mail: %w", io.ErrUnexpectedEOF)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// noop asks for a sign of life.
func (s *session) noop() error {
	err := s.wire.during(s.options.Answer, func() error { return s.client.Noop().Wait() })
	if err != nil {
		return fmt.Errorf("ask for a sign of life: %w", err)
	}
	return nil
}
