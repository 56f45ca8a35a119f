package e2e

import (
	"os"
	"path/filepath"
	"testing"

	"okno/server/browsertest"
)

// TestPortalWithoutScripts finds, fills and sends a form, answers and rates in a
// browser that runs no scripts.
func TestPortalWithoutScripts(t *testing.T) {
	t.Parallel()
	w := newWindow(t)
	tab := w.browser.Tab(w.url, browsertest.Look{NoScript: true, Width: 390, Height: 844})
	tab.Open(w.url + "/portal")
	tab.Type("#q", "delegation")
	tab.Click("form[role=search] button")
	tab.UntilText("#main", "1 form found")
	tab.Click("#card-visit a")
	tab.Type("#a-guest", "Grace Hopper")
	tab.Click("#way") // all on one page
	tab.See("#a-why")
	tab.Until("document.querySelector('#a-guest').value === 'Grace Hopper' && !document.querySelector('#a-plate')")
	tab.Click("label:has(#a-car-0)")
	tab.Type("#a-why", "She brings a bug.")
	tab.Attach("#a-papers", w.file("bug.txt"))
	tab.Click("#next")
	tab.See("#a-plate") // the question her car brings up
	tab.UntilText("#a-papers-files", "bug.txt")
	tab.Until("document.querySelector('#a-why').value === 'She brings a bug.'")
	tab.Type("#a-plate", "а412мр77")
	tab.Click("#next")
	tab.UntilText("#answers", "bug.txt")
	tab.Type("#email", "grace@example.test")
	tab.Click("#send-link")
	tab.UntilText("#sent", "grace@example.test")
	tab.Open(w.letter("grace@example.test", 1))
	tab.Click("#enter button")
	tab.UntilText("#made", "number is 1")
	tab.UntilText("#talk", "She brings a bug.")
	plainTalk(w, tab)
	composed(t, tab)
}

// plainTalk answers, rates and opens the request again.
func plainTalk(w *window, tab *browsertest.Tab) {
	w.replied(1, "Welcome.")
	tab.Type("#body", "She is here.")
	tab.Attach("#files", w.file("photo.txt"))
	tab.Click("#reply button.primary")
	tab.UntilText("#talk", "photo.txt")
	tab.UntilText("#talk", "Welcome.")
	w.closed(1)
	tab.Open(w.url + "/portal/mine")
	tab.UntilText("#requests-done", "Visit of Grace Hopper")
	tab.Click("#request-1 a")
	tab.Click("label:has(#star-5)")
	tab.Type("#rating-comment", "Smooth.")
	tab.Click("#rating button")
	tab.UntilText("#rating", "your rating is kept")
	tab.Click("#reopen")
	tab.UntilText("#status", "Jonas Weber works on it")
}

// file makes a file to attach.
func (w *window) file(name string) string {
	w.t.Helper()
	path := filepath.Join(w.t.TempDir(), name)
	w.ok(os.WriteFile(path, []byte("a moth"), 0o600))
	return path
}
