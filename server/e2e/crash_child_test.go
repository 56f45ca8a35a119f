package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/email"
	"okno/channels/hub"
	"okno/server"
	"okno/server/config"
	"okno/tickets"
	"okno/tickets/people"
)

// asCrasher makes this test program a desk that dies as its orders say.
const asCrasher = "OKNO_TEST_CRASHER"

// moment is an undo window that is over before anybody looks.
const moment = time.Millisecond

// readyFile is the descriptor a crasher closes once it can be told to stop: the
// first of exec.Cmd.ExtraFiles.
const readyFile = 3

// orders are what a crasher is told.
type orders struct {
	Data     string
	Settings map[string]string // of its channel, beside those stored
	Secrets  map[string]string // the same
	DieAfter int64             // step after which it kills itself; 0: none
	Asker    string            // whom it answers; "": nobody
}

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(perform())
	}
	text := os.Getenv(asCrasher)
	if text == "" {
		os.Exit(m.Run())
	}
	var o orders
	err := json.Unmarshal([]byte(text), &o)
	if err == nil {
		err = crash(o)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// crash runs a desk until it kills itself, is killed, or is told to stop.
func crash(o orders) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	end := &ending{after: o.DieAfter}
	options := crashOptions()
	options.Step, options.Log = end.step, os.Stderr
	srv, err := server.New(ctx, fresh(o.Data), options)
	if err != nil {
		return fmt.Errorf("start: %w", err)
	}
	if err := prepare(ctx, srv.Rooms, o); err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	_ = os.NewFile(readyFile, "ready").Close() // tells who launched us
	end.armed.Store(true)
	ended := make(chan error, 1)
	go func() { ended <- srv.Run(ctx) }()
	if err := answer(ctx, srv.Rooms, o); err != nil && ctx.Err() == nil {
		return fmt.Errorf("answer: %w", err)
	}
	return <-ended
}

// ending is the death of a process after so many steps.
type ending struct {
	armed atomic.Bool
	steps atomic.Int64
	after int64
}

func (e *ending) step(string) {
	if e.after == 0 || !e.armed.Load() || e.steps.Add(1) != e.after {
		return
	}
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {} // the signal comes
}

// crashOptions are those of a desk that does not make a test wait. The mail
// servers of these tests are spoken to without TLS.
func crashOptions() server.Options {
	return server.Options{UndoWindow: moment, Blank: true, Kinds: []channels.Kind{email.Options{
		Poll: time.Second, Answer: time.Second, Connect: 3 * time.Second, Stall: 2 * time.Second,
		RetryMin: 20 * time.Millisecond, RetryMax: 200 * time.Millisecond,
	}.Kind(), telegramOptions().Kind()}}
}

// prepare brings a copied data directory to what this run needs.
func prepare(ctx context.Context, r *server.Rooms, o orders) error {
	list, err := r.Store.Channels(ctx)
	if err != nil {
		return fmt.Errorf("load channels: %w", err)
	}
	c := list[0]
	maps.Copy(c.Settings, o.Settings)
	maps.Copy(c.Secrets, o.Secrets)
	if _, err := r.Hub.SaveChannel(ctx, people.Agent{Role: people.Administrator}, c); err != nil || o.Asker == "" {
		return err
	}
	p, err := r.People.Known(ctx, c.Kind, o.Asker, "Anna", "en")
	if err != nil {
		return fmt.Errorf("meet the asker: %w", err)
	}
	_, _, err = r.Tickets.Create(ctx, tickets.AsPerson(p.ID), tickets.NewTicket{
		Subject: "Printer on fire", RequesterID: p.ID, ChannelID: c.ID,
		Incoming: &tickets.Incoming{PersonID: p.ID, ChannelID: c.ID, Network: c.Kind, Body: "It smokes.", Ref: "first@people.test"},
	})
	return err
}

// answer lets the agent answer ticket 1. A browser that got no answer sends its
// form again, with the same key.
func answer(ctx context.Context, r *server.Rooms, o orders) error {
	if o.Asker == "" {
		return nil
	}
	a, err := r.Store.AgentByEmail(ctx, adminEmail)
	if err != nil {
		return fmt.Errorf("find the agent: %w", err)
	}
	t, err := r.Store.TicketByNumber(ctx, 1)
	if err != nil {
		return fmt.Errorf("find the ticket: %w", err)
	}
	_, err = r.Tickets.Reply(ctx, tickets.AsAgent(a), t.ID, tickets.NewMessage{Body: "Switch it off.", Once: "form-1"})
	return err
}

// template makes a data directory with an administrator and a channel.
func template(t testing.TB, channel hub.Channel) string {
	t.Helper()
	c := config.Config{Data: t.TempDir(), Listen: "127.0.0.1:0"}
	r, err := server.Open(t.Context(), c, crashOptions())
	if err != nil {
		t.Fatal(err)
	}
	a, err := r.People.FirstAdministrator(t.Context(), "", people.NewAccount{Name: "Ada", Email: adminEmail, Password: adminPassword})
	if err == nil {
		_, err = r.Hub.SaveChannel(t.Context(), a, channel)
	}
	if err := errors.Join(err, r.Close()); err != nil {
		t.Fatalf("set the desk up: %v", err)
	}
	return c.Data
}
