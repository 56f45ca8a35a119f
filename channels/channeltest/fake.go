// Package channeltest is what every channel has to stand. Run plays its cases on
// a Peer, which is a network with people in it, and a Desk, which is a hub with a
// store behind it: what is delivered again, late or backwards, an adapter that
// dies before it could store or confirm, a lost receipt, limits, refused
// credentials, silence, files, changes, people who left. A network that cannot
// have a case says why, and the reason is logged in its place.
//
// The package knows channels only. The desk of its cases is the real one, in
// server/e2e (conform_*), where each channel brings its Peer; there too lie the
// stories in which the whole process is killed at every step (crash_*).
//
// Fake is a network that is a script: tests push events into it, make its sends
// fail in any of the ways a network can, and read back what it was asked to
// send. NewPeer is people on it.
package channeltest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"okno/channels"
)

// KindName is the name of the fake's kind.
const KindName = "fake"

// ErrLost is what Send answers when the network took the message and its answer
// did not come back.
var ErrLost = errors.New("answer lost")

// Failure is what the next Send does instead of working.
type Failure struct {
	Err   error // answered by Send
	Taken bool  // the network took the message all the same
	Panic bool  // the adapter crashes
}

// Fake is a network and every adapter connected to it. It is safe for
// concurrent use.
type Fake struct {
	mu       sync.Mutex
	failures []Failure
	sent     []channels.Outbound
	runs     int // adapters running now
	most     int // at once, ever
	started  int // in all
	poison   map[string]int
	changed  chan struct{} // closed and renewed with every change
	events   chan channels.Event
	refused  bool              // nothing works until the credentials are good again
	silent   bool              // nothing comes in and no send ends
	contents map[string][]byte // of files sent, by blob
}

// New makes a quiet network.
func New() *Fake {
	return &Fake{poison: map[string]int{}, changed: make(chan struct{}), events: make(chan channels.Event, 1000), contents: map[string][]byte{}}
}

// Kind registers the network. Its one setting is "address".
func (f *Fake) Kind() channels.Kind {
	return channels.Kind{
		Name: KindName, Address: "address",
		Fields: []channels.Field{
			{Key: "address", Type: channels.FieldText, Required: true},
			{Key: "port", Type: channels.FieldNumber, Default: "25"},
			{Key: "password", Type: channels.FieldSecret, Required: true},
		},
		Validate: func(channels.Connection) map[string]channels.Text { return nil },
		Open: func(_ channels.Connection, d channels.Deps) (channels.Adapter, error) {
			return &adapter{f, d.Files}, nil
		},
		Check: func(_ context.Context, _ channels.Connection, _ channels.Deps, report func(channels.Step)) {
			report(channels.Step{OK: true, Label: channels.Text{Key: "fake.check"}})
		},
	}
}

// Push hands a message to whichever adapter runs.
func (f *Fake) Push(key string, in channels.Inbound) { f.events <- Event(key, in) }

// Event is a message as the fake's network delivers it.
func Event(key string, in channels.Inbound) channels.Event { return packed(key, parcel{Inbound: in}) }

// packed is an event of a message with the bytes of its files.
func packed(key string, p parcel) channels.Event {
	raw, err := json.Marshal(p)
	if err != nil {
		panic(fmt.Sprintf("marshal inbound: %v", err)) // only a broken test gets here
	}
	return channels.Event{Key: key, Object: p.Object, Lane: p.From.ID, Raw: raw,
		Cursor: channels.Cursor{Name: "fake", Value: key}}
}

// content is a file the network took.
func (f *Fake) content(blob string) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.contents[blob]
}

// Refuse makes the network refuse the credentials, or take them again.
func (f *Fake) Refuse(on bool) { f.change(func() { f.refused = on }) }

// Silence makes the network swallow everything, or speak again.
func (f *Fake) Silence(on bool) { f.change(func() { f.silent = on }) }

// Poison makes decoding of an event crash this many times.
func (f *Fake) Poison(key string, times int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.poison[key] = times
}

// Fail makes the next sends fail, one after another.
func (f *Fake) Fail(list ...Failure) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failures = append(f.failures, list...)
}

// Sent is everything the network took, in order.
func (f *Fake) Sent() []channels.Outbound {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]channels.Outbound(nil), f.sent...)
}

// Running answers how many adapters run now, how many ever ran at once, and how
// many were started in all.
func (f *Fake) Running() (now, most, started int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.runs, f.most, f.started
}

// Await waits until ok holds or ctx ends, and says whether it held.
func (f *Fake) Await(ctx context.Context, ok func() bool) bool {
	for {
		f.mu.Lock()
		changed := f.changed
		f.mu.Unlock()
		if ok() {
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-changed:
		}
	}
}

func (f *Fake) change(do func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	do()
	close(f.changed)
	f.changed = make(chan struct{})
}
