// Package web answers browsers: one handler per thing somebody does on a
// screen. It owns the site map (routes.go), sessions, the guard that decides who
// may call what, and the one table that turns refusals into statuses.
//
// A request goes: security headers and cross-origin check, then the guard
// (session, access, ui.Env), then the handler, which calls a use case and
// renders a component of package ui into a buffer. A handler answers an error
// rather than writing one; see errors.go.
package web

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"

	"okno/assets"
	"okno/assets/locale"
	"okno/channels"
	"okno/tickets"
	"okno/tickets/people"
)

// Deps is what the pages are made of. All but Proxies are required.
type Deps struct {
	Tickets  *tickets.Service
	People   *people.Service
	Store    Books
	Begun    BegunForms
	Settings Settings
	Hub      Hub
	Files    channels.Files
	Signer   channels.Signer // of links that leave by mail
	Live     Live
	Sessions scs.CtxStore
	Assets   *assets.Assets
	Locale   *locale.Catalog
	Now      func() time.Time
	Logger   *slog.Logger
	// PublicURL is where people reach the desk, without a slash at the end.
	// Links are made of it, never of a request's Host.
	PublicURL string
	// Proxies are the addresses or networks whose X-Forwarded-For is believed.
	Proxies []string
	// Health says whether the desk can write, and why not.
	Health func() (ok bool, why tickets.Sentence)
	// Demo says that the desk is only tried, so that a one-time link signs in.
	Demo bool
}

// Web is the pages. Its methods may be called from any goroutine.
type Web struct {
	Deps
	sessions *sessions
	askers   *sessions // of those who ask, on the portal
	cors     *http.CrossOriginProtection
	attempts *attempts
	checks   *checks
	zipper   zipper
	sheets   sync.Pool // of *bytes.Buffer, see render
	secure   bool      // the public address is https
}

// New makes the pages; Attach puts them on an engine.
func New(d Deps) (*Web, error) {
	d.PublicURL = strings.TrimRight(d.PublicURL, "/")
	public, err := url.Parse(d.PublicURL)
	if err != nil {
		return nil, fmt.Errorf("read the public address: %w", err)
	}
	w := &Web{Deps: d, secure: public.Scheme == "https", cors: http.NewCrossOriginProtection()}
	// Behind a proxy that rewrites Host, Origin still names the public address.
	if err := w.cors.AddTrustedOrigin(public.Scheme + "://" + public.Host); err != nil {
		return nil, fmt.Errorf("trust the public address: %w", err)
	}
	w.cors.AddInsecureBypassPattern("POST /hooks/")
	w.sessions = newSessions(d.Sessions, "okno", w.secure, d.Now)
	w.askers = newSessions(d.Sessions, "okno-portal", w.secure, d.Now)
	w.attempts = newAttempts(d.Now)
	w.checks = newChecks(d.Now)
	return w, nil
}

// Attach puts every page on e, with the headers and checks that hold for
// whatever else e serves.
func (w *Web) Attach(e *gin.Engine) error {
	if err := e.SetTrustedProxies(w.Proxies); err != nil {
		return fmt.Errorf("trust proxies: %w", err)
	}
	// A redirect by the router would go out without our headers.
	e.RedirectTrailingSlash, e.RedirectFixedPath = false, false
	e.HandleMethodNotAllowed = true
	e.Use(w.recovered, w.headers, w.sameOrigin)
	for _, r := range w.routes() {
		e.Handle(r.method, r.path, w.guard(r))
	}
	files := gin.WrapH(w.Assets)
	e.GET(assets.Prefix+"*name", files)
	e.HEAD(assets.Prefix+"*name", files)
	e.NoRoute(w.guard(route{run: w.nowhere, who: visitor}))
	e.NoMethod(w.guard(route{run: w.noMethod}))
	return nil
}
