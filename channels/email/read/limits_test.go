package read

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// nested is a mail of multiparts that are opened and never closed.
func nested(levels int) string {
	var mail strings.Builder
	mail.WriteString("From: a@b.example\nSubject: nested\nMIME-Version: 1.0\n")
	for i := range levels {
		fmt.Fprintf(&mail, "Content-Type: multipart/mixed; boundary=\"b%d\"\n\n--b%d\n", i, i)
	}
	mail.WriteString("Content-Type: text/plain\n\nThe text at the bottom.\n")
	return mail.String()
}

func TestOpenMultipartsEndSoon(t *testing.T) {
	for _, levels := range []int{16, 18, 50, 1000} {
		mail := nested(levels)
		start := time.Now()
		m := Message(strings.NewReader(mail), Options{})
		t.Logf("%d levels, %d bytes: %v", levels, len(mail), time.Since(start))
		if time.Since(start) > 5*time.Second {
			t.Errorf("%d levels took %v", levels, time.Since(start))
		}
		if m.Subject != "nested" {
			t.Errorf("%d levels: subject %q", levels, m.Subject)
		}
		if levels <= maxDepth && m.Text != "The text at the bottom." {
			t.Errorf("%d levels: text %q", levels, m.Text)
		}
	}
}

// TestLargeMailsEnd feeds a megabyte of what makes careless readers quadratic.
// The deadline only guards against hanging, on a busy machine and under the race
// detector too; the log shows the figures.
func TestLargeMailsEnd(t *testing.T) {
	head := "From: a@b.example\nSubject: Fwd: large\n"
	for name, mail := range map[string]string{
		"attributions":   head + "\n" + fill("On 03/03/2025 11:00, Help wrote:\n"),
		"half quotes":    head + "\n" + fill("On 03/03/2025 11:00, Help\n<a@b.example>\n"),
		"header blocks":  head + "\n" + fill("From: a@b.example\nSent: now\nTo: c\n"),
		"quotes":         head + "\n" + fill("> > > x\ny\n"),
		"one line":       head + "\n" + fill("word 10:00 a@b.example "),
		"8-bit":          head + "\n" + fill("\xcf\xf0\xe8\xe2\xe5\xf2 "),
		"parts":          head + "Content-Type: multipart/mixed; boundary=b\n\n" + fill("--b\n\nx\n"),
		"headers":        head + fill("X-A: b\n") + "\ntext",
		"one header":     head + "X-A: " + fill("=?utf-8?q?=41?= ") + "\n\ntext",
		"addresses":      "To: " + fill("a <a@b.example>, ") + "\n" + head + "\ntext",
		"open quotes":    "To: " + fill(`"a, (`) + "\n" + head + "\ntext",
		"parameters":     "Content-Type: text/plain; " + fill("a*0=b; ") + "\n" + head + "\ntext",
		"references":     "References: " + fill("<a@b.example> ") + "\n" + head + "\ntext",
		"received":       fill("Received: for for for for for <") + "\n" + head + "\ntext",
		"html divs":      "Content-Type: text/html\n" + head + "\n" + fill("<div class=gmail_quote><blockquote>x"),
		"html links":     "Content-Type: text/html\n" + head + "\n" + fill("<a href='https://a.example'>x<li>"),
		"html quotes":    "Content-Type: text/html\n" + head + "\n" + fill("<blockquote>"),
		"calendar":       "Content-Type: text/calendar\n" + head + "\n" + fill("BEGIN:VEVENT\nSUMMARY:x\n "),
		"delivery":       "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n" + fill("Final-Recipient: rfc822;a@b.example\n\n"),
		"nested mails":   fill("Content-Type: message/rfc822\n\n"),
		"base64":         "Content-Transfer-Encoding: base64\n" + head + "\n" + fill("QUJD=\n"),
		"indefinite BER": "Content-Type: application/pkcs7-mime\n" + head + "\n" + fill("\x30\x80"),
	} {
		start := time.Now()
		m := Message(strings.NewReader(mail), Options{})
		took := time.Since(start)
		t.Logf("%-14s %v", name, took)
		if took > time.Minute {
			t.Errorf("%s took %v", name, took)
		}
		if len(m.Attachments) > maxParts {
			t.Errorf("%s: %d files", name, len(m.Attachments))
		}
		checkSound(t, m)
	}
}

// fill repeats a piece up to one megabyte.
func fill(piece string) string { return strings.Repeat(piece, (1<<20)/len(piece)) }
