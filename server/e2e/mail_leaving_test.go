package e2e

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"mime"
	"strings"
	"testing"

	"okno/tickets"
	"okno/tickets/people"
)

// mailLeaving is what the answers look like in other programs.
func mailLeaving(t *testing.T, h *mailHouse) {
	const subject = "Сломалась кофемашина в переговорной на третьем этаже, посмотрите, пожалуйста"
	h.rig.AddUser("mila@people.test", "pw")
	n := h.opens(t, mailDraft{
		id: "leave1", from: mime.BEncoding.Encode("utf-8", "Мила Иванова") + " <mila@people.test>", to: helpAddress, subject: mime.BEncoding.Encode("utf-8", subject),
		header: []string{"MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "References: <older@people.test>"}, body: "Не варит кофе.",
	})
	photo, report := bytes.Repeat([]byte{0xff, 0xd8, 0, '\r', '\n', '.', '\n'}, 5000), []byte("Всё готово.\n.\nFrom here\n")
	files := []tickets.File{h.file(t, "Фото «кофемашины» №1.jpg", "image/jpeg", photo), h.file(t, "отчёт о ремонте; итог.txt", "text/plain", report)}
	sent := h.answers(t, n, "leave-answer **bold** and [a link](https://mayak.test/a?b=c&d=e)\n\n* one\n* two\n\n> it does not brew\n\nFrom here it works.\n.\n"+strings.Repeat("длинная строка ", 200), files...)
	got := parsedMail(t, h.gets(t, "mila@people.test", "leave-answer").Raw)

	t.Run("headers", func(t *testing.T) { mailHeaders(t, h, n, sent, subject, got) })
	t.Run("text", func(t *testing.T) {
		for _, want := range []string{"leave-answer", "https://mayak.test/a?b=c&d=e", "From here it works.", "> it does not brew", "-- \nJonas\nMayak support"} {
			if !strings.Contains(got.Text, want) {
				t.Errorf("the text lacks %q:\n%s", want, got.Text[:min(len(got.Text), 600)])
			}
		}
		for _, want := range []string{"<strong>bold</strong>", `href="https://mayak.test/a?b=c&amp;d=e"`, "<li>one</li>", "<blockquote>", "Mayak support"} {
			if !strings.Contains(got.HTML, want) {
				t.Errorf("the page lacks %q:\n%s", want, got.HTML[:min(len(got.HTML), 900)])
			}
		}
	})
	t.Run("files", func(t *testing.T) {
		for i, data := range [][]byte{photo, report} {
			sum := sha256.Sum256(data)
			if got.Files[files[i].Name] != hex.EncodeToString(sum[:]) {
				t.Errorf("%s did not arrive as it left: %v", files[i].Name, got.Files)
			}
		}
	})
	t.Run("another agent", func(t *testing.T) { mailColleague(t, h, n, got) })
}

func mailHeaders(t *testing.T, h *mailHouse, n int64, sent tickets.Message, subject string, got parsed) {
	id := strings.Trim(got.header(t, "message-id"), "<>")
	if m, err := h.srv.Store.MessageByRef(t.Context(), "email", id); err != nil || m.ID != sent.ID {
		t.Errorf("the Message-ID %q is that of message %d: %v", id, m.ID, err)
	}
	for name, want := range map[string]string{
		"in-reply-to": "<leave1@people.test>", "from": "\"Jonas Weber (Mayak)\" <help@example.test>", "auto-submitted": "",
		"subject": "Re: " + subject + " [#" + mailNumber(n) + "]", "mime-version": "1.0", "to": "Мила Иванова <mila@people.test>",
	} {
		if is := got.header(t, name); is != want {
			t.Errorf("%s is %q, want %q", name, is, want)
		}
	}
	if refs := got.header(t, "references"); !strings.Contains(refs, "<leave1@people.test>") {
		t.Errorf("References are %q", refs)
	}
	if to := got.header(t, "reply-to"); !strings.Contains(to, "help+t"+mailNumber(n)+".") {
		t.Errorf("Reply-To is %q", to)
	}
}

// mailColleague answers after the administrator in the same thread.
func mailColleague(t *testing.T, h *mailHouse, n int64, first parsed) {
	_, secret, err := h.srv.People.Invite(t.Context(), h.admin, "Marina Kim", "marina@example.test", people.Answerer, nil)
	mailMust(t, err)
	marina, err := h.srv.People.Accept(t.Context(), secret, people.NewAccount{Name: "Marina Kim", Password: "a long enough one 7", Language: "ru"})
	mailMust(t, err)
	h.answersAs(t, marina, n, "colleague-answer")
	got := parsedMail(t, h.gets(t, "mila@people.test", "colleague-answer").Raw)
	if from := got.header(t, "from"); !strings.Contains(from, "Marina Kim") {
		t.Errorf("From is %q", from)
	}
	refs := got.header(t, "references")
	if !strings.Contains(refs, "<leave1@people.test>") || !strings.Contains(refs, first.header(t, "message-id")) {
		t.Errorf("References are %q", refs)
	}
	if got.header(t, "subject") != first.header(t, "subject") || got.header(t, "reply-to") != first.header(t, "reply-to") {
		t.Error("subject or address changed within the thread")
	}
}

// file keeps bytes as an upload does.
func (h *mailHouse) file(t *testing.T, name, kind string, data []byte) tickets.File {
	t.Helper()
	blob, size, err := h.srv.Files.Put(t.Context(), bytes.NewReader(data))
	mailMust(t, err)
	return tickets.File{Name: name, Type: kind, Size: size, Blob: blob}
}
