package e2e

import (
	"context"
	"sync"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/email/mailtest"
)

// TestTwoThousandMailsMakeTwoThousandTickets lets everything happen to the
// mailbox and to the desk that can: connections cut at any byte, kicked or
// swallowed, the server restarted, the mailbox opened by others or made anew,
// the password refused for a while, the desk stopped and killed.
func TestTwoThousandMailsMakeTwoThousandTickets(t *testing.T) {
	const batches = 20
	total, began := 2000, time.Now()
	if testing.Short() || raced {
		total = 400
	}
	s := newSiege(t)
	for batch := range batches {
		s.place.deliver(batch*total/batches, total/batches)
		s.mishap(batch)
	}
	s.stop()
	s.place.complete(t, s.orders.Data, total)
	b := openBooks(t, s.orders.Data)
	t.Logf("%d mails in %v over %d connections and %d desks; %d came again and were known", total, time.Since(began).Round(time.Second),
		s.proxy.Connections(), s.desks, b.count(`SELECT COUNT(*) FROM inbox WHERE outcome = 'seen'`))
}

// siege is a desk to which bad things are done.
type siege struct {
	t      *testing.T
	place  place
	proxy  *mailtest.Proxy // between desk and mailbox
	orders orders
	victim *victim
	desks  int // started so far
}

func newSiege(t *testing.T) *siege {
	t.Helper()
	s := &siege{t: t, place: newPlace(t)}
	s.orders.Data = copied(t, s.place.template)
	s.proxy, s.orders.Settings = behind(t, "imap", s.place.rig.IMAPAddr)
	s.orders.Settings["imap_user"] = box(0)
	s.start()
	return s
}

func (s *siege) start() {
	s.desks++
	s.victim = launch(s.t, s.orders)
}

// stop ends the desk as a service manager does.
func (s *siege) stop() {
	s.victim.terminate()
	if !s.victim.survived() {
		s.t.Error("the desk died by itself")
	}
}

// mishap does one bad thing, another for each batch.
func (s *siege) mishap(batch int) {
	rig := s.place.rig
	switch batch % 9 {
	case 0:
		s.proxy.CutAfter(int64(1000 + 777*batch))
	case 1:
		rig.Kick(box(0))
	case 2:
		s.proxy.Cut()
	case 3:
		s.victim.kill()
		s.start()
	case 4:
		s.state(true)
		s.proxy.BlackHole(true)
		s.state(false)
		s.proxy.BlackHole(false)
	case 5:
		rig.RestartIMAP()
	case 6:
		rig.SetSeen(box(0))
		s.stop()
		s.start()
	case 7:
		s.refuse()
	case 8:
		s.victim.kill()
		if batch < 9 { // once is enough: everything is read again
			rig.RecreateInbox(box(0))
		}
		s.start()
	}
}

// refuse lets the password be wrong until the desk has noticed.
func (s *siege) refuse() {
	s.state(true)
	s.place.rig.AddUser(box(0), "another")
	stop := s.kicking() // a connection made at this very moment outlives one kick
	s.state(false)
	stop()
	s.place.rig.AddUser(box(0), helpPassword)
}

// kicking ends every connection to the mailbox again and again until stop.
func (s *siege) kicking() (stop func()) {
	ctx, cancel := context.WithCancel(s.t.Context())
	var done sync.WaitGroup
	done.Go(func() {
		for ctx.Err() == nil {
			s.place.rig.Kick(box(0))
			channels.Wait(ctx, time.Second)
		}
	})
	return func() { cancel(); done.Wait() }
}

// state waits until the desk says that the mailbox works, or that it does not.
func (s *siege) state(works bool) {
	s.t.Helper()
	b := openBooks(s.t, s.orders.Data)
	defer b.close()
	b.progress("the desk says how the mailbox is", func(b *books) bool {
		return b.count(`SELECT COUNT(*) FROM channels WHERE state_ok = $1`, works) > 0
	})
}
