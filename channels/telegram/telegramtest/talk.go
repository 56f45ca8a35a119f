package telegramtest

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// patience is how long Wait waits.
const patience = 20 * time.Second

// Talk is the private chat of a person and a bot, in the person's hands.
type Talk struct {
	room
	server  *Server
	bot     *Bot
	person  *Person
	started bool // the person wrote first
	blocked bool
}

// Person is who talks.
func (t *Talk) Person() *Person { return t.person }

// Bot is whom they talk to.
func (t *Talk) Bot() *Bot { return t.bot }

// Start opens the chat by a link that carries payload, or by the button Start
// when payload is empty.
func (t *Talk) Start(payload string) Message {
	return t.Write(strings.TrimSpace("/start " + payload))
}

// Opened makes it a chat the person has opened before, which the bot knows.
func (t *Talk) Opened() *Talk {
	t.act(func() { t.started = true })
	return t
}

// Write sends a text.
func (t *Talk) Write(text string) Message { return t.Send(Draft{Text: text}) }

// Reply sends a text in answer to a message of the chat.
func (t *Talk) Reply(to int64, text string) Message { return t.Send(Draft{Text: text, ReplyTo: to}) }

// Edit changes the text, or the caption, of a message of the person.
func (t *Talk) Edit(id int64, text string) {
	t.server.t.Helper()
	t.act(func() {
		m := t.must(id)
		m.EditDate = t.server.now().Unix()
		if m.Text != "" {
			m.Text, m.Entities = text, detected(text)
		} else {
			m.Caption, m.CaptionEntities = text, detected(text)
		}
		t.bot.tell(update{Edited: m.copied()})
	})
}

// React puts an emoji on a message; "" takes it off. The bot hears of it only
// when it asked for reactions.
func (t *Talk) React(id int64, emoji string) {
	t.server.t.Helper()
	t.act(func() {
		change := &reactionChange{
			Chat: t.chat, Message: t.must(id).ID, User: t.person.user(), Date: t.server.now().Unix(),
			Old: []Reaction{}, New: []Reaction{},
		}
		if emoji != "" {
			change.New = []Reaction{{Type: "emoji", Emoji: emoji}}
		}
		t.bot.tell(update{Reaction: change})
	})
}

// Block stops the bot, as people do who want no more messages.
func (t *Talk) Block() { t.block(true) }

// Unblock lets the bot write again.
func (t *Talk) Unblock() { t.block(false) }

func (t *Talk) block(on bool) {
	t.act(func() {
		if t.blocked == on {
			return
		}
		t.blocked = on
		t.bot.tell(update{Member: t.membership(on)})
	})
}

func (t *Talk) membership(blocked bool) *memberChange {
	forever := int64(0)
	in, out := member{Status: "member", User: t.bot.user(false)}, member{Status: "kicked", User: t.bot.user(false), Until: &forever}
	change := &memberChange{Chat: t.chat, From: t.person.user(), Date: t.server.now().Unix(), Old: in, New: out}
	if !blocked {
		change.Old, change.New = out, in
	}
	return change
}

// Query is a button that was pressed and what the bot answered.
type Query struct {
	ID       string
	Answered bool
	Text     string
	Alert    bool
	at       time.Time
	bot      *Bot
}

// Press presses the button with this label, or these data, under a message.
func (t *Talk) Press(id int64, button string) *Query {
	t.server.t.Helper()
	t.server.mu.Lock()
	data, found := t.data(id, button)
	t.server.mu.Unlock()
	if !found {
		t.server.t.Fatalf("message %d has no button %q", id, button)
	}
	return t.Forge(id, data)
}

func (t *Talk) data(id int64, button string) (string, bool) {
	m := t.find(id)
	if m == nil || m.Buttons == nil {
		return "", false
	}
	for _, b := range slices.Concat(m.Buttons.Rows...) {
		if b.Data != "" && (b.Text == button || b.Data == button) {
			return b.Data, true
		}
	}
	return "", false
}

// Forge presses a button that is not there any more, or never was.
func (t *Talk) Forge(id int64, data string) *Query {
	t.server.t.Helper()
	q := &Query{bot: t.bot}
	t.act(func() {
		q.ID, q.at = strconv.FormatInt(t.server.next()<<20, 10), t.server.now()
		t.server.queries[q.ID] = q
		t.bot.tell(update{Callback: &callback{
			ID: q.ID, From: t.person.user(), Message: t.must(id).copied(), Instance: strconv.FormatInt(t.chat.ID<<10, 10), Data: data,
		}})
	})
	return q
}

// Answer is what the bot has answered so far to a pressed button.
func (s *Server) Answer(q *Query) Query {
	s.mu.Lock()
	defer s.mu.Unlock()
	return *q
}

// act does something with the lock held.
func (t *Talk) act(do func()) {
	t.server.t.Helper()
	t.server.change(do)
}

// must is a message of the chat. The lock is held.
func (t *Talk) must(id int64) *Message {
	t.server.t.Helper()
	m := t.find(id)
	if m == nil {
		t.server.t.Errorf("the chat has no message %d", id)
		return &Message{ID: id, Date: 1, Chat: t.chat}
	}
	return m
}

// All are the messages of both as they are now, without those deleted.
func (t *Talk) All() []Message { return t.list(func(*Message) bool { return true }) }

// Got are the messages of the bot as they are now.
func (t *Talk) Got() []Message {
	return t.list(func(m *Message) bool { return m.From != nil && m.From.Bot })
}

func (t *Talk) list(like func(*Message) bool) (out []Message) {
	t.server.mu.Lock()
	defer t.server.mu.Unlock()
	for _, m := range t.messages {
		if !m.Deleted && like(m) {
			out = append(out, *m.copied())
		}
	}
	return out
}

// Wait waits for a message of the bot, or ends the test with the sentence.
func (t *Talk) Wait(tb testing.TB, sentence string, like func(Message) bool) (found Message) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(tb.Context(), patience)
	defer cancel()
	if !t.server.Await(ctx, func() bool {
		list := t.Got()
		at := slices.IndexFunc(list, like)
		if at >= 0 {
			found = list[at]
		}
		return at >= 0
	}) {
		tb.Fatalf("never came true: %s; the bot sent %d messages", sentence, len(t.Got()))
	}
	return found
}

// Says is a condition for Wait: text or caption contains the words.
func Says(words string) func(Message) bool {
	return func(m Message) bool { return strings.Contains(m.Text+m.Caption, words) }
}
