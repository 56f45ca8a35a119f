package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"okno/channels/email/mailtest"
	"okno/channels/hub"
	"okno/server"
	"okno/server/browsertest"
)

// TestChannelsByHand adds, breaks, mends, switches off and on a mailbox with
// real servers behind it, and tests the connection in both languages.
func TestChannelsByHand(t *testing.T) {
	rig := mailtest.Start(t)
	rig.AddUser(helpAddress, helpPassword)
	s := &stage{desk: start(t, withAdmin(t.TempDir()), server.Options{Kinds: quick(rig)})}
	tab := browsertest.Start(t).Tab(s.url, browsertest.Look{})
	s.signIn(tab, adminEmail, adminPassword, "/settings/channels")
	tab.Click(".empty a.primary")
	s.fill(tab, rig, "wrong password")
	tab.Click("#channel button[value=check]")
	tab.UntilText("#findings", "refused the user name or the password")
	retype(tab, "[name='field.imap_password']", helpPassword)
	tab.Click("#channel button[value=check]")
	tab.UntilText("#findings", "Everything works.")
	tab.Click("#channel button[value=save]")
	s.becomes(tab, "Connected")

	tab.Click("table a")
	tab.Fill("#channel-name", "Reception")
	tab.Click("#enabled")
	tab.Click("#channel button[value=save]")
	s.becomes(tab, "Switched off")
	tab.Click("table a")
	tab.UntilText(".pane-head", "Reception")
	tab.Click("#enabled")
	retype(tab, "[name='field.imap_password']", "wrong again")
	tab.Click("#channel button[value=save]")
	s.becomes(tab, "Not connected")
	tab.Calm()

	s.russian(tab)
	tab.Open(s.url + "/settings/channels")
	tab.Click("table a")
	tab.Click("#channel button[value=check]")
	tab.UntilText("#findings", "имя пользователя или пароль")
	retype(tab, "[name='field.imap_password']", helpPassword)
	tab.Click("#channel button[value=check]")
	tab.UntilText("#findings", "Всё работает.")
	tab.Click("#channel button[value=save]")
	s.becomes(tab, "Подключён")
	swaks(t, rig, "--from", annaAddress, "--to", helpAddress, "--header", "Subject: After all that", "--body", "hello")
	tab.Open(s.url + "/tickets?view=open")
	tab.UntilText("#rows", "After all that")
	tab.Calm()
}

// fill types a mailbox of the rig into the form.
func (s *stage) fill(tab *browsertest.Tab, rig *mailtest.Rig, password string) {
	tab.Type("#channel [name='field.address']", helpAddress)
	tab.Type("#channel [name='field.imap_password']", password)
	tab.UntilText("#channel-more summary", "imap.example.test")
	for key, value := range mailbox(rig) {
		if key != "address" {
			set(tab, key, value)
		}
	}
}

// retype replaces what was typed into a field before.
func retype(tab *browsertest.Tab, sel, text string) {
	browsertest.Eval[string](tab, fmt.Sprintf("document.querySelector(%q).value = ''", sel))
	tab.Type(sel, text)
}

// becomes waits until the list of channels says so.
func (s *stage) becomes(tab *browsertest.Tab, state string) {
	s.t.Helper()
	tab.See("table")
	s.eventually("the channel is: "+state, func() bool {
		tab.Reload()
		return strings.Contains(tab.Text("table"), state)
	})
}

// russian changes the language in the profile.
func (s *stage) russian(tab *browsertest.Tab) {
	tab.Open(s.url + "/settings/profile")
	browsertest.Eval[string](tab, `document.querySelector("#language").value = "ru"`)
	tab.Click("#profile .primary")
	tab.UntilText("h1", "Ваш профиль")
}

// TestPeopleByHand invites somebody who joins in another browser, resets their
// password, and shuts them out at once.
func TestPeopleByHand(t *testing.T) {
	s := staffed(t)
	b := browsertest.Start(t)
	tab := b.Tab(s.url, browsertest.Look{})
	s.signIn(tab, adminEmail, adminPassword, "/settings/agents")
	tab.Click(".pane-head a.primary")
	tab.Type("#name", "Ivan Novak")
	tab.Type("#email", "ivan@example.test")
	tab.Click(".form .primary")
	tab.See("[readonly]")
	ivan := b.Apart(s.url, browsertest.Look{Language: "ru"})
	invite := browsertest.Eval[string](tab, "document.querySelector('[readonly]').value")
	ivan.Open(invite)
	ivan.Type("#password", marinaPassword)
	ivan.Click("form.stack .primary")
	ivan.See("#list")
	ivan.UntilText("nav, .rail", "Без исполнителя")

	tab.Click("form[action$='/link'] button")
	tab.Until(fmt.Sprintf("document.querySelector('[readonly]') && document.querySelector('[readonly]').value !== %q", invite))
	link := browsertest.Eval[string](tab, "document.querySelector('[readonly]').value")
	again := b.Apart(s.url, browsertest.Look{})
	again.Open(link)
	again.Type("#password", "another long one 8")
	again.Click("form.stack .primary")
	again.See("#list")
	ivan.Open(s.url + "/tickets")
	ivan.See("input[type=password]") // the new password ended the old session
	ivan.Open(link)
	ivan.UntilText("h1", "Ссылка больше не действует")

	tab.Open(s.url + s.agentPath("ivan@example.test"))
	tab.Click("#disabled")
	tab.Click(".form .primary")
	tab.UntilText("table", "Ivan Novak")
	again.Open(s.url + "/tickets")
	again.See("input[type=password]")
	tab.Calm()
}

