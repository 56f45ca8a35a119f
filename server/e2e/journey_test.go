package e2e

import (
	"fmt"
	"net/mail"
	"strings"
	"testing"

	"okno/channels/email/mailtest"
	"okno/server"
	"okno/server/browsertest"
)

const annaAddress = "anna@example.test"

// TestMainJob is what the desk is for: a newcomer opens the printed link,
// connects a mailbox and answers the first mail.
func TestMainJob(t *testing.T) {
	rig := mailtest.Start(t)
	rig.AddUser(helpAddress, helpPassword)
	rig.AddUser(annaAddress, "annapw")
	d := start(t, fresh(t.TempDir()), server.Options{Kinds: quick(rig)})
	tab := browsertest.Start(t).Tab(d.url, browsertest.Look{})

	setUp(tab, d.setupLink())
	connect(tab, rig)
	tab.Open(d.url + "/tickets?view=open")
	tab.Shot("journey-empty")

	swaks(t, rig, "--from", annaAddress, "--to", helpAddress, "--header", "Subject: Printer on fire",
		"--header", "Message-Id: <first@anna.example.test>", "--body", "It smokes. What shall I do?")
	tab.UntilText("#rows", "Printer on fire") // by itself, without a reload
	tab.Click("#rows a.open")
	tab.UntilText("#thread", "It smokes.")

	reply(tab, "Switch it **off**, please.")
	answer := arrival(t, rig, annaAddress, "Switch it")
	threaded(t, answer)
	tab.UntilText("#thread", "Sent")

	note(tab, "Third printer this month")
	comesBack(t, rig, answer)
	tab.UntilText("#thread", "It is off now.")
	reply(tab, "Well done.")
	arrival(t, rig, annaAddress, "Well done.")
	for _, m := range rig.Messages(annaAddress) {
		if strings.Contains(string(m.Raw), "Third printer") || strings.Contains(m.Body(), "Third printer") {
			t.Error("a private note left the desk")
		}
	}
	tab.Calm()
}

// setUp follows the wizard up to the channel.
func setUp(tab *browsertest.Tab, link string) {
	tab.Open(link)
	tab.Type("#name", "Jonas Weber")
	tab.Type("#email", adminEmail)
	tab.Type("#password", adminPassword)
	tab.Click("form[action^='/setup/'] button.primary")
	tab.See("form[action='/welcome/desk']")
	tab.Fill("#name", "Mayak")
	tab.Click("form[action='/welcome/desk'] button.primary")
	tab.See("#channel")
}

// connect fills the channel form, tests the connection and goes on to the end.
func connect(tab *browsertest.Tab, rig *mailtest.Rig) {
	tab.Type("#channel [name='field.address']", helpAddress)
	tab.Type("#channel [name='field.imap_password']", helpPassword)
	tab.Until(`document.querySelector('[name="field.imap_host"]').value === "imap.example.test"`) // a good guess, but not here
	for key, value := range mailbox(rig) {
		if key != "address" {
			set(tab, key, value)
		}
	}
	set(tab, "imap_user", helpAddress)
	tab.Click("#channel button[value='check']")
	tab.UntilText("#findings", "Everything works")
	tab.Shot("journey-channel")
	tab.Click("#channel button[value='save']")
	tab.See("form[action='/welcome/colleagues']")
	tab.Open(strings.Replace(tab.Where(), "/welcome/colleagues", "/welcome/done", 1))
	tab.UntilText("main, body", helpAddress)
}

// set puts a value into a setting, whatever sort of input it has.
func set(tab *browsertest.Tab, key, value string) {
	done := browsertest.Eval[bool](tab, fmt.Sprintf(`(() => {
		const e = document.querySelector('#channel [name="field.' + %q + '"]');
		if (!e) return false;
		if (e.type === "checkbox") e.checked = %q === "true"; else e.value = %q;
		e.dispatchEvent(new Event("input", {bubbles: true}));
		e.dispatchEvent(new Event("change", {bubbles: true}));
		return true;
	})()`, key, value, value))
	if !done {
		tab.Until("false // no input for " + key)
	}
}

func reply(tab *browsertest.Tab, text string) {
	tab.Click("label:has(#mode-reply)")
	tab.Type("#body", text)
	tab.Click("#composer .as-reply.send, #composer .as-reply .send")
	tab.UntilText("#thread", strings.Split(text, "*")[0])
}

func note(tab *browsertest.Tab, text string) {
	tab.Click("label:has(#mode-note)")
	tab.Type("#body", text)
	tab.Click("#composer .as-note.send")
	tab.UntilText("#thread", text)
}

// arrival waits for a mail with these words and answers it.
func arrival(t *testing.T, rig *mailtest.Rig, to, words string) mailtest.Message {
	t.Helper()
	var found mailtest.Message
	rig.Eventually(patience, "a mail with "+words+" arrives at "+to, func() bool {
		for _, m := range rig.Messages(to) {
			if strings.Contains(m.Body(), words) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

// threaded checks that mail programs put the answer under the question.
func threaded(t *testing.T, m mailtest.Message) {
	t.Helper()
	if got := m.Header.Get("In-Reply-To"); got != "<first@anna.example.test>" {
		t.Errorf("In-Reply-To is %q", got)
	}
	if !strings.Contains(m.Header.Get("References"), "<first@anna.example.test>") {
		t.Errorf("References are %q", m.Header.Get("References"))
	}
	if got := m.Header.Get("Subject"); !strings.HasPrefix(got, "Re: Printer on fire") {
		t.Errorf("Subject is %q", got)
	}
}

// comesBack answers a mail as a mail program would.
func comesBack(t *testing.T, rig *mailtest.Rig, to mailtest.Message) {
	t.Helper()
	addresses, err := mail.ParseAddressList(to.Header.Get("Reply-To"))
	if err != nil {
		t.Fatalf("read Reply-To: %v", err)
	}
	raw := fmt.Sprintf("From: Anna <%s>\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <second@anna.example.test>\r\nIn-Reply-To: %s\r\nReferences: %s %s\r\n\r\nIt is off now.\r\n",
		annaAddress, addresses[0].Address, to.Header.Get("Subject"), to.Header.Get("Message-Id"),
		to.Header.Get("References"), to.Header.Get("Message-Id"))
	rig.Submit(annaAddress, []string{addresses[0].Address}, []byte(raw))
}
