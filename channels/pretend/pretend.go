// Package pretend is two networks that lie in this process, for desks to try:
// a chat whose phone is a page (page.go) on which a visitor writes, edits, sends
// photos and presses buttons like anybody who asks, and a post that takes every
// mail and brings none. Nothing leaves the process, and nothing outlives it.
//
// What the visitor does becomes an event, as on a real network: the adapter hands
// it to the desk, which reads it back by Decode. What the desk sends lands in the
// room of the person it is for, and open pages are told.
package pretend

import (
	"slices"
	"strconv"
	"sync"

	"okno/channels"
)

// The names of the two kinds. The post stands in for mail and bears its name.
const (
	ChatKind = "pretend"
	PostKind = "email"
)

// Person is somebody the visitor can play.
type Person struct {
	ID       string // letters and digits: part of the address of their phone
	Name     string
	Language string // "ru" or "en"
}

// Options are what a Network is made of. Every field is required.
type Options struct {
	People []Person // the first is played when nobody is chosen
	Say    func(language string, t channels.Text) string
	Clock  channels.Clock
}

// Network is the chat: a room for every person. It is safe for concurrent use.
type Network struct {
	opts Options

	mu      sync.Mutex
	rooms   map[string]*room
	queue   []channels.Event // done by the visitor and not taken by the desk yet
	sent    map[string]channels.Receipt
	changed chan struct{} // closed and renewed with every change
	closed  bool
	files   channels.Files // of the desk, known once it has opened the channel
	count   int            // of ids given
}

// New makes a network in which nobody has written yet.
func New(o Options) *Network {
	n := &Network{opts: o, rooms: map[string]*room{}, sent: map[string]channels.Receipt{}, changed: make(chan struct{})}
	for _, p := range o.People {
		n.rooms[p.ID] = &room{}
	}
	return n
}

// Kind describes the chat. Its one setting is a name.
func (n *Network) Kind() channels.Kind {
	return channels.Kind{
		Name: ChatKind, Chat: true, Buttons: true, Address: "name",
		Fields: []channels.Field{{Key: "name", Type: channels.FieldText, Required: true, Default: "pretend"}},
		Open: func(_ channels.Connection, d channels.Deps) (channels.Adapter, error) {
			n.change(func() { n.files = d.Files })
			return &chat{net: n}, nil
		},
		Check: nothingToCheck,
	}
}

// Close ends the pages that wait for news.
func (n *Network) Close() { n.change(func() { n.closed = true }) }

func (n *Network) change(do func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	do()
	close(n.changed)
	n.changed = make(chan struct{})
}

// news is closed with the next change; open is false when there will be none.
func (n *Network) news() (changed <-chan struct{}, open bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.changed, !n.closed
}

// nextID names a message or an event. It is called under the lock.
func (n *Network) nextID() string {
	n.count++
	return "m" + strconv.Itoa(n.count)
}

// person finds somebody by id.
func (n *Network) person(id string) (Person, bool) {
	i := slices.IndexFunc(n.opts.People, func(p Person) bool { return p.ID == id })
	if i < 0 {
		return Person{}, false
	}
	return n.opts.People[i], true
}
