package telegramtest

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// room is one chat as one bot knows it: what is written in it.
type room struct {
	chat     Chat
	messages []*Message
	lastID   int64
}

// write adds a message and gives it its number, which is unique in this chat
// only.
func (r *room) write(s *Server, m *Message) *Message {
	r.lastID++
	m.ID, m.Chat, m.Date = r.lastID, r.chat, s.now().Unix()
	r.messages = append(r.messages, m)
	return m
}

// find answers nil for messages that are not there or not any more.
func (r *room) find(id int64) *Message {
	for _, m := range r.messages {
		if m.ID == id && !m.Deleted {
			return m
		}
	}
	return nil
}

// copied is the message as it is now.
func (m *Message) copied() *Message {
	c := *m
	c.Files, c.Reactions = slices.Clone(m.Files), slices.Clone(m.Reactions)
	if m.ReplyTo != nil {
		to := *m.ReplyTo
		to.ReplyTo = nil // the API answers one level
		c.ReplyTo = &to
	}
	return &c
}

// room is the chat a call is about, or why the bot cannot write in it.
func (c call) room() (*room, *refusal) {
	id, err := strconv.ParseInt(c.params.text("chat_id"), 10, 64)
	switch {
	case c.params.text("chat_id") == "":
		return nil, bad("chat_id is empty")
	case err != nil:
		return nil, bad("chat not found") // nobody has a name here
	case id < 0:
		return c.group(id)
	}
	t := c.bot.talks[id]
	switch {
	case t == nil || !t.started:
		return nil, bad("chat not found")
	case t.person.gone:
		return nil, refuse(http.StatusForbidden, "Forbidden: user is deactivated")
	case t.blocked:
		return nil, refuse(http.StatusForbidden, "Forbidden: bot was blocked by the user")
	}
	return &t.room, nil
}

func (c call) group(id int64) (*room, *refusal) {
	g := c.server.groups[id]
	switch {
	case g == nil || g.bot != c.bot:
		return nil, bad("chat not found")
	case g.became != 0:
		out := bad("group chat was upgraded to a supergroup chat")
		out.Parameters = &parameters{Migrate: g.became}
		return nil, out
	case g.kicked:
		return nil, refuse(http.StatusForbidden, fmt.Sprintf("Forbidden: bot was kicked from the %s chat", g.chat.Type))
	}
	return &g.room, nil
}

// message is the message of the bot a call wants to change; what is the word
// for it: edit, delete.
func (c call) message(what string) (*Message, *refusal) {
	r, refused := c.room()
	if refused != nil {
		return nil, refused
	}
	m := r.find(c.params.number("message_id"))
	if m == nil {
		return nil, bad("message to " + what + " not found")
	}
	return m, nil
}

// Group is a group with one bot.
type Group struct {
	room
	server *Server
	bot    *Bot
	kicked bool
	became int64
}

// NewGroup makes a group whose bot reads everything.
func (s *Server) NewGroup(title string, bot *Bot) *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := &Group{server: s, bot: bot, room: room{chat: Chat{ID: -s.next(), Type: "group", Title: title}}}
	s.groups[g.chat.ID] = g
	return g
}

// ID is the id of the chat.
func (g *Group) ID() int64 { return g.chat.ID }

// Write lets somebody write in the group.
func (g *Group) Write(p *Person, text string) Message {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	defer g.server.ring()
	m := g.write(g.server, &Message{From: p.user(), Text: strings.TrimSpace(text), Entities: detected(text)})
	g.bot.tell(update{Message: m.copied()})
	return *m
}

// Kick removes the bot.
func (g *Group) Kick() {
	g.server.change(func() { g.kicked = true })
}

// Upgrade makes the group a supergroup with another id.
func (g *Group) Upgrade() *Group {
	g.server.mu.Lock()
	defer g.server.mu.Unlock()
	defer g.server.ring()
	s := g.server
	now := &Group{server: s, bot: g.bot, room: room{chat: Chat{ID: -1_000_000_000_000 - s.next(), Type: "supergroup", Title: g.chat.Title}}}
	s.groups[now.chat.ID], g.became = now, now.chat.ID
	g.bot.tell(update{Message: g.write(s, &Message{MigrateTo: now.chat.ID}).copied()})
	g.bot.tell(update{Message: now.write(s, &Message{MigrateFrom: g.chat.ID}).copied()})
	return now
}