// TestDeskByHand changes the theme and the desk's name.
func TestDeskByHand(t *testing.T) {
	s := staffed(t)
	tab := browsertest.Start(t).Tab(s.url, browsertest.Look{})
	s.signIn(tab, adminEmail, adminPassword, "/settings/profile")
	browsertest.Eval[string](tab, `document.querySelector("#theme").value = "dark"`)
	tab.Click("#profile .primary")
	tab.Until("document.documentElement.dataset.theme === 'dark' && document.querySelector('.notice.ok')")
	tab.Open(s.url + "/settings/desk")
	tab.Fill("#name", "Маяк")
	tab.Click(".form .primary")
	tab.UntilText(".rail", "Маяк")
	tab.Until("document.title.includes('Маяк')")
	s.orderStatuses(tab)
	tab.Calm()
}

// orderStatuses works the list of statuses by keyboard alone.
func (s *stage) orderStatuses(tab *browsertest.Tab) {
	tab.Open(s.url + "/settings/statuses")
	run(tab, `document.querySelector("#up-3").focus()`)
	tab.Press(kb.Enter)
	tab.Until(`document.querySelectorAll("[name=key]")[1].value === "3" && document.activeElement.id === "up-3"`)
	tab.Press(kb.Enter)
	tab.Until(`document.querySelectorAll("[name=key]")[0].value === "3" && document.activeElement.id === "down-3"`)
	tab.Click("#status-add")
	tab.Until(`document.activeElement.id === "name_en-new6"`)
	tab.Press("At the supplier")
	tab.Fill("#name_ru-new6", "У поставщика")
	tab.Fill("#name_en-2", "In hand")
	tab.Press(kb.Enter) // in a field: save
	tab.See(".notice.ok")
	list, err := s.srv.Tickets.Statuses(s.t.Context())
	s.ok(err)
	if len(list) != 7 || list[0].ID != 3 || list[2].NameEN != "In hand" || list[6].NameRU != "У поставщика" {
		s.t.Errorf("statuses: %+v", list)
	}
}

// TestLedgerByHand reads the ledger, searches it, redoes and makes tickets.
func TestLedgerByHand(t *testing.T) {
	s := staffed(t)
	s.mailbox("help@mayak.coffee", nil)
	s.history()
	s.mailbox("sales@mayak.coffee", func(c *hub.Channel) { c.Enabled = false })
	tab := browsertest.Start(t).Tab(s.url, browsertest.Look{Width: 390, Height: 844})
	s.signIn(tab, adminEmail, adminPassword, "/settings/ledger")
	for _, words := range []string{"New ticket", "Added", "No ticket", "Set aside"} {
		tab.UntilText("table.ledger", words)
	}
	tab.Fill("#ledger-words", "Printer")
	tab.Click(".ledger-search button")
	tab.Until("document.querySelectorAll('table.ledger tbody > tr:not(.detail)').length === 2")
	tab.Open(s.url + "/settings/ledger?channel=" + strings.TrimPrefix(channelPath(s.channel("sales@mayak.coffee")), "/settings/channels/"))
	tab.UntilText(".empty", "Nothing found")

	s.net.Poison("m4", 0)
	tab.Open(s.url + "/settings/ledger?tab=aside")
	tab.Click("table.ledger form button")
	s.eventually("the mail set aside became a ticket", func() bool {
		tab.Open(s.url + "/settings/ledger?q=cannot")
		return strings.Contains(tab.Text("table.ledger"), "New ticket")
	})
	tab.Open(s.url + "/settings/ledger?tab=kept")
	tab.Click("table.ledger a.btn.quiet")
	tab.Click("form[action$='/ticket'] button")
	tab.Until("location.pathname.startsWith('/tickets/') && document.querySelector('#thread')")
	tab.Calm()
}

// channel is a stored channel by its name.
func (s *stage) channel(name string) hub.Channel {
	s.t.Helper()
	all, err := s.srv.Hub.Channels(s.t.Context())
	s.ok(err)
	for _, c := range all {
		if c.Name == name {
			return c
		}
	}
	s.t.Fatalf("no channel %s", name)
	return hub.Channel{}
}
