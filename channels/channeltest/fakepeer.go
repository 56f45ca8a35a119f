package channeltest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"okno/channels"
)

// NewPeer is the fake network as a Peer, its kind under a name of its own.
func NewPeer(kind string) Peer { return &fakePeer{net: New(), kind: kind} }

// fakePeer is people on a Fake.
type fakePeer struct {
	net  *Fake
	kind string

	mu     sync.Mutex
	serial int
	past   []channels.Event
	held   []channels.Event
	hold   bool
	away   []string // who takes no more messages
}

// Connect implements Peer.
func (p *fakePeer) Connect() (channels.Kind, channels.Connection) {
	k := p.net.Kind()
	k.Name = p.kind
	open := k.Open
	k.Open = func(c channels.Connection, d channels.Deps) (channels.Adapter, error) {
		a, err := open(c, d)
		return &leavable{a, p}, err
	}
	return k, channels.Connection{
		Kind: p.kind, Settings: map[string]string{"address": p.kind}, Secrets: map[string]string{"password": "x"},
	}
}

// leavable is an adapter whose network knows who left.
type leavable struct {
	channels.Adapter
	peer *fakePeer
}

// Send refuses those who left.
func (a *leavable) Send(ctx context.Context, out channels.Outbound) (channels.Receipt, error) {
	if a.peer.left(out.To.ID) {
		return channels.Receipt{}, &channels.SendError{Verdict: channels.Gone, Reason: channels.Text{Key: "fake.gone"}}
	}
	return a.Adapter.Send(ctx, out)
}

func (p *fakePeer) left(id string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Contains(p.away, id)
}

// Meet implements Peer.
func (p *fakePeer) Meet(name string) channels.Address {
	return channels.Address{Network: p.kind, ID: name + "@" + p.kind + ".test", Name: name}
}

// Write implements Peer.
func (p *fakePeer) Write(from channels.Address, m Message) string {
	id := p.next("m")
	in := parcel{Inbound: channels.Inbound{Object: id, From: from, Subject: m.Text, Text: m.Text}}
	for _, f := range m.Files {
		in.Files = append(in.Files, channels.File{Name: f.Name, Type: f.Type})
		in.Contents = append(in.Contents, f.Bytes)
	}
	p.deliver(packed("key-"+id, in))
	return id
}

func (p *fakePeer) next(kind string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.serial++
	return fmt.Sprintf("%s%d", kind, p.serial)
}

func (p *fakePeer) deliver(e channels.Event) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.hold {
		p.held = append(p.held, e)
		return
	}
	p.past = append(p.past, e)
	p.net.events <- e
}

// Got implements Peer.
func (p *fakePeer) Got(by channels.Address) (list []Message) {
	for _, out := range p.net.Sent() {
		if out.To.ID != by.ID {
			continue
		}
		m := Message{Text: out.Body}
		for _, f := range out.Files {
			m.Files = append(m.Files, File{Name: f.Name, Type: f.Type, Bytes: p.net.content(f.Blob)})
		}
		list = append(list, m)
	}
	return list
}

// Lacks implements Peer: a network made up lacks nothing.
func (p *fakePeer) Lacks() map[string]string { return nil }

// Replay implements Replayer.
func (p *fakePeer) Replay() {
	p.mu.Lock()
	defer p.mu.Unlock()
	list := slices.Clone(p.past)
	rand.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	for _, e := range list {
		p.net.events <- e
	}
}

// Backwards implements Reorderer.
func (p *fakePeer) Backwards(do func()) {
	list := p.withhold(do)
	slices.Reverse(list)
	for _, e := range list {
		p.deliver(e)
	}
}

// Late implements Delayer.
func (p *fakePeer) Late(do func()) (arrive func()) {
	list := p.withhold(do)
	return func() {
		for _, e := range list {
			p.deliver(e)
		}
	}
}

func (p *fakePeer) withhold(do func()) []channels.Event {
	p.holding(true)
	do()
	p.holding(false)
	p.mu.Lock()
	defer p.mu.Unlock()
	list := p.held
	p.held = nil
	return list
}

func (p *fakePeer) holding(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hold = on
}

// Limit implements Limiter.
func (p *fakePeer) Limit(sends int) {
	for range sends {
		p.net.Fail(Failure{Err: &channels.SendError{Verdict: channels.Later, After: time.Second, Reason: channels.Text{Key: "fake.busy"}}})
	}
}

// Revoke implements Revoker.
func (p *fakePeer) Revoke() { p.net.Refuse(true) }

// Restore implements Revoker.
func (p *fakePeer) Restore() { p.net.Refuse(false) }

// Silence implements Silencer.
func (p *fakePeer) Silence(on bool) { p.net.Silence(on) }

// Edit implements Editor.
func (p *fakePeer) Edit(by channels.Address, id, text string) {
	p.do(by, channels.Inbound{Text: text, Doing: channels.Doing{Act: channels.ActEdit, Of: id}})
}

// Remove implements Remover.
func (p *fakePeer) Remove(by channels.Address, id string) {
	p.do(by, channels.Inbound{Doing: channels.Doing{Act: channels.ActRemove, Of: id}})
}

// Leave implements Leaver.
func (p *fakePeer) Leave(by channels.Address) {
	p.mu.Lock()
	p.away = append(p.away, by.ID)
	p.mu.Unlock()
	p.do(by, channels.Inbound{Doing: channels.Doing{Act: channels.ActLeave}})
}

func (p *fakePeer) do(by channels.Address, in channels.Inbound) {
	in.From = by
	p.deliver(packed(p.next("act"), parcel{Inbound: in}))
}
