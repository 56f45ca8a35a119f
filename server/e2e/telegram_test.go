package e2e

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
	"time"

	"okno/channels/channeltest"
	"okno/channels/telegram/telegramtest"
	"okno/tickets"
	"okno/tickets/people"
)

// shown waits until a page says the words of each language.
func (c *chatting) shown(all map[string]*visitor, path string, words map[string]string) {
	c.Helper()
	for language, w := range words {
		within(c.T, patience, path+" says in "+language+": "+w, func() bool { return all[language].shows(path, w) })
	}
}

// TestPicturesTravelBothWays compares them byte for byte.
func TestPicturesTravelBothWays(t *testing.T) {
	c := newChatting(t, "en")
	theirs, ours := picture(t, 11), picture(t, 12)
	c.talk.Send(telegramtest.Draft{Photo: theirs, Caption: "This is how it looks"})
	c.said(1, func(m tickets.Message) bool { return m.Body == "This is how it looks" && len(m.Files) == 1 })
	f := c.tried.talk(1).Messages[0].Files[0]
	if !bytes.Equal(c.bytes(f.Blob), theirs) || !strings.HasPrefix(f.Type, "image/") {
		t.Errorf("the ticket has %s of %d bytes", f.Type, f.Size)
	}
	c.answers(channeltest.Message{Text: "And so it should", Files: []channeltest.File{
		{Name: "снимок.png", Type: "image/png", Bytes: ours}, {Name: "план.pdf", Type: "application/pdf", Bytes: []byte("%PDF-1.7 plan")},
	}})
	c.hears("And so it should")
	var photo, plan telegramtest.Message
	photo = c.talk.Wait(t, "the picture arrives", func(m telegramtest.Message) bool { return len(m.Photo) > 0 })
	plan = c.talk.Wait(t, "the document arrives", func(m telegramtest.Message) bool { return m.Document != nil })
	if !bytes.Equal(photo.Files[0].Bytes, ours) || plan.Document.Name != "план.pdf" || string(plan.Files[0].Bytes) != "%PDF-1.7 plan" {
		t.Errorf("arrived: %d bytes, %+v", len(photo.Files[0].Bytes), plan.Document)
	}
}

// TestWhatTelegramKeepsIsSaid sends a file no bot can fetch, a sticker, a card
// and a place: nothing is lost without a word.
func TestWhatTelegramKeepsIsSaid(t *testing.T) {
	c := newChatting(t, "en")
	all := staff(t, c.desk, people.Answerer)
	c.talk.Write("A film follows")
	c.said(1, func(m tickets.Message) bool { return m.Body == "A film follows" })
	c.talk.Send(telegramtest.Draft{Document: &telegramtest.Upload{Name: "film.mp4", Type: "video/mp4"}, Size: 25 << 20, Caption: "The film"})
	c.talk.Send(telegramtest.Draft{Sticker: true})
	c.talk.Send(telegramtest.Draft{Location: &telegramtest.Location{Latitude: 55.75, Longitude: 37.62}})
	c.talk.Send(telegramtest.Draft{Text: "From a friend", ForwardHidden: "Игорь"})
	c.shown(all, "/tickets/1", map[string]string{
		"en": "The file “film.mp4” (25 MB) stayed in Telegram", "ru": "Файл «film.mp4» (25 МБ) остался в Telegram",
	})
	c.shown(all, "/tickets/1", map[string]string{"en": "A sticker.", "ru": "Стикер."})
	c.shown(all, "/tickets/1", map[string]string{"en": "55.750000, 37.620000", "ru": "Игорь"})
	if n := len(c.messages(1)); n != 5 {
		t.Errorf("%d of 5 messages", n)
	}
}

