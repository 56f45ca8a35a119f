package e2e

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"okno/channels/hub"
	"okno/tickets"
)

// mailBroken is mail that breaks the rules; every readable word of it is kept.
func mailBroken(t *testing.T, h *mailHouse) {
	t.Run("headers", func(t *testing.T) { mailHeadersBroken(t, h) })
	t.Run("letters", func(t *testing.T) { mailLetters(t, h) })
	t.Run("one id, two texts", func(t *testing.T) { mailSameID(t, h) })
	t.Run("injection", func(t *testing.T) { mailInjection(t, h) })
	t.Run("parts", func(t *testing.T) { mailParts(t, h) })
	t.Run("picture", func(t *testing.T) { mailPicture(t, h) })
	t.Run("unreadable", func(t *testing.T) { mailUnreadable(t, h) })
}

// lies puts bytes into the mailbox as they are and waits until they are settled.
func (h *mailHouse) lies(t *testing.T, raw []byte) hub.Entry {
	t.Helper()
	all := func(hub.Entry) bool { return true }
	var newest int64
	if known := h.entries(t, all); len(known) > 0 {
		newest = known[0].ID
	}
	h.rig.Append(helpAddress, "INBOX", raw, time.Now())
	var e hub.Entry
	mailUntil(t, "the mail in the mailbox is settled", func() bool {
		list := h.entries(t, all)
		if len(list) > 0 {
			e = list[0]
		}
		return len(list) > 0 && e.ID > newest && e.Outcome != hub.OutcomePending
	})
	return e
}

// lying is lies for mail that becomes a ticket; it answers the message.
func (h *mailHouse) lying(t *testing.T, raw string) (tickets.Ticket, tickets.Message) {
	t.Helper()
	h.senders++ // who opens more than ten tickets in an hour gets no further ones
	raw = strings.ReplaceAll(raw, "bo@people.test", fmt.Sprintf("bo%d@people.test", h.senders))
	e := h.lies(t, []byte(strings.ReplaceAll(raw, "\n", "\r\n")))
	if e.Outcome != hub.OutcomeOpened {
		t.Fatalf("became %s because %s: %s", e.Outcome, e.Why.Key, e.Detail)
	}
	c := h.talk(t, e.Ticket)
	return c.Ticket, last(c)
}

func mailHeadersBroken(t *testing.T, h *mailHouse) {
	for name, raw := range map[string]string{
		"no From":              "Subject: Nobody\n\nkept words\n",
		"empty Message-ID":     "From: bo@people.test\nMessage-ID: <>\nSubject: Empty id\n\nkept words\n",
		"bare Message-ID":      "From: bo@people.test\nMessage-ID:\nSubject: No id\n\nkept words\n",
		"line without colon":   "From: bo@people.test\nthis is no header\nSubject: Broken line\n\nkept words\n",
		"no subject":           "From: bo@people.test\n\nkept words\n",
		"zero bytes":           "From: bo@people.test\nSubject: Z\u200bero\n\nkept\u202e words, kept words\n",
		"two From":             "From: bo@people.test\nFrom: eve@people.test\nSubject: Two\n\nkept words\n",
		"words for an address": "From: just words\nSubject: Words\n\nkept words\n",
		"date out of time":     "From: bo@people.test\nDate: Thu, 99 Foo 9999 99:99\nSubject: Date\n\nkept words\n",
	} {
		t.Run(name, func(t *testing.T) {
			ticket, m := h.lying(t, raw)
			if !strings.Contains(m.Body, "kept words") || ticket.Subject == "" || strings.ContainsAny(ticket.Subject+m.Body, "\u202e\x00") {
				t.Errorf("subject %q, body %q", ticket.Subject, m.Body)
			}
		})
	}
	t.Run("long subject", func(t *testing.T) {
		long := strings.Repeat("Очень длинная тема ", 16)
		ticket, _ := h.lying(t, "From: bo@people.test\nMessage-ID: <longsubject@people.test>\nSubject: "+mime.BEncoding.Encode("utf-8", long)+"\n\nkept words\n")
		if got := []rune(ticket.Subject); len(got) < 200 || !strings.HasPrefix(ticket.Subject, "Очень длинная тема Очень") {
			t.Errorf("%d letters: %q", len(got), ticket.Subject)
		}
	})
	t.Run("zero byte", func(t *testing.T) {
		h.rig.Deliver(helpAddress, []byte("From: nul@people.test\r\nMessage-ID: <nul@people.test>\r\nSubject: Nul\r\n\r\nbefore\x00after\r\n"))
		e := h.settled(t, "mid:nul@people.test:", 1)[0]
		if got := last(h.talk(t, e.Ticket)).Body; !strings.Contains(got, "before") || !strings.Contains(got, "after") {
			t.Errorf("body %q", got)
		}
	})
}

// mailLetters is Russian text whose letters are not named.
func mailLetters(t *testing.T, h *mailHouse) {
	const text = "Здравствуйте! Принтер на втором этаже не печатает, посмотрите, пожалуйста."
	for name, charset := range map[string]*charmap.Charmap{"koi8-r": charmap.KOI8R, "windows-1251": charmap.Windows1251} {
		t.Run(name, func(t *testing.T) {
			body, err := charset.NewEncoder().String(text)
			mailMust(t, err)
			subject, err := charset.NewEncoder().String("Принтер не печатает")
			mailMust(t, err)
			ticket, m := h.lying(t, "From: bo@people.test\nMessage-ID: <"+name+"@people.test>\nSubject: "+subject+"\n\n"+body+"\n")
			if ticket.Subject != "Принтер не печатает" || m.Body != text {
				t.Errorf("subject %q, body %q", ticket.Subject, m.Body)
			}
		})
	}
}

