package hub_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"okno/channels/hub"
)

// runs asserts how many adapters run now and were started so far, once every
// goroutine rests, and that no two ever ran at once.
func (x *house) runs(t *testing.T, now, started int) {
	t.Helper()
	synctest.Wait()
	n, most, all := x.net.Running()
	if n != now || all != started || most > 1 {
		t.Fatalf("%d run, %d started, %d at once; want %d run, %d started", n, all, most, now, started)
	}
}

// start runs a hub until stop, which waits for its end.
func start(t *testing.T, h *hub.Hub) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- h.Run(ctx) }()
	return func() {
		cancel()
		must(t, <-done)
	}
}

func TestTwoHubsRunOneAdapter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newHouse(t)
		stopOne := start(t, x.Hub)
		x.runs(t, 1, 1)
		stopTwo := start(t, x.hub("two"))
		time.Sleep(time.Minute)
		x.runs(t, 1, 1)
		stopOne()
		time.Sleep(6 * time.Second)
		x.runs(t, 1, 2) // the other took over
		stopTwo()
		x.runs(t, 0, 2)
	})
}

func TestChangedSettingsRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newHouse(t)
		defer start(t, x.Hub)()
		x.runs(t, 1, 1)
		c, err := x.Hub.Channel(t.Context(), admin(), x.channel)
		must(t, err)
		c.Name = "Help"
		_, err = x.SaveChannel(t.Context(), admin(), c)
		must(t, err)
		x.runs(t, 1, 2)
		c.Enabled = false
		_, err = x.SaveChannel(t.Context(), admin(), c)
		must(t, err)
		x.runs(t, 0, 2)
	})
}

func TestLostLeaseStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newHouse(t)
		defer start(t, x.Hub)()
		x.runs(t, 1, 1)
		// An owner whose clock is ahead takes the lease, as a process does that
		// was thought dead.
		name, now := fmt.Sprintf("channel:%d", x.channel), x.clock()
		x.pass(time.Hour)
		if ok, err := x.Lease(t.Context(), name, "other", now.Add(3*time.Hour)); !ok || err != nil {
			t.Fatal(ok, err)
		}
		x.pass(-time.Hour)
		time.Sleep(6 * time.Second)
		x.runs(t, 0, 1)
	})
}

// TestUnstoredIsNotLost has the store refuse an event: the adapter gives up,
// says so, and receives it on the next run.
func TestUnstoredIsNotLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := newHouse(t)
		x.fail("PutEvent", errors.New("disk full"))
		defer start(t, x.Hub)()
		x.net.Push("k1", anna("m1", "Hi"))
		synctest.Wait()
		if c := x.stored(t); c.State.OK || c.State.Detail != "disk full" {
			t.Errorf("state: %+v", c.State)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if c := x.stored(t); len(x.journal(t)) != 1 || !c.State.OK {
			t.Errorf("%d entries, state %+v", len(x.journal(t)), c.State)
		}
	})
}

// stored is the channel as the settings page reads it.
func (x *house) stored(t *testing.T) hub.Channel {
	t.Helper()
	c, err := x.Hub.Channel(t.Context(), admin(), x.channel)
	must(t, err)
	return c
}
