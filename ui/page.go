package ui

import (
	"strconv"

	"github.com/a-h/templ"
)

// htmxConfig names the one extension and keeps <details> as people left them
// when a region is refreshed.
const htmxConfig = `{"extensions":"preload","morphIgnore":["data-htmx-powered","open"]}`

// headline is the title of the window.
func headline(env Env, title string) string {
	desk := env.Desk
	if desk == "" {
		desk = "Okno"
	}
	if title == "" {
		return desk
	}
	return title + " · " + desk
}

// theme fixes light or dark when the agent chose one.
func theme(env Env) templ.Attributes {
	if env.Theme == "" {
		return nil
	}
	return templ.Attributes{"data-theme": env.Theme}
}

// Swap marks a region that replaces its namesake on the page.
func Swap(oob bool) templ.Attributes {
	if !oob {
		return nil
	}
	return templ.Attributes{"hx-swap-oob": "outerMorph"}
}

// position is where the live updates of a page go on; -1 from now.
func position(env Env) string {
	if env.Pos == 0 {
		return "-1"
	}
	return strconv.FormatInt(env.Pos, 10)
}
