package e2e

import (
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"okno/channels/email/mailtest"
)

const (
	hands  = 4   // points tried side by side
	enough = 3   // survivors after which a sweep has been through all points
	most   = 400 // points a sweep may have
)

// sweep calls one with 1, 2, 3 and so on, one being a run that is killed at its
// n-th point, until enough runs were over before their point came. Under the race
// detector every fourth point has to do; without it each has its turn. It answers
// how many were killed.
func sweep(t *testing.T, one func(t *testing.T, n int64) (survived bool)) int64 {
	t.Helper()
	step := int64(1)
	if raced {
		step = 4
	}
	var next, survivors, killed atomic.Int64
	var all sync.WaitGroup
	for range hands {
		all.Go(func() {
			for survivors.Load() < enough && next.Load() < most && !t.Failed() {
				n := next.Add(step)
				t.Run(strconv.FormatInt(n, 10), func(t *testing.T) {
					if one(t, n) {
						survivors.Add(1)
					} else {
						killed.Add(1)
					}
				})
			}
		})
	}
	all.Wait()
	if survivors.Load() < enough {
		t.Fatalf("after %d points no end is seen", next.Load())
	}
	return killed.Load()
}

// place is where sweeps happen: mail servers with a mailbox for every point, and
// a desk to copy.
type place struct {
	rig      *mailtest.Rig
	template string
}

func newPlace(t *testing.T) place {
	t.Helper()
	rig := mailtest.Start(t)
	rig.AddUser(helpAddress, helpPassword)
	for n := range int64(most + hands) {
		rig.AddUser(box(n), helpPassword)
	}
	return place{rig, template(t, crashChannel(mailbox(rig)))}
}

// box is the mailbox of one point.
func box(n int64) string { return fmt.Sprintf("box%d@example.test", n) }

// heal starts the desk again where another died, waits until done holds, and
// checks its books; they stay open.
func heal(t *testing.T, dir string, after func(d *desk), done func(b *books) bool) *books {
	t.Helper()
	d := start(t, fresh(dir), crashOptions())
	after(d)
	b := openBooks(t, dir)
	b.progress("the desk does what was left", done)
	if err := d.stop(); err != nil {
		t.Fatalf("stop the desk: %v", err)
	}
	b.check()
	return b
}

// killAtLine has the process die in the moment before the n-th line between it
// and its server is passed on; what comes after its death passes.
func killAtLine(p *mailtest.Proxy, n int64) (aim func(v *victim)) {
	var seen atomic.Int64
	return killWhen(p, func(bool, string) bool { return seen.Add(1) >= n })
}

// killWhen is killAtLine at the first line that is as described.
func killWhen(p *mailtest.Proxy, due func(fromServer bool, line string) bool) (aim func(v *victim)) {
	doomed, gone := make(chan struct{}), make(chan struct{})
	doom := sync.OnceFunc(func() { close(doomed) })
	p.OnLine(func(fromServer bool, line string) bool {
		select {
		case <-gone:
			return true
		default:
		}
		if !due(fromServer, line) {
			return true
		}
		doom()
		<-gone
		return false
	})
	return func(v *victim) { go v.dieOn(doomed, gone) }
}

// repeat calls one with 1, 2 and so on up to n, side by side.
func repeat(t *testing.T, n int64, one func(t *testing.T, n int64)) {
	t.Helper()
	var next atomic.Int64
	var all sync.WaitGroup
	for range hands {
		all.Go(func() {
			for at := next.Add(1); at <= n; at = next.Add(1) {
				t.Run(strconv.FormatInt(at, 10), func(t *testing.T) { one(t, at) })
			}
		})
	}
	all.Wait()
}

// deaths is how often the desk is killed in one moment.
func deaths() int64 {
	if testing.Short() || raced {
		return 20
	}
	return 100
}
