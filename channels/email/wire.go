package email

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// wire is a connection that closes itself when nothing moves on it for too long
// while somebody waits. The mail libraries wait without end behind a router that
// forgot the connection; closing it under them is what frees them.
type wire struct {
	net.Conn
	stalled atomic.Bool

	mu    sync.Mutex
	timer *time.Timer
	limit time.Duration
}

// watch closes the connection when no byte arrives or leaves for limit; stop
// ends the watch.
func (w *wire) watch(limit time.Duration) (stop func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.limit = limit
	timer := time.AfterFunc(limit, func() {
		w.stalled.Store(true)
		_ = w.Close()
	})
	w.timer = timer
	return func() { timer.Stop() }
}

// moved puts the end of the watch off.
func (w *wire) moved() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.timer != nil && w.timer.Stop() {
		w.timer.Reset(w.limit)
	}
}

// Read implements net.Conn.
func (w *wire) Read(b []byte) (int, error) {
	n, err := w.Conn.Read(b)
	if n > 0 {
		w.moved()
	}
	return n, err
}

// Write implements net.Conn.
func (w *wire) Write(b []byte) (int, error) {
	n, err := w.Conn.Write(b)
	if n > 0 {
		w.moved()
	}
	return n, err
}

// during runs fn under a watch and says so when it was the watch that ended it.
func (w *wire) during(limit time.Duration, fn func() error) error {
	stop := w.watch(limit)
	err := fn()
	stop()
	if err != nil && w.stalled.Load() {
		return fmt.Errorf("%w: %w", errStalled, err)
	}
	return err
}

// errStalled says that the other side no longer answers.
var errStalled = errors.New("no answer in time")

// The steps of a connection, as people see them fail.
const (
	stepResolve = "resolve"
	stepConnect = "connect"
	stepTLS     = "tls"
	stepGreet   = "greet"
	stepSignIn  = "sign_in"
	stepFolder  = "folder"
	stepSender  = "sender"
	stepReceive = "receive"
	stepStore   = "store"
)

// stepError is the failure of one step.
type stepError struct {
	step   string
	server server
	err    error
}

// Error implements error.
func (e *stepError) Error() string { return e.step + ": " + e.err.Error() }

// Unwrap gives the cause.
func (e *stepError) Unwrap() error { return e.err }

// dialer opens connections and tells which step went well.
type dialer struct {
	options Options
	passed  func(step string)
}

// dial resolves the name, connects and, for TLS from the first byte, shakes
// hands. The connection ends with ctx.
func (d dialer) dial(ctx context.Context, s server) (net.Conn, *wire, error) {
	w, err := d.connect(ctx, s)
	if err != nil {
		return nil, nil, err
	}
	if s.security != securityTLS {
		return w, w, nil
	}
	conn := tls.Client(w, d.tlsConfig(s))
	if err := w.during(d.options.Connect, func() error { return conn.HandshakeContext(ctx) }); err != nil {
		_ = w.Close()
		return nil, nil, &stepError{stepTLS, s, err}
	}
	d.passed(stepTLS)
	return conn, w, nil
}

func (d dialer) connect(ctx context.Context, s server) (*wire, error) {
	within, cancel := context.WithTimeout(ctx, d.options.Connect)
	defer cancel()
	if _, err := net.DefaultResolver.LookupHost(within, s.host); err != nil {
		return nil, &stepError{stepResolve, s, err}
	}
	d.passed(stepResolve)
	conn, err := (&net.Dialer{KeepAlive: 30 * time.Second}).DialContext(within, "tcp", s.addr())
	if err != nil {
		return nil, &stepError{stepConnect, s, err}
	}
	d.passed(stepConnect)
	return &wire{Conn: conn}, nil
}

func (d dialer) tlsConfig(s server) *tls.Config {
	return &tls.Config{ServerName: s.host, RootCAs: d.options.Roots, MinVersion: tls.VersionTLS12}
}
