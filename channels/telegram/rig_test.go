package telegram

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"log/slog"
	"sync"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/telegram/telegramtest"
)

// desk is the desk around one bot, in memory.
type desk struct {
	t      *testing.T
	net    *telegramtest.Server
	bot    *telegramtest.Bot
	conn   channels.Connection
	deps   channels.Deps
	log    *bytes.Buffer
	opts   Options
	sink   *journal
	shelf  *shelf
	named  []string
	ledger map[string]string // progress by key
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	net := telegramtest.Start(t)
	d := &desk{
		t: t, net: net, bot: net.NewBot("Desk"), log: &bytes.Buffer{}, ledger: map[string]string{},
		opts: Options{Poll: time.Second, Answer: time.Second, RetryMin: 5 * time.Millisecond, RetryMax: 20 * time.Millisecond, Conflict: 20 * time.Millisecond},
		sink: &journal{cursors: map[string]string{}, changed: make(chan struct{})}, shelf: &shelf{blobs: map[string][]byte{}},
	}
	d.conn = channels.Connection{
		ID: 7, Kind: kindName, Name: "Bot", Settings: map[string]string{"server": net.URL}, Secrets: map[string]string{"token": d.bot.Token()},
	}
	d.deps = channels.Deps{
		Files: d.shelf, Clock: time.Now, Logger: slog.New(slog.NewTextHandler(d.log, nil)),
		Named:    func(_ context.Context, _ int64, name string) error { d.named = append(d.named, name); return nil },
		Progress: func(_ context.Context, key, p string) error { d.ledger[key] = p; return nil },
	}
	return d
}

// adapter opens the connection anew, as after a start of the desk.
func (d *desk) adapter() *adapter {
	d.t.Helper()
	a, err := d.opts.newAdapter(d.conn, d.deps)
	if err != nil {
		d.t.Fatal(err)
	}
	return a
}

// run receives until the returned function is called, or the test ends.
func (d *desk) run() (stop func()) {
	a, over := d.adapter(), make(chan struct{})
	ctx, cancel := context.WithCancel(d.t.Context())
	go func() {
		defer close(over)
		if err := a.Run(ctx, d.sink); err != nil {
			d.t.Errorf("run: %v", err)
		}
	}()
	stop = func() { cancel(); <-over }
	d.t.Cleanup(stop)
	return stop
}

// talk is the private chat of somebody with the bot.
func (d *desk) talk(name string) *telegramtest.Talk {
	return d.net.NewPerson(name).Talk(d.bot)
}

// events waits until so many have come.
func (d *desk) events(n int) []channels.Event {
	d.t.Helper()
	d.sink.await(d.t, "events", func() bool { return len(d.sink.events) >= n })
	d.sink.mu.Lock()
	defer d.sink.mu.Unlock()
	return append([]channels.Event(nil), d.sink.events...)
}

// read decodes the n-th event.
func (d *desk) read(n int) channels.Inbound {
	d.t.Helper()
	in, err := d.adapter().Decode(d.t.Context(), d.events(n + 1)[n])
	if err != nil {
		d.t.Fatal(err)
	}
	return in
}

// journal is a sink in memory.
type journal struct {
	mu      sync.Mutex
	events  []channels.Event
	cursors map[string]string
	states  []channels.State
	err     error // answered by Receive
	changed chan struct{}
}

func (j *journal) Receive(_ context.Context, e channels.Event) (bool, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	defer j.ring()
	if j.err != nil {
		return false, j.err
	}
	j.cursors[e.Cursor.Name] = e.Cursor.Value
	for _, known := range j.events {
		if known.Key == e.Key {
			return false, nil
		}
	}
	j.events = append(j.events, e)
	return true, nil
}

func (j *journal) Cursor(_ context.Context, name string) (string, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.cursors[name], nil
}

func (j *journal) Report(_ context.Context, s channels.State) {
	j.mu.Lock()
	defer j.mu.Unlock()
	defer j.ring()
	j.states = append(j.states, s)
}

func (j *journal) fail(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.err = err
}

// ring wakes whoever waits. The lock is held.
func (j *journal) ring() {
	close(j.changed)
	j.changed = make(chan struct{})
}

// await waits until ok, which is called with the lock held.
func (j *journal) await(t *testing.T, what string, ok func() bool) {
	t.Helper()
	late := time.After(10 * time.Second)
	for {
		j.mu.Lock()
		done, changed := ok(), j.changed
		j.mu.Unlock()
		if done {
			return
		}
		select {
		case <-changed:
		case <-late:
			t.Fatalf("no %s: %d events, %d states, the last %+v", what, len(j.events), len(j.states), j.states[max(0, len(j.states)-1):])
		}
	}
}

// awaitState waits for a report: "" is that all is well, else the end of a
// reason.
func (j *journal) awaitState(t *testing.T, reason string) channels.State {
	t.Helper()
	var found channels.State
	j.await(t, "state "+reason, func() bool {
		if len(j.states) == 0 {
			return false
		}
		found = j.states[len(j.states)-1]
		return found.OK == (reason == "") && (found.OK || found.Reason.Key == "channel.telegram.reason."+reason)
	})
	return found
}

// shelf keeps files in memory.
type shelf struct {
	mu    sync.Mutex
	blobs map[string][]byte
}

func (s *shelf) Put(_ context.Context, r io.Reader) (string, int64, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return "", 0, err
	}
	sum := sha256.Sum256(data)
	name := hex.EncodeToString(sum[:])
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blobs[name] = data
	return name, int64(len(data)), nil
}

func (s *shelf) Open(_ context.Context, blob string) (io.ReadCloser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	data, ok := s.blobs[blob]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

// file puts bytes on the shelf.
func (s *shelf) file(t *testing.T, name, kind string, data []byte) channels.File {
	t.Helper()
	blob, size, err := s.Put(t.Context(), bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return channels.File{Name: name, Type: kind, Size: size, Blob: blob}
}
