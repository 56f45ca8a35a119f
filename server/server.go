// Package server is the process: it builds every part of the desk out of a
// configuration, starts the parts in order and stops them in order. It is the
// only place that knows all of them.
//
// Open builds what needs no network: the database, the use cases and the hub
// (rooms.go). New adds the pages and takes the port (server.go, edge.go). Run
// starts the workers first and then the edge, where requests and mail come in;
// at the end the edge stops first, the workers finish what they hold, and the
// database is closed last (run.go).
package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"okno/channels"
	"okno/server/api"
	"okno/server/config"
	"okno/server/health"
	"okno/server/live"
)

// Options are what a test wants otherwise. The zero value is the real desk.
type Options struct {
	Out        io.Writer       // where the address is printed; nil: nowhere
	Log        io.Writer       // where the log goes; nil: nowhere
	UndoWindow time.Duration   // how long a reply waits; 0: 10 s
	Kinds      []channels.Kind // sorts of channels; nil: all there are
	Now        func() time.Time
	// Demo makes a desk that is only tried: its channels lie in this process,
	// and a one-time link signs in without a password.
	Demo bool
	// Blank makes a new desk without the request types that ship with it:
	// whatever people write is for people.
	Blank bool
	// Step is called after every statement and commit; crash tests end the
	// process in it.
	Step func(name string)
}

// Server is a desk that listens and is ready to run.
type Server struct {
	*Rooms
	live     *live.Hub
	api      *api.API
	http     *http.Server
	listener net.Listener
	out      io.Writer
	reader   *health.Reader
}

// New builds the desk and takes its port. Close it, or Run it, which closes it.
func New(ctx context.Context, c config.Config, o Options) (*Server, error) {
	rooms, err := Open(ctx, c, o)
	if err != nil {
		return nil, err
	}
	s := &Server{Rooms: rooms, out: o.Out}
	if s.out == nil {
		s.out = io.Discard
	}
	if err := s.build(ctx); err != nil {
		return nil, errors.Join(err, rooms.Close())
	}
	return s, nil
}

func (s *Server) build(ctx context.Context) (err error) {
	var listen net.ListenConfig
	if s.listener, err = listen.Listen(ctx, "tcp", s.config.Listen); err != nil {
		return fmt.Errorf("listen on %s: %w", s.config.Listen, err)
	}
	s.config.Listen = s.Addr() // links in mails need the port that was found for port 0
	s.reader = health.NewReader(s.Store, s.Hub, s.now)
	s.live = live.New(s.Store, s.now, s.logger, live.Options{})
	handler, err := s.handler() //nolint:contextcheck // every request brings its own context
	if err != nil {
		return errors.Join(err, s.listener.Close())
	}
	s.http = &http.Server{
		Handler: headAsGet(handler),
		// A client that sends slowly must not keep a connection for ever;
		// answers have no limit because streams stay open.
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       5 * time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.logger.Handler(), slog.LevelDebug),
	}
	if s.chat != nil {
		s.http.RegisterOnShutdown(s.chat.Close)
	}
	return nil
}

// Addr is the address the desk listens on.
func (s *Server) Addr() string { return s.listener.Addr().String() }

// URL is where people reach the desk.
func (s *Server) URL() string { return s.config.URL(s.Addr()) }
