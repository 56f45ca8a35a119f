package e2e

import (
	"strings"
	"testing"
	"time"

	"okno/server/browsertest"
	"okno/tickets"
)

// TestDeskStops takes the desk away under an open page: it says so within five
// seconds, keeps what was typed, and is itself again within ten.
func TestDeskStops(t *testing.T) {
	o := newOffice(t)
	o.clock.ago(0)
	ticket := o.asked("Olga Sinitsyna", "Till prints nothing", "The second till prints nothing.")
	tab := browsertest.Start(t).Tab(o.url, browsertest.Look{})
	o.signIn(tab, at(ticket))
	tab.Until("document.documentElement.dataset.stream === 'up'")
	tab.Type("#body", "Try another roll")
	o.kept(ticket, "Try another roll")
	tab.Calm()

	o.config.Listen = o.srv.Addr()
	o.ok(o.stop())
	stopped := time.Now()
	tab.See("#offline")
	inTime(t, "the page says that the desk is away", stopped, 5*time.Second)
	tab.Shot("offline")
	tab.Type("#body", ", please")

	o.desk = start(t, o.config, o.options)
	began := time.Now()
	tab.Until("document.documentElement.dataset.stream === 'up'")
	inTime(t, "the page is itself again", began, 10*time.Second)
	tab.Until("document.querySelector('#body').value.endsWith('please')")
	o.kept(ticket, "Try another roll, please")
	o.writes(ticket, tickets.Incoming{Body: "It smokes now"})
	tab.UntilText("#thread", "It smokes now")
	for _, line := range tab.Trouble() {
		if !strings.Contains(line, "CONNECTION_REFUSED") && !strings.Contains(line, "INCOMPLETE_CHUNKED") {
			t.Errorf("trouble: %s", line)
		}
	}
}

// TestWithoutSharedWorker keeps pages current in browsers that have none.
func TestWithoutSharedWorker(t *testing.T) {
	o := newOffice(t)
	o.clock.ago(0)
	tab := browsertest.Start(t).Tab(o.url, browsertest.Look{})
	tab.Before("delete window.SharedWorker")
	o.signIn(tab, "/tickets?view=open")
	tab.Until("!window.SharedWorker && document.documentElement.dataset.stream === 'up'")
	o.asked("Olga Sinitsyna", "Till prints nothing", "The second till prints nothing.")
	tab.UntilText("#rows", "Till prints nothing")
	tab.UntilText("#to-open", "1")
	tab.Calm()
}

func inTime(t *testing.T, what string, since time.Time, limit time.Duration) {
	t.Helper()
	if took := time.Since(since); took > limit {
		t.Errorf("%s after %v, at most %v wanted", what, took, limit)
	}
}
