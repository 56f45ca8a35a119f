package server_test

import (
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"okno/server"
	"okno/server/config"
	"okno/tickets"
	"okno/tickets/people"
)

// TestTheDeskPurgesByItself deletes a ticket and lets thirty days pass.
func TestTheDeskPurgesByItself(t *testing.T) {
	var ahead atomic.Int64
	now := func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	desk, err := server.New(t.Context(), config.Config{Data: t.TempDir(), Listen: "127.0.0.1:0"}, server.Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	made := deleted(t, desk)
	running(t, desk)
	woken, stop := desk.Store.Jobs().Committed()
	defer stop()
	ahead.Store(int64(tickets.Grace))
	deleted(t, desk) // wakes the timers: the clock jumped, and they did not
	for deadline := time.After(20 * time.Second); ; {
		if _, err := desk.Store.Ticket(t.Context(), made); errors.Is(err, people.ErrMissing) {
			return
		}
		select {
		case <-woken:
		case <-deadline:
			t.Fatal("the ticket is still there")
		}
	}
}

// deleted is a ticket that an agent has deleted.
func deleted(t *testing.T, desk *server.Server) int64 {
	t.Helper()
	p, err := desk.People.Known(t.Context(), "email", "ira@home.org", "Ира", "ru")
	if err != nil {
		t.Fatal(err)
	}
	made, _, err := desk.Tickets.Create(t.Context(), tickets.AsPerson(p.ID), tickets.NewTicket{
		Subject: "x", RequesterID: p.ID, Incoming: &tickets.Incoming{PersonID: p.ID, Body: "x"},
	})
	if err == nil {
		err = desk.Tickets.Delete(t.Context(), tickets.Actor{Kind: tickets.ByAgent, ID: 1}, made.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	return made.ID
}
