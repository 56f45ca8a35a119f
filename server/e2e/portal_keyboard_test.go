package e2e

import (
	"testing"

	"github.com/chromedp/chromedp/kb"

	"okno/server/browsertest"
)

// TestFormByKeyboard fills a form and sends it without a mouse, from the search
// to the ticket.
func TestFormByKeyboard(t *testing.T) {
	w := newWindow(t)
	tab := w.browser.Tab(w.url, browsertest.Look{})
	tab.Open(w.url + "/portal")
	reach(t, tab, "#q", 8)
	tab.Press("deleg")
	tab.Until("document.querySelectorAll('#offer .topic').length === 1")
	reach(t, tab, "#card-visit a", 6)
	tab.Press(kb.Enter)
	faced(tab, "Question 1 of 6")
	tab.Press("Al" + kb.Enter)
	tab.See("#a-guest-error")
	tab.Until("document.activeElement.id === 'a-guest'") // the refused field has the focus
	tab.Press(kb.End + "an Turing" + kb.Enter)
	faced(tab, "Question 2")
	tab.Press(kb.Enter) // tomorrow will do
	faced(tab, "Question 3")
	tab.Press(" " + kb.Enter) // yes, by car
	faced(tab, "Question 4 of 7")
	tab.Press("а412мр77" + kb.Enter)
	faced(tab, "Question 5")
	tab.Press(" " + kb.Enter) // the first room
	faced(tab, "Question 6")
	tab.Press("A talk" + kb.Enter + "about machines")
	reach(t, tab, "#next", 3)
	tab.Press(kb.Enter)
	faced(tab, "Question 7")
	reach(t, tab, "#next", 3)
	tab.Press(kb.Enter)
	tab.UntilText("#answers", "Alan Turing")
	reach(t, tab, "#change-days", 12)
	tab.Press(kb.Enter)
	faced(tab, "Question 5")
	reach(t, tab, "#a-days-0", 3)
	tab.Press(kb.Tab + " " + kb.Enter) // the second room as well
	tab.UntilText("#answers", "Atlas, Baltic")
	reach(t, tab, "#email", 16)
	tab.Press("alice@example.test" + kb.Enter)
	tab.UntilText("#sent", "alice@example.test")
	tab.Open(w.letter("alice@example.test", 1))
	reach(t, tab, "#enter button", 8)
	tab.Press(kb.Enter)
	tab.UntilText("#status", "Taken in")
	tab.UntilText("#talk", "about machines")
	reach(t, tab, "#body", 12)
	tab.Press("He is early.")
	reach(t, tab, "#reply button.primary", 4)
	tab.Press(kb.Enter)
	tab.UntilText("#talk", "He is early.")
	composed(t, tab)
}

// faced waits for a question and for the focus on its field.
func faced(tab *browsertest.Tab, words string) {
	tab.UntilText("#of", words)
	tab.Until("document.activeElement.id.startsWith('a-')")
}
