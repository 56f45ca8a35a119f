package e2e

import (
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"okno/channels/email/mailtest"
	"okno/tickets/people"
)

// visitor is an agent with a browser that runs no scripts, at any desk.
type visitor struct {
	t    testing.TB
	base string
	http *http.Client
}

// visit signs somebody in.
func visit(t testing.TB, base, email, password string) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t: t, base: base, http: &http.Client{
		Jar: jar, Timeout: patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	within(t, patience, email+" can sign in", func() bool {
		status, _ := v.post("/signin", url.Values{"email": {email}, "password": {password}})
		return status == http.StatusSeeOther
	})
	return v
}

// staff are the administrator, who reads English, and a colleague who reads
// Russian, by language.
func staff(t testing.TB, d *desk, role people.Role) map[string]*visitor {
	t.Helper()
	ctx := t.Context()
	admin, err := d.srv.People.SignIn(ctx, adminEmail, adminPassword)
	if err != nil {
		t.Fatal(err)
	}
	_, secret, err := d.srv.People.Invite(ctx, admin, "Marina Kim", marinaEmail, role, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.srv.People.Accept(ctx, secret, people.NewAccount{Name: "Marina Kim", Password: marinaPassword, Language: "ru"})
	if err != nil {
		t.Fatal(err)
	}
	return map[string]*visitor{
		"en": visit(t, d.url, adminEmail, adminPassword), "ru": visit(t, d.url, marinaEmail, marinaPassword),
	}
}

// get reads a page.
func (v *visitor) get(path string) (status int, text string) {
	v.t.Helper()
	req, err := http.NewRequestWithContext(v.t.Context(), http.MethodGet, v.base+path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.do(req)
}

// post sends a form.
func (v *visitor) post(path string, form url.Values) (status int, text string) {
	v.t.Helper()
	req, err := http.NewRequestWithContext(v.t.Context(), http.MethodPost, v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.do(req)
}

// do answers the page as it reads; 0 when the desk does not answer.
func (v *visitor) do(req *http.Request) (status int, text string) {
	res, err := v.http.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return 0, err.Error()
	}
	return res.StatusCode, html.UnescapeString(string(body))
}

// led posts a form that has to lead on.
func (v *visitor) led(path string, form url.Values) {
	v.t.Helper()
	if status, text := v.post(path, form); status != http.StatusSeeOther {
		v.t.Fatalf("POST %s answered %d:\n%s", path, status, text)
	}
}

// shows says that a page has words.
func (v *visitor) shows(path, words string) bool {
	_, text := v.get(path)
	return strings.Contains(text, words)
}

// there says that a page exists.
func (v *visitor) there(path string) bool {
	status, _ := v.get(path)
	return status == http.StatusOK
}

// says answers a form that is sent with a message.
func says(body string) url.Values {
	return url.Values{"kind": {"reply"}, "body": {body}, "anyway": {"1"}}
}

// channelFields is the form of the rig's mailbox.
func channelFields(rig *mailtest.Rig, address, password string) url.Values {
	form := url.Values{"name": {"Support"}, "enabled": {"true"}}
	imapHost, imapPort, _ := net.SplitHostPort(rig.IMAPAddr)
	smtpHost, smtpPort, _ := net.SplitHostPort(rig.SMTPAddr)
	for key, value := range map[string]string{
		"address": address, "auth": "password", "imap_user": address, "imap_password": password,
		"imap_host": imapHost, "imap_port": imapPort, "imap_security": "plain", "folder": "INBOX",
		"smtp_host": smtpHost, "smtp_port": smtpPort, "smtp_security": "plain", "smtp_sign_in": "none",
		"since": "all", "after": "leave", "plus_addressing": "true",
	} {
		form.Set("field."+key, value)
	}
	return form
}

var channelLink = regexp.MustCompile(`href="(/settings/channels/\d+)"`)

// connect adds a mailbox and answers its page.
func (v *visitor) connect(rig *mailtest.Rig, address, password string) string {
	v.t.Helper()
	v.led("/settings/channels/new/email", channelFields(rig, address, password))
	_, text := v.get("/settings/channels")
	all := channelLink.FindAllStringSubmatch(text, -1)
	if len(all) == 0 {
		v.t.Fatalf("no channel is listed:\n%s", text)
	}
	return all[len(all)-1][1]
}

// asks is a plain mail with a Message-ID of its own.
func asks(from, to, subject string) []byte {
	return fmt.Appendf(nil, "From: <%s>\r\nTo: %s\r\nSubject: %s\r\nMessage-ID: <%s@people.test>\r\n\r\nPlease help: %s.\r\n",
		from, to, subject, strings.ReplaceAll(subject, " ", "-"), subject)
}

// within polls until holds and answers how long that took.
func within(t testing.TB, most time.Duration, sentence string, holds func() bool) time.Duration {
	t.Helper()
	began := time.Now()
	for !holds() {
		if time.Since(began) > most {
			t.Fatalf("not within %v: %s", most, sentence)
		}
		time.Sleep(20 * time.Millisecond)
	}
	return time.Since(began).Round(time.Millisecond)
}
