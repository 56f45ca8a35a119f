package e2e

import (
	"testing"

	"okno/server/browsertest"
)

// TestPortalLook looks at every page of the portal with the forms in the box.
func TestPortalLook(t *testing.T) {
	w := newWindow(t)
	for _, language := range []string{"en", "ru"} {
		e := eye{w.browser.Apart(w.url, browsertest.Look{Language: language}), t, language}
		e.tab.Open(w.url + "/portal")
		e.look("portal-front")
		e.tab.Open(w.url + "/portal?q=zebra")
		e.look("portal-nothing")
		w.lookAtForm(e)
		w.lookAtRequest(e)
	}
}

func (w *window) lookAtForm(e eye) {
	e.tab.Open(w.url + "/portal/r/visit")
	e.look("portal-step")
	e.tab.Click("#next")
	e.tab.See("#a-guest-error")
	e.tab.Trouble() // browsers log the refusal
	e.look("portal-refused")
	e.tab.Type("#a-guest", "Ada Lovelace")
	e.tab.Click("#way")
	e.tab.See("#a-why")
	e.tab.Type("#a-why", "A talk")
	e.tab.Click("label:has(#a-car-1)")
	e.look("portal-page")
	e.tab.Click("#next")
	e.tab.See("#answers")
	e.look("portal-check")
	e.tab.Fill("#email", e.language+"@example.test")
	e.tab.Click("#send-link")
	e.tab.See("#sent")
	e.look("portal-sent")
	e.tab.Open(w.letter(e.language+"@example.test", 1))
	e.look("portal-enter")
	e.tab.Click("#enter button")
	e.tab.See("#made")
}

func (w *window) lookAtRequest(e eye) {
	number := int64(browsertest.Eval[int](e.tab, "Number(location.pathname.split('/').pop())"))
	e.look("portal-request")
	w.replied(number, "See you **tomorrow**.")
	w.closed(number)
	e.tab.Reload()
	e.tab.See("#rating")
	e.look("portal-rating")
	e.tab.Open(w.url + "/portal/mine")
	e.look("portal-mine")
	e.tab.Open(w.url + "/portal/enter/used")
	e.tab.See("h1")
	e.tab.Trouble()
	e.look("portal-over")
}
