// Package ui draws the pages: templ components and the view models they take.
// It renders only; it asks for nothing, decides nothing and knows no requests.
//
// Every component takes an Env first. One component draws one region with its
// own id, for the page, for a refresh and for an out-of-band swap alike.
package ui

import (
	"time"

	"okno/tickets"
	"okno/tickets/people"
)

// Env is who looks at a page and how.
type Env struct {
	Agent    people.Agent  // zero on pages before sign-in
	Asker    people.Person // who asks, on pages of the portal; zero before sign-in
	Lang     string        // "en" or "ru"
	Theme    string        // "light", "dark" or ""
	Zone     *time.Location
	Now      time.Time
	Desk     string // the desk's name
	Assets   func(name string) string
	T        func(key string, args ...any) string // "name", value, ... pairs; "count" chooses the plural
	Sentence func(s tickets.Sentence) string      // a stored sentence
	Fault    func(err error) string               // an error as a sentence for this person
	Path     string                               // of this request
	Pos      int64                                // of the event log before the page was read: live updates go on from here
	Rail     Rail                                 // zero on pages without it
	Banner   tickets.Sentence                     // trouble of the whole desk, e.g. disk full
}

// Rail is the left rail: views, teams and counters.
type Rail struct {
	Current string // key of the lit entry: a view, "team:ID", "settings"
	Counts  map[string]int
	Teams   []people.Team
	Admin   bool
}
