package channeltest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"

	"okno/channels"
)

// errRefused is what a network answers that refuses the credentials.
var errRefused = &channels.SendError{Verdict: channels.Later, Reason: channels.Text{Key: "fake.refused"}}

// adapter is one connection to a Fake.
type adapter struct {
	net   *Fake
	files channels.Files // nil where a test needs no bytes
}

// Name implements channels.Adapter.
func (a *adapter) Name() string { return KindName }

// Run implements channels.Adapter. An event that could not be stored is pushed
// again, as a network does that got no confirmation.
func (a *adapter) Run(ctx context.Context, in channels.Sink) error {
	a.net.change(func() {
		a.net.runs++
		a.net.started++
		a.net.most = max(a.net.most, a.net.runs)
	})
	defer a.net.change(func() { a.net.runs-- })
	for {
		events, changed := a.open(ctx, in)
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		case e := <-events:
			if _, err := in.Receive(ctx, e); err != nil {
				a.net.events <- e
				return err
			}
			a.net.change(func() {})
		}
	}
}

// open answers where events come from, nowhere while the network is away, and
// reports whether it refuses us.
func (a *adapter) open(ctx context.Context, in channels.Sink) (<-chan channels.Event, <-chan struct{}) {
	a.net.mu.Lock()
	events, changed, refused := a.net.events, a.net.changed, a.net.refused
	if refused || a.net.silent {
		events = nil
	}
	a.net.mu.Unlock()
	state := channels.State{OK: !refused}
	if refused {
		state.Reason = errRefused.Reason
	}
	in.Report(ctx, state)
	return events, changed
}

// Decode implements channels.Adapter.
func (a *adapter) Decode(ctx context.Context, e channels.Event) (channels.Inbound, error) {
	a.net.mu.Lock()
	left := a.net.poison[e.Key]
	a.net.poison[e.Key] = left - 1
	a.net.mu.Unlock()
	if left > 0 {
		panic("poison")
	}
	var p parcel
	if err := json.Unmarshal(e.Raw, &p); err != nil {
		return p.Inbound, err
	}
	return a.unpacked(ctx, p)
}

// parcel is a message with the bytes of its files.
type parcel struct {
	channels.Inbound
	Contents [][]byte `json:",omitempty"` // of Inbound.Files, in their order
}

func (a *adapter) unpacked(ctx context.Context, p parcel) (channels.Inbound, error) {
	var err error
	for i, content := range p.Contents {
		f := &p.Files[i]
		if f.Blob, f.Size, err = a.files.Put(ctx, bytes.NewReader(content)); err != nil {
			return p.Inbound, fmt.Errorf("keep a file: %w", err)
		}
	}
	return p.Inbound, nil
}

// Send implements channels.Adapter. Its network cannot tell that a key came
// before, so a repeated send shows as a second message.
func (a *adapter) Send(ctx context.Context, out channels.Outbound) (channels.Receipt, error) {
	if err := a.net.answers(ctx); err != nil {
		return channels.Receipt{}, err
	}
	f, failing := a.net.next()
	if failing && f.Panic {
		panic("crash")
	}
	if failing && !f.Taken {
		return channels.Receipt{}, f.Err
	}
	contents, err := a.contents(ctx, out.Files)
	if err != nil {
		return channels.Receipt{}, err
	}
	a.net.change(func() {
		a.net.sent = append(a.net.sent, out)
		maps.Copy(a.net.contents, contents)
	})
	return channels.Receipt{ID: "sent-" + out.Key}, f.Err
}

// contents are the bytes of files by blob.
func (a *adapter) contents(ctx context.Context, files []channels.File) (map[string][]byte, error) {
	all := map[string][]byte{}
	if a.files == nil {
		return all, nil
	}
	for _, file := range files {
		r, err := a.files.Open(ctx, file.Blob)
		if err != nil {
			return nil, fmt.Errorf("open a file: %w", err)
		}
		all[file.Blob], err = io.ReadAll(r)
		if err := errors.Join(err, r.Close()); err != nil {
			return nil, fmt.Errorf("read a file: %w", err)
		}
	}
	return all, nil
}

// answers waits while the network is silent.
func (f *Fake) answers(ctx context.Context) error {
	if !f.Await(ctx, func() bool { f.mu.Lock(); defer f.mu.Unlock(); return !f.silent }) {
		return ctx.Err()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.refused {
		return errRefused
	}
	return nil
}

func (f *Fake) next() (Failure, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.failures) == 0 {
		return Failure{}, false
	}
	first := f.failures[0]
	f.failures = f.failures[1:]
	return first, true
}