func mailSameID(t *testing.T, h *mailHouse) {
	one := mailDraft{id: "same", from: "Bo <same@people.test>", to: helpAddress, subject: "Counter", body: "Order one."}
	two := one
	two.body = "Order two."
	n := h.opens(t, one)
	h.rig.Submit("same@people.test", []string{helpAddress}, two.bytes())
	e := h.settled(t, "mid:"+two.messageID()+":", 2)[1]
	if e.MessageID == 0 || e.Ticket == 0 {
		t.Fatalf("the second text became %s because %s", e.Outcome, e.Why.Key)
	}
	if m := h.message(t, e.MessageID); m.Body != "Order two." {
		t.Errorf("the second text is %q", m.Body)
	}
	if m := h.talk(t, n).Messages[0]; m.Body != "Order one." {
		t.Errorf("the first text is %q", m.Body)
	}
}

// mailInjection tries to write headers of our answers.
func mailInjection(t *testing.T, h *mailHouse) {
	h.rig.AddUser("inject@people.test", "pw")
	evil := "=?utf-8?Q?Hello=0D=0ABcc:_evil@people.test=0D=0A=0D=0Abody?="
	ticket, _ := h.lying(t, "From: "+evil+" <inject@people.test>\nMessage-ID: <inject@people.test>\nReferences: <a@b>\n <c@d\n>\nSubject: "+evil+"\n\nkept words\n")
	h.answers(t, ticket.Number, "inject-answer")
	got := parsedMail(t, h.gets(t, "inject@people.test", "inject-answer").Raw)
	if len(got.Headers["bcc"]) > 0 || !strings.Contains(got.Text, "inject-answer") || strings.ContainsAny(ticket.Subject, "\r\n") {
		t.Errorf("headers %v", got.Headers)
	}
}

// mailParts is mail with unusual parts.
func mailParts(t *testing.T, h *mailHouse) {
	for _, name := range []string{"mime-winmail", "mime-calendar", "mime-broken-base64", "mime-no-end-boundary", "mime-part-without-type"} {
		t.Run(name, func(t *testing.T) {
			raw, err := os.ReadFile(filepath.Join("..", "..", "channels", "email", "read", "testdata", name+".eml"))
			mailMust(t, err)
			raw = bytes.ReplaceAll(raw, []byte("m1@client.example"), []byte(name+"@client.example"))
			_, m := h.lying(t, strings.ReplaceAll(string(raw), "\r\n", "\n"))
			if strings.TrimSpace(m.Body+m.Quoted) == "" {
				t.Error("no text")
			}
			if (name == "mime-winmail" || name == "mime-calendar") && len(m.Files) == 0 {
				t.Error("no file")
			}
		})
	}
	t.Run("thirty files", func(t *testing.T) {
		var raw strings.Builder
		raw.WriteString("From: bo@people.test\nMessage-ID: <thirty@people.test>\nSubject: Thirty\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nkept words\n")
		for i := range 30 {
			fmt.Fprintf(&raw, "--b\nContent-Type: text/csv; name=\"%d.csv\"\nContent-Disposition: attachment; filename=\"../../%d.csv\"\n\n%d;%d\n", i, i, i, i)
		}
		_, m := h.lying(t, raw.String()+"--b--\n")
		if len(m.Files) != 30 || slices.ContainsFunc(m.Files, func(f tickets.File) bool { return strings.ContainsAny(f.Name, "/\\") || f.Size == 0 }) {
			t.Errorf("%d files: %v", len(m.Files), m.Files)
		}
	})
}

// mailPicture is shown inside the text it belongs to.
func mailPicture(t *testing.T, h *mailHouse) {
	png := base64.StdEncoding.EncodeToString([]byte("\x89PNG\r\n\x1a\nnot quite a picture"))
	ticket, m := h.lying(t, "From: bo@people.test\nMessage-ID: <picture@people.test>\nSubject: Picture\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"+
		"--b\nContent-Type: text/html; charset=utf-8\n\n<p>See <img src=\"cid:p1@x\"><img src=\"https://tracker.test/x.gif\"><script>alert(1)</script></p>\n"+
		"--b\nContent-Type: image/png; name=p.png\nContent-ID: <p1@x>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\n"+png+"\n--b--\n")
	page := h.page(t, fmt.Sprintf("/files/%d/original/%d", ticket.Number, m.ID))
	if !strings.Contains(page, "data:image/png;base64,"+png) || strings.Contains(page, "alert(1)") {
		t.Errorf("the page is %s", page)
	}
}

func mailUnreadable(t *testing.T, h *mailHouse) {
	raw := bytes.Repeat([]byte{0x00, 0xff, 0xfe, 0x80}, 300)
	e := h.lies(t, raw)
	h.expect(t, e, hub.OutcomeOpened, "hub.why.unreadable", anyTicket)
	c := h.talk(t, e.Ticket)
	if m := last(c); len(m.Files) != 1 || m.Files[0].Name != "message.eml" || len(m.Warnings) == 0 || c.Ticket.Subject != "Unreadable message" {
		t.Errorf("subject %q, files %v, warnings %v", c.Ticket.Subject, m.Files, m.Warnings)
	}
}
