package web

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"okno/server/browsertest"
	"okno/tickets"
)

// atWork opens a ticket in a real browser as the agent and answers its tab.
func atWork(t *testing.T, r *rig, l browsertest.Look, view string) *browsertest.Tab {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- r.live.Run(ctx) }()
	srv := httptest.NewServer(r.handler)
	browser := browsertest.Start(t)
	t.Cleanup(func() {
		cancel()
		orFail(t, <-done)
		srv.CloseClientConnections()
		srv.Close()
	})
	tab := browser.Tab(srv.URL, l)
	tab.Open(srv.URL + "/signin?next=%2Ftickets%3Fview%3D" + view)
	tab.Fill("[name=email]", "anna@example.org")
	tab.Fill("[name=password]", "long enough a password")
	tab.Click("form button[type=submit].primary")
	tab.See("#list")
	return tab
}

func TestAnsweringInABrowser(t *testing.T) {
	r := newRig(t)
	ticket := r.asked("Till broken", "It prints nothing.")
	tab := atWork(t, r, browsertest.Look{}, "unassigned")
	tab.Shot("live-list")
	_ = browsertest.Eval[any](tab, "window.same = true; 1")
	tab.Click(fmt.Sprintf("#open-%d", ticket.Number))
	tab.UntilText("#subject", "Till broken")
	tab.Until("window.same") // the rail and the stream live on

	tab.Type("#body", "Try **this**")
	tab.Reload() // before the draft is on the server
	tab.Until("document.querySelector('#body').value === 'Try **this**'")

	_, err := r.service.Receive(t.Context(), ticket.ID, tickets.Incoming{PersonID: ticket.RequesterID, Body: "It smokes now", Network: "email"})
	orFail(t, err)
	tab.UntilText("#thread", "It smokes now")
	tab.Until("document.querySelector('#body').value === 'Try **this**'")

	tab.Click("#composer .split .send")
	tab.UntilText("#composer", "Send anyway") // the page had not been told when the composer was drawn
	tab.Until("document.querySelector('#body').value === 'Try **this**'")
	tab.Click("#composer [name=anyway]")
	tab.UntilText("#thread", "Leaves in a moment")
	tab.Until("document.querySelector('#body').value === '' && document.activeElement.id === 'body'")
	tab.Shot("live-sent")
	tab.Click("#undo button")
	tab.UntilText("#thread", "Undone, not sent")
	tab.Until("document.querySelector('#body').value === 'Try **this**'")

	tab.Click("label:has(#mode-note)")
	tab.Click("#composer .as-note.send")
	tab.UntilText("#thread", "Only your team sees this")
	tab.Until("document.querySelector('#body').value === '' && document.activeElement.id === 'body'")
	tab.Press(kb.Escape) // single keys work outside of fields
	tab.Until("document.activeElement.id !== 'body'")
	tab.Axe("the ticket after a note")
	tab.Shot("live-note")
	tab.Press("e") // solve
	tab.UntilText("#head", "Solved")
	tab.Press("u") // back to the list
	tab.See("#list")
	for _, line := range tab.Trouble() {
		// Chromium notes the one answer that held the reply back.
		if !strings.Contains(line, "409 (Conflict)") {
			t.Errorf("trouble: %s", line)
		}
	}
}
