package e2e

import (
	"strconv"
	"testing"

	"okno/channels"
	"okno/channels/hub"
	"okno/server/browsertest"
)

// TestEntryLook looks at every page before the desk and at the wizard.
func TestEntryLook(t *testing.T) {
	b := browsertest.Start(t)
	for _, language := range []string{"en", "ru"} {
		old := staffed(t)
		e := eye{b.Apart(old.url, browsertest.Look{Language: language}), t, language}
		e.tab.Open(old.url + "/signin")
		e.look("signin")
		e.tab.Fill("[name=email]", "nobody@example.test")
		e.tab.Fill("[name=password]", "wrong password")
		e.tab.Click("form button.primary")
		e.tab.See("[role=alert]")
		e.look("signin-refused")
		e.tab.Open(old.url + old.invite("new@example.test"))
		e.look("join")
		run(e.tab, `document.querySelector("#password").removeAttribute("minlength")`)
		e.tab.Fill("#password", "short")
		e.tab.Click("form.stack button.primary")
		e.tab.See(".error")
		e.look("join-refused")
		e.tab.Open(old.url + "/join/used")
		e.look("link-over")
		fresh := newStage(t, fresh(t.TempDir()))
		wizard(eye{b.Apart(fresh.url, browsertest.Look{Language: language}), t, language}, fresh)
	}
}

// wizard follows the first steps and looks at each.
func wizard(e eye, s *stage) {
	e.tab.Open(s.setupLink())
	e.look("setup")
	e.tab.Type("#name", "Jonas Weber")
	e.tab.Type("#email", adminEmail)
	e.tab.Type("#password", adminPassword)
	e.tab.Click("form[action^='/setup/'] button.primary")
	e.tab.See("form[action='/welcome/desk']")
	e.look("welcome-desk")
	e.tab.Fill("#name", "Mayak")
	e.tab.Click("form[action='/welcome/desk'] button.primary")
	e.tab.See("#channel")
	e.look("welcome-channel")
	e.tab.Click("a[href$='kind=telegram']")
	e.tab.See("[name='field.token']")
	e.look("welcome-telegram")
	e.tab.Open(s.url + "/welcome/channel")
	e.tab.Click("#channel button[value=save]")
	e.tab.See("#channel .error")
	e.look("welcome-channel-refused")
	e.tab.Open(s.url + "/welcome/channel")
	e.tab.Type("[name='field.address']", "help@gmail.com")
	e.tab.Type("[name='field.imap_password']", "app password")
	e.tab.UntilText("#channel-more summary", "imap.gmail.com")
	e.look("welcome-channel-found")
	e.tab.Click("#channel-more summary")
	e.look("welcome-channel-more")
	e.tab.Click("#channel button[value=save]")
	e.tab.See("form[action='/welcome/colleagues']")
	e.look("welcome-colleagues")
	e.tab.Type("#addresses", "anna@mayak.coffee\nboris@mayak.coffee")
	e.tab.Click("form[action='/welcome/colleagues'] button.primary")
	e.tab.See("[readonly]")
	e.look("welcome-links")
	e.tab.Open(s.url + "/welcome/done")
	e.look("welcome-done")
}

// TestSettingsLook looks at every page of the settings and its states.
func TestSettingsLook(t *testing.T) {
	s := staffed(t)
	s.mailbox("help@mayak.coffee", nil)
	s.history()
	b := browsertest.Start(t)
	e := eye{b.Tab(s.url, browsertest.Look{}), t, "en"}
	s.signIn(e.tab, adminEmail, adminPassword, "/")
	s.lookAround(e)
	s.speak("ru")
	e.language = "ru"
	s.lookAround(e)
}

