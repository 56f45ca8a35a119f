package telegramtest

import "fmt"

// Person is somebody with a Telegram account. Set the names before they write.
type Person struct {
	ID       int64
	First    string
	Last     string
	Username string
	Language string // "ru"
	Phone    string

	server *Server
	gone   bool
}

// NewPerson makes a person who has talked to nobody yet.
func (s *Server) NewPerson(first string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := 500_000_000 + s.next()
	p := &Person{ID: id, First: first, Language: "en", Phone: fmt.Sprintf("+7900%07d", id%10_000_000), server: s}
	s.people[id] = p
	return p
}

// Deactivate deletes the account.
func (p *Person) Deactivate() {
	p.server.change(func() { p.gone = true })
}

func (p *Person) user() *User {
	return &User{ID: p.ID, First: p.First, Last: p.Last, Username: p.Username, Language: p.Language}
}

// Talk is the private chat with a bot.
func (p *Person) Talk(b *Bot) *Talk {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	t := b.talks[p.ID]
	if t == nil {
		t = &Talk{server: p.server, bot: b, person: p}
		t.chat = Chat{ID: p.ID, Type: "private", First: p.First, Last: p.Last, Username: p.Username}
		b.talks[p.ID] = t
	}
	return t
}
