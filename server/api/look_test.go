package api_test

import (
	"testing"

	"okno/server/browsertest"
)

// TestTheDocsPageInABrowser reads the page about the API in both languages and
// themes, wide and narrow: nothing is loaded from elsewhere, nothing sticks out.
func TestTheDocsPageInABrowser(t *testing.T) {
	d := newDesk(t)
	url := "http://" + d.srv.Addr()
	b := browsertest.Start(t)
	for _, language := range []string{"en", "ru"} {
		tab := b.Apart(url, browsertest.Look{Language: language})
		tab.Open(url + "/api/docs")
		tab.See("#openTicket pre")
		tab.See("#problem-changed")
		for name, look := range map[string]browsertest.Look{
			"light": {}, "dark": {Dark: true}, "phone": {Width: 320, Height: 700},
		} {
			look.Language = language
			tab.Wear(look)
			tab.Until("document.documentElement.scrollWidth <= innerWidth")
			tab.Shot("api-docs-" + language + "-" + name)
		}
		tab.Wear(browsertest.Look{Language: language})
		tab.Open(url + "/api/docs#openTicket")
		tab.Shot("api-docs-" + language + "-operation")
		tab.Axe("the page about the API in " + language)
		tab.Calm()
	}
}
