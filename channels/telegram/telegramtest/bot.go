package telegramtest

import (
	"crypto/rand"
	"fmt"
	"math/big"
)

// Bot is one bot and what waits for it.
type Bot struct {
	ID       int64
	Name     string
	Username string

	server  *Server
	token   string // "" once revoked
	former  string // token before it was revoked
	queue   queue
	hook    *hook // nil without a webhook
	buckets map[string]*bucket
	menu    map[string][]command // by language
	lastID  map[int64]int64      // message ids by chat
	talks   map[int64]*Talk
}

// NewBot makes a bot with a fresh token.
func (s *Server) NewBot(name string) *Bot {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := 7_000_000_000 + s.next()
	b := &Bot{
		ID: id, Name: name, Username: fmt.Sprintf("test%d_bot", id), server: s, buckets: map[string]*bucket{},
		menu: map[string][]command{}, lastID: map[int64]int64{}, talks: map[int64]*Talk{},
	}
	b.token = newToken(id)
	b.queue = newQueue(s)
	s.bots = append(s.bots, b)
	return b
}

// newToken is a token as BotFather gives them: the id and 35 characters.
func newToken(id int64) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
	secret := []byte("AA")
	for len(secret) < 35 {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(letters))))
		if err != nil {
			panic(fmt.Sprintf("read randomness: %v", err)) // the system has none
		}
		secret = append(secret, letters[n.Int64()])
	}
	return fmt.Sprintf("%d:%s", id, secret)
}

// Token is what the bot is called with; "" once it was revoked.
func (b *Bot) Token() string {
	b.server.mu.Lock()
	defer b.server.mu.Unlock()
	return b.token
}

// Revoke takes the token away, as its owner does in BotFather. A call that waits
// for updates ends.
func (b *Bot) Revoke() {
	b.server.change(func() {
		b.former, b.token = b.token, ""
		b.queue.interrupt(refuse(401, "Unauthorized"))
	})
}

// Restore makes the token good again that was revoked: Telegram was wrong.
func (b *Bot) Restore() {
	b.server.change(func() { b.token = b.former })
}

// Renew gives the bot a new token.
func (b *Bot) Renew() string {
	b.server.mu.Lock()
	defer b.server.mu.Unlock()
	b.token = newToken(b.ID)
	return b.token
}

func (s *Server) botOf(token string) *Bot {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, b := range s.bots {
		if b.token == token {
			return b
		}
	}
	return nil
}

// user is the bot as messages name it; full as getMe does.
func (b *Bot) user(full bool) *User {
	u := &User{ID: b.ID, Bot: true, First: b.Name, Username: b.Username}
	if full {
		no := false
		yes := true
		u.JoinsGroups, u.ReadsAll, u.Inline = &yes, &no, &no
		u.Business, u.WebApp = &no, &no
	}
	return u
}

// command is one line of a bot's menu.
type command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// Menu answers the commands shown to people of a language.
func (b *Bot) Menu(language string) map[string]string {
	b.server.mu.Lock()
	defer b.server.mu.Unlock()
	list, ok := b.menu[language]
	if !ok {
		list = b.menu[""]
	}
	out := map[string]string{}
	for _, c := range list {
		out[c.Command] = c.Description
	}
	return out
}

func getMe(c call) (any, *refusal) { return c.bot.user(true), nil }

func setMyCommands(c call) (any, *refusal) {
	var list []command
	if _, refused := c.params.object("commands", &list); refused != nil {
		return nil, refused
	}
	for _, one := range list {
		if !validCommand.MatchString(one.Command) {
			return nil, bad("BOT_COMMAND_INVALID")
		}
		if n := units(one.Description); n < 1 || n > 256 {
			return nil, bad("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	c.bot.menu[c.params.text("language_code")] = list
	return true, nil
}

func getMyCommands(c call) (any, *refusal) {
	list := c.bot.menu[c.params.text("language_code")]
	if list == nil {
		list = []command{}
	}
	return list, nil
}

func deleteMyCommands(c call) (any, *refusal) {
	delete(c.bot.menu, c.params.text("language_code"))
	return true, nil
}