func (s *stage) lookAround(e eye) {
	for name, path := range map[string]string{
		"profile": "/settings/profile", "profile-saved": "/settings/profile?saved=1", "desk": "/settings/desk",
		"agents": "/settings/agents", "agent-new": "/settings/agents/new", "agent": s.agentPath(marinaEmail),
		"agent-invited": s.agentPath("olga@example.test"), "agent-disabled": s.agentPath("pavel@example.test"),
		"teams": "/settings/teams", "team": "/settings/teams/" + strconv.FormatInt(s.team.ID, 10), "team-new": "/settings/teams/new",
		"statuses": "/settings/statuses", "channels": "/settings/channels", "channel-new": "/settings/channels/new/email",
		"ledger": "/settings/ledger", "ledger-aside": "/settings/ledger?tab=aside", "ledger-none": "/settings/ledger?q=zebra",
		"tokens": "/settings/tokens", "token-new": "/settings/tokens/new", "nowhere": "/settings/nowhere",
	} {
		e.tab.Open(s.url + path)
		e.look(name)
	}
	s.lookAtRefusals(e)
	s.lookAtChannels(e)
	e.tab.Open(s.url + "/settings/ledger?tab=kept")
	e.tab.Click("table.ledger a.btn.quiet")
	e.tab.See("tr.detail")
	e.look("ledger-open")
}

func (s *stage) lookAtRefusals(e eye) {
	refuse := func(name, path, field, text string) {
		e.tab.Open(s.url + path)
		run(e.tab, `document.querySelectorAll("[required]").forEach(i => i.required = false)`)
		e.tab.Fill(field, text)
		e.tab.Click("form[method=post] .bar .primary")
		e.tab.See(".error, .pane [role=alert]")
		e.look(name)
	}
	refuse("profile-refused", "/settings/profile", "#time_zone", "Europe/Nowhere")
	refuse("desk-refused", "/settings/desk", "#name", " ")
	refuse("agent-refused", "/settings/agents/new", "#name", "Nobody")
	refuse("team-refused", "/settings/teams/new", "#name", " ")
	refuse("statuses-refused", "/settings/statuses", "#name_ru-2", " ")
	e.tab.Open(s.url + s.agentPath("olga@example.test"))
	e.tab.Click("form[action$='/link'] button")
	e.tab.See("[readonly]")
	e.look("agent-link")
	refuse("token-refused", "/settings/tokens/new", "#name", " ")
	e.tab.Fill("#name", "shop "+e.language)
	e.tab.Click("form[method=post] .bar .primary")
	e.tab.See("#secret")
	e.look("token-made")
	e.tab.Open(s.url + "/settings/tokens")
	e.look("tokens-some")
	e.tab.Open(s.url + "/settings/statuses")
	e.tab.Click("#status-add")
	e.tab.See("#name_en-new6")
	e.look("statuses-added")
}

func (s *stage) lookAtChannels(e eye) {
	e.tab.Open(s.url + "/settings/channels/new/email")
	for key, value := range map[string]string{"imap_host": "127.0.0.1", "imap_port": "1", "smtp_host": "127.0.0.1", "smtp_port": "1"} {
		set(e.tab, key, value)
	}
	e.tab.Type("[name='field.address']", "help-"+e.language+"@example.test")
	e.tab.Type("[name='field.imap_password']", "wrong")
	e.tab.Click("#channel button[value=check]")
	e.tab.Until("document.querySelectorAll('#findings .bad').length > 1 && !document.querySelector('#findings[hx-get]')")
	e.look("channel-check")
	e.tab.Click("#channel button[value=save]")
	e.tab.See("table")
	google := s.mailbox("sales-"+e.language+"@mayak.coffee", func(c *hub.Channel) {
		c.Enabled, c.Settings["auth"], c.Settings["google_client_id"] = false, "google", "client"
		c.Secrets["google_client_secret"] = "canary-client"
	})
	e.tab.Open(s.url + "/settings/channels")
	e.look("channels-several")
	e.tab.Open(s.url + channelPath(google))
	e.look("channel-google")
	e.tab.Click("button[value=page]")
	e.tab.See("a[href^='https://accounts.google.com']")
	e.look("grant-page")
}

// history is a mail of every outcome in the ledger.
func (s *stage) history() {
	s.arrives("m1", "Anna Gray", "Printer on fire", nil)
	s.arrives("m2", "Boris Petrov", "Не открывается отчёт за октябрь, а он очень нужен сегодня до обеда", nil)
	s.arrives("m3", "Robot", "Out of office", func(in *channels.Inbound) { in.Auto = channels.AutoReply })
	s.net.Poison("m4", 100)
	s.arrives("m4", "Vera Long", "A mail that cannot be read", nil)
	s.arrives("m5", "Anna Gray", "Re: Printer on fire", func(in *channels.Inbound) { in.Thread.Refs = []string{"m1"} })
}
