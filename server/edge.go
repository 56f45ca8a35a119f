package server

import (
	"context"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"okno/assets"
	"okno/server/api"
	"okno/server/web"
)

// edge is where things come in: requests, the streams to open pages, and the
// adapters.
func (s *Server) edge() []part {
	return []part{
		{"serve pages", s.serve},
		{"stream to pages", s.live.Run},
		{"stream to programs", s.api.Run},
		{"run channels", s.Hub.Run},
	}
}

// handler builds the pages and the API.
func (s *Server) handler() (http.Handler, error) {
	files, err := assets.New()
	if err != nil {
		return nil, err
	}
	pages, err := web.New(web.Deps{
		Tickets: s.Tickets, People: s.People, Store: s.Store, Settings: s.Store, Hub: s.Hub,
		Files: s.Files, Signer: s.keys, Live: s.live, Sessions: s.Store.Sessions(), Begun: s.Store, Assets: files, Locale: s.words,
		Now: s.now, Logger: s.logger, PublicURL: s.URL(), Proxies: s.config.Proxies(), Health: s.Store.Health,
		Demo: s.chat != nil,
	})
	if err != nil {
		return nil, err
	}
	if err := s.newAPI(pages, files); err != nil {
		return nil, err
	}
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.Use(s.measured, s.forgetSetupLink)
	s.api.Attach(engine)
	if err := pages.Attach(engine); err != nil {
		return nil, err
	}
	if err := s.attachChat(engine); err != nil {
		return nil, err
	}
	s.attachHealth(engine)
	return engine, nil
}

// newAPI builds what programs use; who signed in on the pages may use it too.
func (s *Server) newAPI(pages *web.Web, files *assets.Assets) (err error) {
	s.api, err = api.New(api.Deps{
		Tickets: s.Tickets, People: s.People, Store: s.Store, Hub: s.Hub, Files: s.Files, Visitor: pages.Visitor,
		Assets: files, Locale: s.words, Now: s.now, Logger: s.logger, PublicURL: s.URL(), Version: apiVersion,
	})
	return err
}

// apiVersion is that of the interface, not of the program: it grows when clients
// have to know of something new.
const apiVersion = "1.0.0"

// serve answers requests until ctx ends, then lets those under way end.
func (s *Server) serve(ctx context.Context) error {
	stopped := make(chan error, 1)
	go func() {
		<-ctx.Done()
		stopped <- s.shutdown(context.WithoutCancel(ctx))
	}()
	if err := s.http.Serve(s.listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return <-stopped
}

// shutdown ends by force what has not ended by itself in time.
func (s *Server) shutdown(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, drainWithin)
	defer cancel()
	if err := s.http.Shutdown(ctx); err != nil {
		s.logger.Warn("requests did not end in time", "error", err)
		return s.http.Close()
	}
	return nil
}
