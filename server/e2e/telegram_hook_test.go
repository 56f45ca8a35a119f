package e2e

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"okno/channels"
	"okno/channels/channeltest"
	"okno/channels/hub"
	"okno/channels/telegram/telegramtest"
	"okno/server"
	"okno/tickets"
)

// publicHost is the name by which Telegram, and the letters of the desk, know it.
const publicHost = "desk.example.test"

// newHooked is a chat with a bot whose messages Telegram brings to the desk.
func newHooked(t *testing.T) *chatting {
	t.Helper()
	net := telegramtest.Start(t)
	bot := net.NewBot("Mayak")
	c := withAdmin(t.TempDir())
	c.PublicURL = "https://" + publicHost
	d := &tried{t: t, config: c, options: server.Options{UndoWindow: moment, Blank: true, Kinds: []channels.Kind{telegramOptions().Kind()}}}
	x := &chatting{T: t, tried: d, net: net, bot: bot, talk: net.NewPerson("Anna").Talk(bot)}
	x.opens()
	var err error
	d.agent, err = d.srv.People.SignIn(t.Context(), adminEmail, adminPassword)
	mailMust(t, err)
	connection := telegramBot(net, bot)
	connection.Settings["mode"] = "webhook"
	_, err = d.srv.Hub.SaveChannel(t.Context(), d.agent, hub.Channel{Enabled: true, Connection: connection})
	mailMust(t, err)
	t.Cleanup(d.explain)
	return x
}

// opens starts the desk and tells Telegram where it is.
func (c *chatting) opens() {
	c.Helper()
	c.desk = start(c.T, c.config, c.options)
	c.net.Resolve(publicHost, "http://"+c.srv.Addr())
}

// TestTelegramCallsTheDesk: messages come by webhook, those written while the
// desk is away come once it is back, and what is delivered again is known.
// Callers who do not know the secret are turned away.
func TestTelegramCallsTheDesk(t *testing.T) {
	c := newHooked(t)
	within(t, patience, "the channel works", func() bool { return c.State("telegram").OK })
	c.talk.Write("One")
	c.hears("is registered")
	mailMust(t, c.stop())
	c.talk.Write("Two")
	c.opens()
	c.said(1, func(m tickets.Message) bool { return m.Body == "Two" })
	c.bot.Replay()
	within(t, patience, "everything is delivered again", func() bool { return c.bot.Waiting() == 0 })
	c.forges()
	c.talk.Write("Three")
	c.said(1, func(m tickets.Message) bool { return m.Body == "Three" })
	if n := len(c.messages(1)); n != 3 {
		t.Errorf("%d messages of 3", n)
	}
	if n := len(c.net.Requests("getUpdates")); n != 0 {
		t.Errorf("the desk asked %d times for what is brought to it", n)
	}
	c.answers(channeltest.Message{Text: "Four"})
	c.hears("Four")
}

// forges calls the webhook without its secret and with a wrong one.
func (c *chatting) forges() {
	c.Helper()
	list, err := c.srv.Store.Channels(c.Context())
	mailMust(c.T, err)
	page := "http://" + c.srv.Addr() + "/hooks/" + strconv.FormatInt(list[0].ID, 10)
	for _, secret := range []string{"", "guess"} {
		req, err := http.NewRequestWithContext(c.Context(), http.MethodPost, page, strings.NewReader(`{"update_id":1,"message":{}}`))
		mailMust(c.T, err)
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
		res, err := http.DefaultClient.Do(req)
		mailMust(c.T, err)
		if mailMust(c.T, res.Body.Close()); res.StatusCode/100 != 4 {
			c.Errorf("a forged call with the secret %q was answered %s", secret, res.Status)
		}
	}
}
