package pretend

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"okno/channels"
)

// chat is the desk's connection to the Network. It can edit and react.
type chat struct{ net *Network }

// Name implements channels.Adapter.
func (*chat) Name() string { return ChatKind }

// Run implements channels.Adapter. An event stays in the queue until the desk
// has stored it.
func (c *chat) Run(ctx context.Context, in channels.Sink) error {
	in.Report(ctx, channels.State{OK: true})
	for {
		changed, _ := c.net.news()
		for e, ok := c.net.first(); ok; e, ok = c.net.first() {
			if _, err := in.Receive(ctx, e); err != nil {
				return fmt.Errorf("store event: %w", err)
			}
			c.net.taken(e.Key)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
	}
}

// first is the oldest event the desk has not stored.
func (n *Network) first() (channels.Event, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if len(n.queue) == 0 {
		return channels.Event{}, false
	}
	return n.queue[0], true
}

func (n *Network) taken(key string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.queue = slices.DeleteFunc(n.queue, func(e channels.Event) bool { return e.Key == key })
}

// Decode implements channels.Adapter.
func (*chat) Decode(_ context.Context, e channels.Event) (channels.Inbound, error) {
	var in channels.Inbound
	if err := json.Unmarshal(e.Raw, &in); err != nil {
		return in, fmt.Errorf("read event: %w", err)
	}
	return in, nil
}

// errNobody is the answer to a message for somebody who is not here.
var errNobody = errors.New("nobody of that name is here")

// Send implements channels.Adapter. The same key makes one message.
func (c *chat) Send(_ context.Context, out channels.Outbound) (channels.Receipt, error) {
	n := c.net
	if _, ok := n.person(out.To.ID); !ok {
		return channels.Receipt{}, &channels.SendError{Verdict: channels.Gone, Reason: channels.Text{Key: "pretend.gone"}, Err: errNobody}
	}
	var receipt channels.Receipt
	n.change(func() {
		var known bool
		if receipt, known = n.sent[out.Key]; known {
			return
		}
		if m := n.message(out.To.ID, out.Replaces); m != nil && !m.Mine {
			m.Text, m.Buttons = out.Body, out.Buttons
			receipt = channels.Receipt{ID: m.ID}
			n.sent[out.Key] = receipt
			return
		}
		receipt = channels.Receipt{ID: n.nextID()}
		n.sent[out.Key] = receipt
		n.rooms[out.To.ID].messages = append(n.rooms[out.To.ID].messages, Message{
			ID: receipt.ID, Author: out.Author, Text: out.Body, Files: out.Files, Buttons: out.Buttons, At: n.opts.Clock(),
		})
	})
	return receipt, nil
}

// Edit implements channels.Editor.
func (c *chat) Edit(_ context.Context, of string, out channels.Outbound) error {
	c.net.change(func() {
		if m := c.net.message(out.To.ID, of); m != nil {
			m.Edited = m.Edited || m.Text != out.Body
			m.Text, m.Buttons = out.Body, out.Buttons
		}
	})
	return nil
}

// React implements channels.Reactor.
func (c *chat) React(_ context.Context, place, of, emoji string) error {
	c.net.change(func() {
		if m := c.net.message(place, of); m != nil {
			m.Reaction = emoji
		}
	})
	return nil
}

// message finds a message of a room. It is called under the lock.
func (n *Network) message(person, id string) *Message {
	if r := n.rooms[person]; r != nil {
		return r.find(id)
	}
	return nil
}
