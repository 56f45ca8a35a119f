package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"okno/channels/email/mailtest"
)

const (
	stopBatch   = 10 // mails
	stopBatches = 12
	stopEvery   = 200 * time.Millisecond // 50 mails a second
)

// TestStopUnderLoad asks the desk to stop while mail comes in and an agent
// writes notes as fast as pages answer.
func TestStopUnderLoad(t *testing.T) {
	t.Parallel()
	rig := mailtest.Start(t)
	rig.AddUser(helpAddress, helpPassword)
	dir := t.TempDir()
	p := boot(t, "OKNO_DATA="+dir)
	visit(t, p.url, adminEmail, adminPassword).connect(rig, helpAddress, helpPassword)
	rig.DeliverMany(helpAddress, batch(0))
	within(t, patience, "the first ticket is there", func() bool { return visit(t, p.url, adminEmail, adminPassword).there("/tickets/1") })

	w := &writer{visitor: visit(t, p.url, adminEmail, adminPassword), ended: make(chan struct{})}
	go w.write()
	stopped := make(chan time.Duration, 1)
	every := time.NewTicker(stopEvery)
	defer every.Stop()
	for i := 1; i < stopBatches; i++ {
		<-every.C
		rig.DeliverMany(helpAddress, batch(i))
		if i == stopBatches/2 {
			go func() { stopped <- p.terminate() }()
		}
	}
	took := <-stopped
	<-w.ended
	t.Logf("stopped in %v with %d notes accepted", took, len(w.accepted))
	if took > 10*time.Second {
		t.Errorf("it took %v to stop", took)
	}
	if len(w.broken) > 0 || len(w.accepted) == 0 {
		t.Errorf("%d notes were accepted, and answered with a fault: %v", len(w.accepted), w.broken)
	}
	nothingLost(t, dir, w.accepted)
}

// batch is mails from as many people.
func batch(n int) (mails [][]byte) {
	for i := range stopBatch {
		mails = append(mails, letter(fmt.Sprintf("load-%d-%d", n, i)))
	}
	return mails
}

// nothingLost starts the desk again and compares.
func nothingLost(t *testing.T, dir string, notes []string) {
	t.Helper()
	p := boot(t, "OKNO_DATA="+dir)
	b := openBooks(t, dir)
	took := within(t, 2*time.Minute, "every mail was processed", func() bool { return b.received(stopBatch * stopBatches) })
	t.Logf("the rest was taken in %v after the next start", took)
	p.terminate()
	b.check()
	if n := b.count(`SELECT COUNT(*) FROM tickets`); n != stopBatch*stopBatches {
		t.Errorf("%d mails made %d tickets", stopBatch*stopBatches, n)
	}
	for _, body := range notes {
		if n := b.count(`SELECT COUNT(*) FROM messages WHERE body = $1`, body); n != 1 {
			t.Errorf("the accepted note %q is there %d times", body, n)
		}
	}
}

// writer adds notes until the desk answers no more.
type writer struct {
	*visitor
	accepted []string
	broken   []int // statuses of 500 and above
	ended    chan struct{}
}

func (w *writer) write() {
	defer close(w.ended)
	for i := 0; ; i++ {
		body := fmt.Sprintf("Note %d of many", i)
		status, _ := w.post("/tickets/1/messages", url.Values{"kind": {"note"}, "body": {body}, "anyway": {"1"}})
		switch {
		case status == 0:
			return // nobody listens any more
		case status == http.StatusSeeOther:
			w.accepted = append(w.accepted, body)
		case status >= http.StatusInternalServerError:
			w.broken = append(w.broken, status)
		}
	}
}
