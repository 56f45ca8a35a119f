package e2e

import (
	"testing"

	"okno/channels/hub"
	"okno/channels/telegram/telegramtest"
	"okno/server/browsertest"
)

// TestTelegramLook connects a bot by hand in both languages and looks at every
// state of its page.
func TestTelegramLook(t *testing.T) {
	s := staffed(t)
	net := telegramtest.Start(t)
	e := eye{browsertest.Start(t).Tab(s.url, browsertest.Look{}), t, "en"}
	s.signIn(e.tab, adminEmail, adminPassword, "/")
	s.lookAtBot(e, net)
	s.speak("ru")
	e.language = "ru"
	s.lookAtBot(e, net)
}

func (s *stage) lookAtBot(e eye, net *telegramtest.Server) {
	bot := net.NewBot("Mayak")
	e.tab.Open(s.url + "/settings/channels/new/telegram")
	e.look("telegram-new")
	e.tab.Type("[name='field.token']", "123456:mistyped")
	e.tab.Click("#channel button[value=save]")
	e.tab.See(".error")
	e.look("telegram-mistyped")
	e.tab.Open(s.url + "/settings/channels/new/telegram")
	set(e.tab, "server", net.URL)
	e.tab.Type("[name='field.token']", bot.Token())
	e.tab.Click("#channel button[value=check]")
	e.tab.Until("document.querySelectorAll('#findings .st-solved').length >= 5 && !document.querySelector('#findings[hx-get]')")
	e.look("telegram-check")
	e.tab.Click("#channel button[value=save]")
	s.eventually("the bot has its name", func() bool { return s.bot(bot).State.OK })
	e.tab.Open(s.url + "/settings/channels")
	e.look("telegram-list")
	bot.Revoke()
	s.eventually("the token is refused", func() bool { return s.bot(bot).State.Reason.Key == "channel.telegram.reason.token" })
	e.tab.Open(s.url + channelPath(s.bot(bot)))
	e.tab.Click("#channel-more summary")
	e.look("telegram-revoked")
}

// bot is the channel of a bot, the zero Channel until it has its name.
func (s *stage) bot(b *telegramtest.Bot) hub.Channel {
	s.t.Helper()
	list, err := s.srv.Hub.Channels(s.t.Context())
	s.ok(err)
	for _, c := range list {
		if c.Name == "@"+b.Username {
			return c
		}
	}
	return hub.Channel{}
}
