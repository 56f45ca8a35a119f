package channeltest

import (
	"context"
	"encoding/json"

	"okno/channels"
)

// adapter is one connection to a Fake.
type adapter struct{ net *Fake }

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
	in.Report(ctx, channels.State{OK: true})
	for {
		select {
		case <-ctx.Done():
			return nil
		case e := <-a.net.events:
			if _, err := in.Receive(ctx, e); err != nil {
				a.net.events <- e
				return err
			}
			a.net.change(func() {})
		}
	}
}

// Decode implements channels.Adapter.
func (a *adapter) Decode(_ context.Context, e channels.Event) (in channels.Inbound, err error) {
	a.net.mu.Lock()
	left := a.net.poison[e.Key]
	a.net.poison[e.Key] = left - 1
	a.net.mu.Unlock()
	if left > 0 {
		panic("poison")
	}
	err = json.Unmarshal(e.Raw, &in)
	return in, err
}

// Send implements channels.Adapter. Its network cannot tell that a key came
// before, so a repeated send shows as a second message.
func (a *adapter) Send(_ context.Context, out channels.Outbound) (channels.Receipt, error) {
	f, failing := a.net.next()
	if failing && f.Panic {
		panic("crash")
	}
	if failing && !f.Taken {
		return channels.Receipt{}, f.Err
	}
	a.net.change(func() { a.net.sent = append(a.net.sent, out) })
	return channels.Receipt{ID: "sent-" + out.Key}, f.Err
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
