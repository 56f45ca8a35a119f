package pretend

import (
	"encoding/json"
	"slices"
	"time"

	"okno/channels"
)

// Message is one message in the room of a person.
type Message struct {
	ID       string
	Mine     bool // the person wrote it, not the desk
	Author   string
	Text     string // Markdown of the desk, plain text of the person
	Files    []channels.File
	Buttons  [][]channels.Button
	At       time.Time
	Edited   bool
	Reaction string // of the desk
}

// room is the chat of one person with the desk, oldest message first.
type room struct{ messages []Message }

func (r *room) find(id string) *Message {
	i := slices.IndexFunc(r.messages, func(m Message) bool { return m.ID == id })
	if i < 0 {
		return nil
	}
	return &r.messages[i]
}

// Messages are what the person sees in their room, oldest first.
func (n *Network) Messages(person string) []Message {
	n.mu.Lock()
	defer n.mu.Unlock()
	if r := n.rooms[person]; r != nil {
		return slices.Clone(r.messages)
	}
	return nil
}

// Write has a person write a message; files lie in the desk's Files.
func (n *Network) Write(p Person, text string, files []channels.File) {
	n.change(func() {
		m := Message{ID: n.nextID(), Mine: true, Author: p.Name, Text: text, Files: files, At: n.opts.Clock()}
		n.rooms[p.ID].messages = append(n.rooms[p.ID].messages, m)
		n.push(p, channels.Inbound{Object: m.ID, Text: text, Files: files, At: m.At})
	})
}

// Edit has a person change a message of theirs.
func (n *Network) Edit(p Person, id, text string) {
	n.change(func() {
		m := n.rooms[p.ID].find(id)
		if m == nil || !m.Mine || m.Text == text {
			return
		}
		m.Text, m.Edited = text, true
		n.push(p, channels.Inbound{Text: text, Files: m.Files, At: m.At, Doing: channels.Doing{Act: channels.ActEdit, Of: id}})
	})
}

// Remove has a person take a message of theirs back.
func (n *Network) Remove(p Person, id string) {
	n.change(func() {
		r := n.rooms[p.ID]
		if m := r.find(id); m == nil || !m.Mine {
			return
		}
		r.messages = slices.DeleteFunc(r.messages, func(m Message) bool { return m.ID == id })
		n.push(p, channels.Inbound{Doing: channels.Doing{Act: channels.ActRemove, Of: id}})
	})
}

// Press has a person press a button under a message of the desk.
func (n *Network) Press(p Person, id, button string) {
	n.change(func() {
		if m := n.rooms[p.ID].find(id); m == nil || m.Mine {
			return
		}
		n.push(p, channels.Inbound{Doing: channels.Doing{Act: channels.ActPress, Of: id, Button: button}})
	})
}

// push puts what a person did where the adapter takes it from. It is called
// under the lock.
func (n *Network) push(p Person, in channels.Inbound) {
	in.From, in.Place, in.Language = channels.Address{Network: ChatKind, ID: p.ID, Name: p.Name}, p.ID, p.Language
	raw, err := json.Marshal(in)
	if err != nil {
		return // strings, times and files always become JSON
	}
	n.queue = append(n.queue, channels.Event{Key: "e" + n.nextID(), Object: in.Object, Lane: p.ID, Raw: raw, Hint: p.Name})
}

// Recall puts a message into a room as if it had been said there before.
func (n *Network) Recall(person string, m Message) {
	n.change(func() {
		if r := n.rooms[person]; r != nil {
			r.messages = append(r.messages, m)
		}
	})
}
