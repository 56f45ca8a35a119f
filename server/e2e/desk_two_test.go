package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"

	"okno/server/browsertest"
	"okno/tickets"
)

// TestTwoAgents has two people at one ticket: they see each other, do not answer
// past each other or past the person, and are told about changes that collide.
func TestTwoAgents(t *testing.T) {
	o := newOffice(t)
	o.clock.ago(0)
	ticket := o.asked("Olga Sinitsyna", "Till prints nothing", "The second till prints nothing.")
	browser := browsertest.Start(t)
	mine, hers := browser.Tab(o.url, browsertest.Look{}), browser.Apart(o.url, browsertest.Look{})
	o.signIn(mine, at(ticket)+"?from=open")
	o.enter(hers, marinaEmail, marinaPassword, at(ticket)+"?from=open")

	mine.Until("document.querySelector('#watchers [aria-label=\"Marina Kim is looking\"]')")
	hers.Type("#body", "I will call")
	mine.UntilText("#typing", "Marina Kim is writing here too")
	mine.Shot("presence")
	mine.Axe("somebody else writes")

	mine.Click("label:has(#mode-reply)")
	mine.Type("#body", "Try another roll")
	o.writes(ticket, tickets.Incoming{Body: "It smokes now"})
	mine.UntilText("#thread", "It smokes now")
	mine.Press("\r", chromedp.KeyModifiers(chromedp.ModifierCtrl))
	mine.UntilText("#composer .meantime", "It smokes now")
	mine.Until("document.querySelector('#body').value === 'Try another roll'")
	mine.Shot("held")
	mine.Axe("a held reply")
	focused(mine)
	mine.Press("\r", chromedp.KeyModifiers(chromedp.ModifierCtrl)) // read it, send all the same
	mine.UntilText("#thread", "Try another roll")
	hers.UntilText("#thread", "Try another roll")
	hers.Until("document.querySelector('#body').value === 'I will call'")

	collide(mine, hers)
	told(t, mine, 2) // the held reply and the refused change
	hers.Calm()
	hers.Open("about:blank")
	mine.Until("!document.querySelector('#watchers .seen') && !document.querySelector('#typing .notice')")
}

// collide changes one field on a page that has not heard of the other change.
func collide(mine, hers *browsertest.Tab) {
	old := browsertest.Eval[string](mine, `document.querySelector("#form-priority [name=version]").value`)
	choose(hers, "#f-priority", "4")
	hers.UntilText("#head", "Urgent")
	mine.UntilText("#head", "Urgent")
	mine.Until("document.querySelector('#f-priority').value === '4'")
	run(mine, `document.querySelector("#form-priority [name=version]").value = "`+old+`"`)
	choose(mine, "#f-priority", "1")
	mine.UntilText("#conflict", "Marina Kim")
	mine.Until("document.querySelector('#f-priority').value === '4'")
	mine.Shot("conflict")
	mine.Axe("a change that came too late")
	focused(mine)
}

// told expects exactly these many refusals in the browser's own log.
func told(t *testing.T, tab *browsertest.Tab, want int) {
	t.Helper()
	var n int
	for _, line := range tab.Trouble() {
		if conflict(line) {
			n++
			continue
		}
		t.Errorf("trouble: %s", line)
	}
	if n != want {
		t.Errorf("%d refusals, %d wanted", n, want)
	}
}
