package email

import (
	"context"
	"errors"
	"fmt"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

// session is one signed-in IMAP connection with the folder open.
type session struct {
	client  *imapclient.Client
	wire    *wire
	options Options
	news    chan struct{} // something changed in the folder
	release func() bool   // ends the tie to the context
	box     *imap.SelectData
}

// connect opens a session. When the provider refuses a token, it tries once
// more with a fresh one.
func (a *adapter) connect(ctx context.Context, passed func(step string)) (*session, error) {
	s, err := a.connectOnce(ctx, passed)
	if a.tokens == nil || !failedAt(err, stepSignIn) {
		return s, err
	}
	if err := a.tokens.renew(ctx); err != nil {
		return nil, &stepError{stepSignIn, a.imap, err}
	}
	return a.connectOnce(ctx, passed)
}

func failedAt(err error, step string) bool {
	var failed *stepError
	return errors.As(err, &failed) && failed.step == step
}

func (a *adapter) connectOnce(ctx context.Context, passed func(step string)) (*session, error) {
	s, err := a.dialIMAP(ctx, passed)
	if err != nil {
		return nil, err
	}
	if err := a.enter(ctx, s, passed); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// dialIMAP answers a session that is greeted and encrypted as the settings ask.
func (a *adapter) dialIMAP(ctx context.Context, passed func(step string)) (*session, error) {
	d := dialer{a.options, passed}
	conn, w, err := d.dial(ctx, a.imap)
	if err != nil {
		return nil, err
	}
	s := &session{wire: w, options: a.options, news: make(chan struct{}, 1)}
	s.release = context.AfterFunc(ctx, func() { _ = w.Close() })
	options := &imapclient.Options{TLSConfig: d.tlsConfig(a.imap), UnilateralDataHandler: s.handler()}
	step, err := s.greet(func() error {
		if a.imap.security != securityStartTLS {
			s.client = imapclient.New(conn, options)
			return s.client.WaitGreeting()
		}
		s.client, err = imapclient.NewStartTLS(conn, options)
		return err
	}, a.imap.security)
	if err != nil {
		s.close()
		return nil, &stepError{step, a.imap, err}
	}
	passed(step)
	return s, nil
}

// greet runs the first exchange and names the step it belongs to.
func (s *session) greet(fn func() error, security string) (string, error) {
	step := stepGreet
	if security == securityStartTLS {
		step = stepTLS
	}
	return step, s.wire.during(s.options.Connect, fn)
}

// handler runs in the client's reader, so it must not wait: it only signals.
func (s *session) handler() *imapclient.UnilateralDataHandler {
	return &imapclient.UnilateralDataHandler{Mailbox: func(*imapclient.UnilateralDataMailbox) {
		select {
		case s.news <- struct{}{}:
		default:
		}
	}}
}

// enter signs in and opens the folder.
func (a *adapter) enter(ctx context.Context, s *session, passed func(step string)) error {
	if err := a.signInIMAP(ctx, s); err != nil {
		return &stepError{stepSignIn, a.imap, err}
	}
	passed(stepSignIn)
	err := s.do(func() (err error) {
		s.box, err = s.client.Select(a.folder, nil).Wait()
		return err
	})
	if err != nil {
		return &stepError{stepFolder, a.imap, fmt.Errorf("open %s: %w", a.folder, err)}
	}
	passed(stepFolder)
	return nil
}

// do runs one command under the watch for transfers.
func (s *session) do(fn func() error) error { return s.wire.during(s.options.Stall, fn) }

// close ends the connection; whoever waits for it gets an error.
func (s *session) close() {
	s.release()
	_ = s.wire.Close()
}

// refused says that the server answered, and answered no; the connection lives.
func refused(err error) bool {
	var no *imap.Error
	return errors.As(err, &no)
}
