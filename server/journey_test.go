package server_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/mail"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"okno/channels"
	"okno/channels/email"
	"okno/channels/email/mailtest"
	"okno/server"
	"okno/server/config"
)

const (
	helpAddress = "help@example.test"
	annaAddress = "anna@example.test"
	patience    = 30 * time.Second
)

// journey is one desk in this process with one mailbox, used by plain forms.
type journey struct {
	t       *testing.T
	rig     *mailtest.Rig
	base    string
	browser *http.Client
}

func newJourney(t *testing.T) *journey {
	t.Helper()
	rig := mailtest.Start(t)
	rig.AddUser(helpAddress, "helppw")
	rig.AddUser(annaAddress, "annapw")

	desk, err := server.New(t.Context(), config.Config{Data: filepath.Join(t.TempDir(), "data"), Listen: "127.0.0.1:0",
		AdminEmail: "ada@example.test", AdminPassword: "correct horse 9"}, server.Options{
		UndoWindow: 50 * time.Millisecond, Kinds: []channels.Kind{email.Options{Poll: time.Second, Roots: rig.Roots}.Kind()},
	})
	if err != nil {
		t.Fatal(err)
	}
	return &journey{t: t, rig: rig, base: running(t, desk), browser: visitor(t)}
}

// running runs a desk until the test ends and answers its address.
func running(t *testing.T, desk *server.Server) string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- desk.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("stop the desk: %v", err)
		}
	})
	return desk.URL()
}

// eventually polls until found answers true, or ends the test.
func (j *journey) eventually(what string, found func() bool) {
	j.t.Helper()
	end := time.Now().Add(patience)
	for !found() {
		if time.Now().After(end) {
			j.t.Fatalf("never came true: %s", what)
		}
		channels.Wait(j.t.Context(), 50*time.Millisecond)
	}
}

func (j *journey) page(path string) string {
	j.t.Helper()
	res, err := j.browser.Get(j.base + path)
	if err != nil {
		j.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		j.t.Fatal(err)
	}
	return string(body)
}

// send posts a form that has to lead on.
func (j *journey) send(path string, form url.Values) {
	j.t.Helper()
	if res := post(j.t, j.browser, j.base+path, form); res.StatusCode != http.StatusSeeOther {
		j.t.Fatalf("POST %s answered %s", path, res.Status)
	}
}

// connect sets the desk up as the wizard does.
func (j *journey) connect() {
	j.t.Helper()
	j.eventually("the administrator can sign in", func() bool {
		res := post(j.t, j.browser, j.base+"/signin", url.Values{"email": {"ada@example.test"}, "password": {"correct horse 9"}})
		return res.StatusCode == http.StatusSeeOther
	})
	j.send("/welcome/desk", url.Values{"name": {"Okno of the test"}, "language": {"en"}, "teams": {"Support"}})
	imapHost, imapPort, _ := net.SplitHostPort(j.rig.IMAPAddr)
	smtpHost, smtpPort, _ := net.SplitHostPort(j.rig.SMTPAddr)
	form := url.Values{"name": {"Support"}, "enabled": {"true"}}
	for key, value := range map[string]string{
		"address": helpAddress, "auth": "password", "imap_password": "helppw",
		"imap_host": imapHost, "imap_port": imapPort, "imap_security": "plain", "folder": "INBOX",
		"smtp_host": smtpHost, "smtp_port": smtpPort, "smtp_security": "plain", "smtp_sign_in": "none",
		"since": "all", "after": "leave", "plus_addressing": "true",
	} {
		form.Set("field."+key, value)
	}
	j.send("/welcome/channel", form)
}

// answer waits for the first mail to Anna whose body has the words.
func (j *journey) answer(words string) (found mailtest.Message) {
	j.t.Helper()
	j.eventually("Anna gets "+words, func() bool {
		for _, m := range j.rig.Messages(annaAddress) {
			if strings.Contains(string(m.Raw), words) {
				found = m
				return true
			}
		}
		return false
	})
	return found
}

var hidden = regexp.MustCompile(`name="(once|seen)" value="([^"]*)"`)

// speak fills in the composer of ticket 1 as a browser without scripts does.
func (j *journey) speak(kind, body string) {
	j.t.Helper()
	form := url.Values{"kind": {kind}, "body": {body}}
	for _, found := range hidden.FindAllStringSubmatch(j.page("/tickets/1"), -1) {
		form.Set(found[1], found[2])
	}
	j.send("/tickets/1/messages", form)
}

// TestMailBecomesATicketAndTheAnswerGoesBack is the main job without scripts.
func TestMailBecomesATicketAndTheAnswerGoesBack(t *testing.T) {
	j := newJourney(t)
	j.connect()
	j.rig.Submit(annaAddress, []string{helpAddress}, []byte("From: Anna <"+annaAddress+">\r\nTo: "+helpAddress+
		"\r\nSubject: Printer on fire\r\nMessage-ID: <first@anna.test>\r\n\r\nIt smokes.\r\n"))
	j.eventually("the mail is in the list", func() bool {
		return strings.Contains(j.page("/tickets?view=open"), "Printer on fire")
	})
	j.speak("note", "Secret: the insurance is void.")
	j.speak("reply", "Switch it off.")

	m := j.answer("Switch it off.")
	if refs := m.Header.Get("In-Reply-To") + m.Header.Get("References"); !strings.Contains(refs, "<first@anna.test>") {
		t.Errorf("the answer does not refer to the first mail: %v", m.Header)
	}
	j.rig.Submit(annaAddress, []string{replyTo(t, m)}, []byte(fmt.Sprintf("From: Anna <%s>\r\nTo: %s\r\nSubject: Re: %s\r\nMessage-ID: <second@anna.test>\r\nIn-Reply-To: %s\r\n\r\nIt is off now.\r\n",
		annaAddress, helpAddress, m.Header.Get("Subject"), m.Header.Get("Message-Id"))))
	j.eventually("her answer is on the same ticket", func() bool {
		return strings.Contains(j.page("/tickets/1"), "It is off now.")
	})
	if page := j.page("/tickets/2"); strings.Contains(page, "It is off now.") {
		t.Error("her answer made a second ticket")
	}
	for _, m := range j.rig.Messages(annaAddress) {
		if strings.Contains(string(m.Raw), "insurance") {
			t.Error("the note left the house")
		}
	}
}

// replyTo is where a mail program sends an answer to.
func replyTo(t *testing.T, m mailtest.Message) string {
	t.Helper()
	text := m.Header.Get("Reply-To")
	if text == "" {
		text = m.Header.Get("From")
	}
	a, err := mail.ParseAddress(text)
	if err != nil {
		t.Fatalf("read where to answer: %v", err)
	}
	return a.Address
}
