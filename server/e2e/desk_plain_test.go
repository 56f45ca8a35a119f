package e2e

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"okno/server/browsertest"
	"okno/tickets"
)

// TestWithoutScripts does a day's work in a browser that runs none.
func TestWithoutScripts(t *testing.T) {
	o := newOffice(t)
	o.clock.ago(2 * time.Hour)
	for i := range 52 {
		o.asked("Olga", fmt.Sprintf("Question %d", i+1), "What shall I do?")
	}
	o.clock.ago(5 * time.Hour)
	waits := o.asked("Pavel", "Till prints nothing", "The second till prints nothing.")
	o.clock.ago(0)
	tab := browsertest.Start(t).Tab(o.url, browsertest.Look{NoScript: true})
	o.signIn(tab, "/tickets?view=unassigned")

	tab.Click("#page-next")
	tab.See("#page-first")
	tab.Click("#page-first")
	tab.See("#page-next")
	tab.Open(o.url + at(waits) + "?from=unassigned")
	tab.UntilText("#head", "5 h")
	tab.Shot("plain-ticket")
	plainFields(tab)
	plainWrite(tab)
	plainSolve(t, tab)
	plainNew(tab)
	one, two := o.asked("Olga", "Fridge hums", "It hums all day."), o.asked("Olga", "Fridge is loud", "Since Monday.")
	o.writes(one, tickets.Incoming{Body: "And it leaks."})
	plainActs(o, tab, one, two)
	tab.Calm()
}

// plainWrite replies, takes it back, sends it again and adds a note.
func plainWrite(tab *browsertest.Tab) {
	tab.Type("#body", "Switch it off and on.")
	tab.Click("#composer .split .send")
	tab.UntilText("#thread", "Switch it off and on.")
	tab.UntilText("#thread", "Leaves in a moment")
	tab.Click("#thread form button")
	tab.UntilText("#thread", "Undone, not sent")
	tab.Until("document.querySelector('#body').value === 'Switch it off and on.'")
	tab.Click("#composer .split .send")
	tab.UntilText("#thread", "Leaves in a moment")
	tab.Click("label:has(#mode-note)")
	tab.Type("#body", "Third time this week")
	tab.Click("#composer .as-note.send")
	tab.UntilText("#thread", "Only your team sees this")
}

func plainFields(tab *browsertest.Tab) {
	tab.Fill("#f-subject", "Till prints nothing at all")
	tab.Click("#form-subject button")
	tab.UntilText("#subject", "Till prints nothing at all")
	tab.Type("#f-tags", "printer")
	tab.Click("#form-add-tags button")
	tab.UntilText("#side", "printer")
	tab.Click("#form-take button")
	tab.UntilText("#thread", "assignee Jonas Weber")
}

func plainSolve(t *testing.T, tab *browsertest.Tab) {
	tab.Click("#solve")
	tab.UntilText("#head", "Solved")
	if got := tab.Text("#head"); strings.Contains(got, "Waits for us") {
		t.Errorf("a solved ticket waits: %s", got)
	}
	tab.Shot("plain-solved")
}

func plainNew(tab *browsertest.Tab) {
	tab.Click("#back")
	tab.Click("#new-ticket")
	tab.Type("#name", "Irina Belova")
	tab.Type("#email", "irina@example.test")
	tab.Type("#subject", "Call back about the fridge")
	tab.Type("#body", "Irina, you called this morning.")
	tab.Click("#new-form button.primary")
	tab.UntilText("#subject", "Call back about the fridge")
	tab.UntilText("#thread", "Irina, you called this morning.")
	tab.UntilText("#head", "Open")
}