// TestAMessageOfLastWeekIsEdited finds its ticket, which was solved meanwhile.
func TestAMessageOfLastWeekIsEdited(t *testing.T) {
	c := newChatting(t, "en")
	c.net.Pass(-8 * 24 * time.Hour)
	m := c.talk.Write("The printer smokes")
	c.said(1, func(m tickets.Message) bool { return m.Body == "The printer smokes" })
	c.status(1, 5)
	c.net.Pass(8 * 24 * time.Hour)
	c.talk.Edit(m.ID, "The printer burns")
	c.said(1, func(m tickets.Message) bool { return m.Body == "The printer burns" && len(m.Earlier) == 1 })
	if list := c.messages(2); len(list) > 0 {
		t.Errorf("the change opened a ticket: %+v", list)
	}
}

// TestABlockedBotIsShown to the agent, in the ticket and in the list; the reply
// is sent once the person is back.
func TestABlockedBotIsShown(t *testing.T) {
	c := newChatting(t, "en")
	all := staff(t, c.desk, people.Answerer)
	c.talk.Write("The printer smokes")
	c.hears("is registered")
	c.talk.Block()
	c.shown(all, "/tickets/1", map[string]string{"en": "stopped the chat", "ru": "остановил чат"}) // before anybody answers
	c.answers(channeltest.Message{Text: "Unplug it"})
	c.shown(all, "/tickets?view=open", map[string]string{"en": "Not delivered", "ru": "Не доставлено"})
	c.talk.Write("I am back")
	c.said(1, func(m tickets.Message) bool { return m.Body == "I am back" })
	all["en"].retry("/tickets/1")
	c.hears("Unplug it")
	if n := len(c.talk.Got()); n > 4 {
		t.Errorf("the bot sent %d messages", n)
	}
}

// TestTokensThatDoNotWork: what is no token is refused at once, what Telegram
// does not know is said on the channel's page, and a new one mends it.
func TestTokensThatDoNotWork(t *testing.T) {
	c := newChatting(t, "en")
	all := staff(t, c.desk, people.Administrator)
	_, text := all["en"].get("/settings/channels")
	page := channelLink.FindStringSubmatch(text)[1]
	for language, words := range map[string]string{"en": "This does not look like a token", "ru": "Это не похоже на токен"} {
		if status, text := all[language].post(page, c.settings("123:abc")); status == 303 || !strings.Contains(text, words) {
			t.Errorf("%s: a mistyped token was answered %d without %q", language, status, words)
		}
	}
	c.bot.Revoke()
	c.shown(all, page, map[string]string{"en": "Telegram does not know this token", "ru": "Telegram не знает такого токена"})
	c.talk.Write("Meanwhile")
	all["ru"].led(page, c.settings(c.bot.Renew()))
	c.said(1, func(m tickets.Message) bool { return m.Body == "Meanwhile" })
	c.hears("is registered")
	within(t, patience, "the page is calm again", func() bool { return !all["en"].shows(page, "Telegram does not know this token") })
}

// settings is the form of the bot's channel.
func (c *chatting) settings(token string) url.Values {
	return url.Values{"name": {"Bot"}, "enabled": {"true"}, "field.token": {token}, "field.mode": {"poll"}, "field.server": {c.net.URL}}
}

// TestTwoDesksOnOneBot: each says that somebody else reads it, and once the
// second is switched off the first has everything that is written.
func TestTwoDesksOnOneBot(t *testing.T) {
	c := newChatting(t, "en")
	all := staff(t, c.desk, people.Answerer)
	c.talk.Write("Before")
	c.hears("is registered")
	other := openTried(t, channeltest.Connected{Kind: telegramOptions().Kind(), Connection: telegramBot(c.net, c.bot)}).(*tried)
	told := func(d *tried) bool { return d.State("telegram").Reason.Key == "channel.telegram.reason.conflict" }
	within(t, patience, "one of the desks says that another reads the bot", func() bool { return told(c.tried) || told(other) })
	within(t, patience, "this desk says so", func() bool { return told(c.tried) })
	mailMust(t, other.stop())
	c.talk.Write("After")
	c.said(1, func(m tickets.Message) bool { return m.Body == "After" })
	within(t, patience, "this desk is content again", func() bool { return c.State("telegram").OK })
	if !all["en"].there("/tickets/1") || all["en"].there("/tickets/2") {
		t.Error("the tickets are not those expected")
	}
}
