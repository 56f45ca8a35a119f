package web

import (
	"net/http"
	"slices"
)

// access is who may call a route.
type access int

const (
	public        access = iota // everybody
	agent                       // who has signed in
	administrator               // who may change settings
)

// route is one line of the site map.
type route struct {
	method, path string
	who          access
	run          handler
	limit        int64 // largest body in bytes; 0: smallBody
}

// smallBody is enough for every form that carries no files.
const smallBody = 1 << 20

// routes is the site map.
func (w *Web) routes() []route {
	return slices.Concat(w.entryRoutes(), w.deskRoutes())
}

// entryRoutes lead in: set-up, sign-in, one-time links.
func (w *Web) entryRoutes() []route {
	const get, post = http.MethodGet, http.MethodPost
	return []route{
		{get, "/health", public, w.health, 0},
		{get, "/signin", public, w.signInPage, 0},
		{post, "/signin", public, w.signIn, 0},
		{post, "/signout", public, w.signOut, 0},
		{post, "/language", public, w.chooseLanguage, 0},
	}
}
