package e2e

import (
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
	"testing"

	"okno/channels/email/mailtest"
	"okno/server"
	"okno/server/browsertest"
)

const annaAddress = "anna@example.test"

// job is the words of one main job, and what the desk says at its turns.
type job struct {
	language, subject, question string
	reply, note, answer, last   string
	works, sent                 string
}

func jobs() []job {
	return []job{{
		language: "en", subject: "Printer on fire", question: "It smokes. What shall I do?",
		reply: "Switch it **off**, please.", note: "Third printer this month", answer: "It is off now.", last: "Well done.",
		works: "Everything works", sent: "Sent",
	}, {
		language: "ru", subject: "Горит принтер", question: "Он дымится. Что делать?",
		reply: "Выключите его, пожалуйста.", note: "Третий принтер за месяц", answer: "Выключили.", last: "Спасибо, мастер уже едет.",
		works: "Всё работает", sent: "Отправлено",
	}}
}

// TestMainJob is what the desk is for: a newcomer opens the printed link,
// connects a mailbox and answers the first mail.
func TestMainJob(t *testing.T) {
	t.Parallel()
	for _, j := range jobs() {
		t.Run(j.language, func(t *testing.T) {
			t.Parallel()
			mainJob(t, j)
		})
	}
}

func mainJob(t *testing.T, j job) {
	rig := mailtest.Start(t)
	rig.AddUser(helpAddress, helpPassword)
	rig.AddUser(annaAddress, "annapw")
	d := start(t, fresh(t.TempDir()), server.Options{Kinds: quick(rig)})
	tab := browsertest.Start(t).Tab(d.url, browsertest.Look{Language: j.language})

	setUp(tab, d.setupLink())
	connect(tab, rig, j.works)
	tab.Open(d.url + "/tickets?view=open")
	tab.Shot("journey-empty-" + j.language)

	if j.language == "en" {
		swaks(t, rig, "--from", annaAddress, "--to", helpAddress, "--data", string(firstMail(j)))
	} else {
		rig.Submit(annaAddress, []string{helpAddress}, firstMail(j))
	}
	tab.UntilText("#rows", j.subject) // by itself, without a reload
	tab.Click("#rows a.open")
	tab.UntilText("#thread", j.question)

	reply(tab, j.reply)
	answer := arrival(t, rig, annaAddress, strings.Split(j.reply, "*")[0])
	threaded(t, answer, j)
	tab.UntilText("#thread", j.sent)

	note(tab, j.note)
	comesBack(t, rig, answer, j)
	tab.UntilText("#thread", j.answer)
	reply(tab, j.last)
	arrival(t, rig, annaAddress, j.last)
	tab.Shot("journey-end-" + j.language)
	for _, m := range rig.Messages(annaAddress) {
		if strings.Contains(string(m.Raw), j.note) || strings.Contains(m.Body(), j.note) {
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
func connect(tab *browsertest.Tab, rig *mailtest.Rig, works string) {
	tab.Until("document.readyState === 'complete'") // nobody types before the page listens
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
	tab.UntilText("#findings", works)
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
			if strings.Contains(plain(m), words) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

// plain is the text of a mail of ours as any mail program reads it: the first
// alternative, whose encoding multipart takes off.
func plain(m mailtest.Message) string {
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return ""
	}
	part, err := multipart.NewReader(strings.NewReader(m.Body()), params["boundary"]).NextPart()
	if err != nil {
		return ""
	}
	text, err := io.ReadAll(part)
	if err != nil {
		return ""
	}
	return string(text)
}

// firstMail is what a person's mail program sends.
func firstMail(j job) []byte {
	return fmt.Appendf(nil, "From: Anna <%s>\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <first@anna.example.test>\r\nMIME-Version: 1.0\r\n"+
		"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n",
		annaAddress, helpAddress, mime.BEncoding.Encode("utf-8", j.subject), j.question)
}

// threaded checks that mail programs put the answer under the question.
func threaded(t *testing.T, m mailtest.Message, j job) {
	t.Helper()
	if got := m.Header.Get("In-Reply-To"); got != "<first@anna.example.test>" {
		t.Errorf("In-Reply-To is %q", got)
	}
	if !strings.Contains(m.Header.Get("References"), "<first@anna.example.test>") {
		t.Errorf("References are %q", m.Header.Get("References"))
	}
	got, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || !strings.HasPrefix(got, "Re: "+j.subject) {
		t.Errorf("Subject is %q, %v", got, err)
	}
}

// comesBack answers a mail as a mail program would.
func comesBack(t *testing.T, rig *mailtest.Rig, to mailtest.Message, j job) {
	t.Helper()
	addresses, err := mail.ParseAddressList(to.Header.Get("Reply-To"))
	if err != nil {
		t.Fatalf("read Reply-To: %v", err)
	}
	rig.Submit(annaAddress, []string{addresses[0].Address}, fmt.Appendf(nil,
		"From: Anna <%s>\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <second@anna.example.test>\r\nIn-Reply-To: %s\r\nReferences: %s %s\r\nMIME-Version: 1.0\r\n"+
			"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n",
		annaAddress, addresses[0].Address, to.Header.Get("Subject"), to.Header.Get("Message-Id"),
		to.Header.Get("References"), to.Header.Get("Message-Id"), j.answer))
}
