package e2e

import (
	"fmt"
	"testing"

	"okno/server/browsertest"
)

// TestFormOutlivesBrowserAndDesk begins a form, restarts the desk and goes on.
func TestFormOutlivesBrowserAndDesk(t *testing.T) {
	t.Parallel()
	w := newWindow(t)
	tab := w.browser.Tab(w.url, browsertest.Look{})
	tab.Open(w.url + "/portal/r/visit")
	tab.Type("#a-guest", "Alan Turing")
	tab.Click("#next")
	tab.UntilText("#of", "Question 2")
	tab.Until(fmt.Sprintf("document.querySelector('#a-day').value === %q", w.tomorrow()))
	tab.Click("#next")
	tab.UntilText("#of", "Question 3")
	tab.Open("about:blank")
	w.restart()
	again := w.browser.Tab(w.url, browsertest.Look{}) // another window of the same browser
	again.Open(w.url + "/portal")
	again.UntilText("#card-visit", "Begun, your answers are kept")
	again.Click("#card-visit a")
	again.UntilText("#of", "Question 3")
	again.Click("#back")
	again.UntilText("#of", "Question 2")
	again.Click("#back")
	again.Until("document.querySelector('#a-guest').value === 'Alan Turing'")
	composed(t, again)
}

// TestFormOnOnePageIsLive asks conditions anew while somebody types, and takes
// files that are chosen, dropped and pasted.
func TestFormOnOnePageIsLive(t *testing.T) {
	t.Parallel()
	w := newWindow(t)
	tab := w.browser.Tab(w.url, browsertest.Look{})
	tab.Open(w.url + "/portal/r/visit")
	tab.Click("#way")
	tab.See("#a-why")
	tab.Type("#a-guest", "Alan Turing")
	tab.Type("#a-why", "A talk")
	tab.Click("label:has(#a-car-0)")
	tab.See("#a-plate")
	tab.Until("document.querySelector('#a-guest').value === 'Alan Turing' && document.querySelector('#a-why').value === 'A talk'")
	tab.Click("label:has(#a-car-1)")
	tab.Until("!document.querySelector('#a-plate')")
	tab.Attach("#a-papers", w.file("chosen.txt"))
	tab.UntilText("#a-papers-files", "chosen.txt")
	run(tab, `document.getElementById("a-papers").dispatchEvent(new DragEvent("drop", {dataTransfer: `+named("dropped.txt")+`, bubbles: true, cancelable: true}))`)
	tab.UntilText("#a-papers-files", "dropped.txt")
	run(tab, `document.getElementById("a-why").dispatchEvent(new ClipboardEvent("paste", {clipboardData: `+named("pasted.txt")+`, bubbles: true, cancelable: true}))`)
	tab.UntilText("#a-papers-files", "pasted.txt")
	tab.Click("#a-papers-files button[title='Remove dropped.txt']")
	tab.Until("!document.querySelector('#a-papers-files').innerText.includes('dropped.txt')")
	run(tab, `document.getElementById("a-papers").dispatchEvent(new DragEvent("drop", {dataTransfer: `+named("virus.exe")+`, bubbles: true, cancelable: true}))`)
	tab.Until("document.querySelector('#a-why').value === 'A talk'")
	tab.Click("#next")
	tab.UntilText("#answers", "chosen.txt")
	tab.UntilText("#answers", "A talk")
	composed(t, tab)
}

// TestRequestIsLive shows what an agent does while somebody looks and writes.
func TestRequestIsLive(t *testing.T) {
	t.Parallel()
	w := newWindow(t)
	tab := w.browser.Apart(w.url, browsertest.Look{})
	asked := w.asked("Olga", "Till prints nothing", "The second till prints nothing.")
	w.comeIn(tab, mailOf("Olga"))
	tab.Click("#request-1 a")
	tab.UntilText("#status", "Taken in")
	tab.Type("#body", "And it")
	w.replied(asked.Number, "Switch it off and on.")
	tab.UntilText("#talk", "Switch it off and on.") // by itself
	tab.UntilText("#status", "Jonas Weber works on it")
	tab.Until("document.querySelector('#body').value === 'And it' && document.activeElement.id === 'body'")
	w.closed(asked.Number)
	tab.See("#rating")
	stranger := w.browser.Apart(w.url, browsertest.Look{})
	w.comeIn(stranger, "mallory@example.test")
	stranger.Open(w.url + "/portal/t/1")
	stranger.UntilText("#main", "There is nothing here")
	composed(t, tab)
}

// TestLinkToAForm copies a link as an agent and opens it as somebody else.
func TestLinkToAForm(t *testing.T) {
	t.Parallel()
	w := newWindow(t)
	agent := w.browser.Apart(w.url, browsertest.Look{})
	w.signIn(agent, "/portal/r/visit")
	agent.Type("#a-guest", "Ada Lovelace")
	agent.Click("#next")
	agent.UntilText("#of", "Question 2")
	agent.Click("#link-box summary")
	agent.Click("#link-box button")
	agent.UntilText("#toasts", "The link is copied")
	where := browsertest.Eval[string](agent, "document.querySelector('#link').value")
	other := w.browser.Apart(w.url, browsertest.Look{})
	other.Open(where)
	other.UntilText("#of", "Question 2")
	other.Click("#back")
	other.Until("document.querySelector('#a-guest').value === 'Ada Lovelace'")
	composed(t, agent)
	composed(t, other)
}
