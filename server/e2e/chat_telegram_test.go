package e2e

import (
	"bytes"
	"image"
	"image/png"
	"strconv"
	"strings"
	"testing"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/telegram/telegramtest"
	"okno/tickets"
)

// chatting is a person in a private chat with the bot of a real desk.
type chatting struct {
	*testing.T
	*tried
	net  *telegramtest.Server
	bot  *telegramtest.Bot
	talk *telegramtest.Talk
}

func newChatting(t *testing.T, language string) *chatting {
	t.Helper()
	net := telegramtest.Start(t)
	bot := net.NewBot("Mayak")
	p := net.NewPerson("Вера")
	p.Language = language
	d, ok := openTried(t, channeltest.Connected{Kind: telegramOptions().Kind(), Connection: telegramBot(net, bot)}).(*tried)
	if !ok {
		t.Fatal("another desk was opened")
	}
	return &chatting{T: t, tried: d, net: net, bot: bot, talk: p.Talk(bot)}
}

// answers has the agent answer the person's latest ticket.
func (c *chatting) answers(m channeltest.Message) {
	c.Helper()
	id := strconv.FormatInt(c.talk.Person().ID, 10)
	c.Answer(channels.Address{Network: "telegram", ID: id}, m)
}

// hears waits for a message of the bot.
func (c *chatting) hears(words string) telegramtest.Message {
	c.Helper()
	return c.talk.Wait(c.T, words, telegramtest.Says(words))
}

// status has the agent set the status of a ticket.
func (c *chatting) status(number, status int64) {
	c.Helper()
	_, err := c.srv.Tickets.Change(c.Context(), tickets.AsAgent(c.agent), c.tried.talk(number).Ticket.ID, 0, tickets.Change{StatusID: &status})
	mailMust(c.T, err)
}

// said waits until the last message of a ticket is as wanted.
func (c *chatting) said(number int64, like func(tickets.Message) bool) {
	c.Helper()
	c.eventually("the ticket says it", func() bool {
		list := c.messages(number)
		return len(list) > 0 && like(list[len(list)-1])
	})
}

// messages answers what was said in a ticket, nothing before there is one.
func (c *chatting) messages(number int64) []tickets.Message {
	c.Helper()
	talk, err := c.srv.Tickets.Conversation(c.Context(), tickets.AsAgent(c.agent), number)
	if tickets.KindOf(err) == tickets.Missing {
		return nil
	}
	mailMust(c.T, err)
	return talk.Messages
}

// TestAPersonTalksInTelegram is the story of two requests in one chat, in
// Russian, on a desk that speaks English.
func TestAPersonTalksInTelegram(t *testing.T) {
	c := newChatting(t, "ru")
	c.talk.Start("")
	c.hears("Напишите своими словами")
	smoke := c.talk.Write("Дымит принтер <2-й этаж>")
	first := c.hears("Заявка № 1 принята: Дымит принтер <2-й этаж>\nСтатус: ✨ Новая")
	c.talk.Write("И пахнет")
	c.said(1, func(m tickets.Message) bool { return m.Body == "И пахнет" })
	c.status(1, 2)
	c.hears("Статус: 🛠️ В работе")
	c.answers(channeltest.Message{Text: "Выдерните вилку"})
	c.hears("Выдерните вилку")
	c.talk.Edit(smoke.ID, "Горит принтер")
	c.said(1, func(tickets.Message) bool {
		m := c.tried.talk(1).Messages[0]
		return m.Body == "Горит принтер" && len(m.Earlier) == 1
	})
	c.status(1, 5)
	c.hears("Заявка № 1 решена")
	c.talk.Press(first.ID, "Начать новую заявку")
	c.hears("Следующее сообщение откроет новую заявку")
	c.talk.Write("Пропуск для Бориса")
	c.hears("Заявка № 2 принята")
	c.talk.Reply(first.ID, "Опять дымит")
	c.said(1, func(m tickets.Message) bool { return m.Body == "Опять дымит" })
	if got := c.tried.talk(1).Ticket; got.Category != tickets.Open {
		t.Errorf("the answer to a notice left the ticket %s", got.Category)
	}
}

// TestAnAlbumIsOneMessage has its last picture come after the desk's restart.
func TestAnAlbumIsOneMessage(t *testing.T) {
	c := newChatting(t, "en")
	late := c.talk.Album("Look at this", picture(t, 1), picture(t, 2), picture(t, 3))
	c.said(1, func(m tickets.Message) bool { return len(m.Files) == 2 })
	c.Restart()
	late()
	c.said(1, func(m tickets.Message) bool { return len(m.Files) == 3 && m.Body == "Look at this" })
	if list := c.tried.talk(1).Messages; len(list) != 1 {
		t.Errorf("%d messages", len(list))
	}
	n := 0
	for _, m := range c.talk.Got() {
		n += strings.Count(m.Text, "is registered")
	}
	if n != 1 {
		t.Errorf("%d confirmations", n)
	}
}

// picture is a small image of its own.
func picture(t *testing.T, width int) []byte {
	t.Helper()
	var b bytes.Buffer
	mailMust(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, width, 1))))
	return b.Bytes()
}
