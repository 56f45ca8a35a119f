package web

import (
	"net/http"
	"testing"

	"okno/tickets/people"
)

func TestZone(t *testing.T) {
	for name, c := range map[string]struct{ chosen, browser, want string }{
		"the agent's choice wins":  {"Europe/Berlin", "Europe%2FMoscow", "Europe/Berlin"},
		"else the browser's":       {"", "Europe%2FMoscow", "Europe/Moscow"},
		"an unknown zone is UTC":   {"", "Moon%2FBase", "UTC"},
		"the server's is nobody's": {"Local", "Local", "UTC"},
		"nothing is UTC":           {"", "", "UTC"},
	} {
		t.Run(name, func(t *testing.T) {
			r := &http.Request{Header: http.Header{"Cookie": {zoneCookie + "=" + c.browser}}}
			if got := zoneOf(r, people.Agent{TimeZone: c.chosen}).String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}
