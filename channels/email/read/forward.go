package read

import (
	"bytes"
	"io"
	"regexp"
	"strings"

	"okno/channels"
)

// Forwarded is the mail inside a forward.
type Forwarded struct {
	From    channels.Address // who wrote it; the ID may be empty when only a name is given
	Subject string
	Text    string
	// Attached says that it came as a file: its words are not in the mail's own.
	Attached bool
}

const innerBytes = 8 << 20 // of an attached mail that is read, not only kept

var (
	forwardSubject = regexp.MustCompile(`(?i)^\s*(\[[^\]]{1,40}\]\s*)*(fwd?|пересл|переслано|wg|tr|rv|enc|vl|doorst)\s*(\[\d+\])?\s*:`)
	forwardDivider = regexp.MustCompile(`(?i)^[\s*]*(-{2,}\s*(forwarded message|forwarded by .{1,80}|пересланное сообщение|пересылаемое сообщение|перенаправленное сообщение|начало переадресованного сообщения)|begin forwarded message\s*:|начало переадресованного сообщения|начало пересылаемого сообщения)`)
	innerField     = regexp.MustCompile(`^[\s*>]*(?i:(from|от|от кого|subject|тема|sent|date|to|cc|reply-to|отправлено|дата|кому|копия))\s*\*?\s*:\s*\*?\s*(.*)$`)
)

// attachedMail keeps an attached mail as a file and reads it for a forward.
func (w *walker) attachedMail(p part) {
	w.mails++
	var head bytes.Buffer
	content := io.TeeReader(p.content, &limited{buffer: &head, left: innerBytes})
	if p.media.kind = "message/rfc822"; p.name == "" {
		p.name = w.inventName(p.media.kind)
	}
	at := len(w.mail.Attachments)
	w.attach(p, content)
	if w.wants != nil || w.nested > 0 {
		return
	}
	w.wants = message(bytes.NewReader(head.Bytes()), w.options, w.nested+1)
	if subject := fileName(strings.ReplaceAll(w.wants.Subject, "/", "-")); strings.HasPrefix(p.name, "file-") && subject != "" {
		w.mail.Attachments[at].Name = subject + ".eml"
	}
}

// limited keeps the first bytes written to it.
type limited struct {
	buffer *bytes.Buffer
	left   int
}

// Write implements io.Writer.
func (l *limited) Write(p []byte) (int, error) {
	n := min(l.left, len(p))
	l.buffer.Write(p[:n])
	l.left -= n
	return len(p), nil
}

// forwarded finds the mail that this one passes on: an attached one, or one
// quoted below the marks of a forward.
func (w *walker) forwarded() *Forwarded {
	m := w.mail
	if m.Bounce != nil || w.nested > 0 {
		return nil
	}
	if w.wants != nil && w.mails == 1 && m.Auto == channels.AutoNone {
		m.Attachments = append(m.Attachments, w.wants.Attachments...)
		return &Forwarded{From: w.wants.From, Subject: w.wants.Subject, Text: w.wants.Text, Attached: true}
	}
	lines := strings.Split(m.Text, "\n")
	at := forwardStart(lines, forwardSubject.MatchString(m.Subject))
	if at < 0 {
		return nil
	}
	return innerMail(lines[at:])
}

// forwardStart finds the line with the mark, or with a header block when the
// subject says that this is a forward.
func forwardStart(lines []string, bySubject bool) int {
	for i, line := range lines {
		if len(line) < longestMarker && forwardDivider.MatchString(line) {
			return i
		}
		if bySubject && headerBlock(lines[i:]) {
			return i
		}
		if !bySubject && isReplyAbove(line) {
			return -1
		}
	}
	return -1
}

// innerMail reads the header block below the mark, and the text below that.
func innerMail(lines []string) *Forwarded {
	f := &Forwarded{}
	seen, last := false, 0
	for i, line := range lines[:min(len(lines), 20)] {
		found := innerField.FindStringSubmatch(line[:min(len(line), longestMarker)])
		if found == nil {
			if seen && strings.TrimSpace(strings.TrimLeft(line, "> ")) == "" {
				break
			}
			continue
		}
		seen, last = true, i
		f.take(strings.ToLower(found[1]), strings.TrimSpace(strings.Trim(found[2], "* ")))
	}
	if f.From.ID == "" {
		last = f.fromLine(lines)
	}
	if f.From.ID == "" && f.From.Name == "" {
		return nil
	}
	f.Text = unquoteLines(lines[last+1:])
	return f
}

// unquoteLines takes one level of quotation marks off when every line has it.
func unquoteLines(lines []string) string {
	bare := make([]string, 0, len(lines))
	for _, line := range lines {
		if strings.TrimSpace(line) != "" && !isQuoted(line) {
			return strings.TrimSpace(strings.Join(lines, "\n"))
		}
		line = strings.TrimPrefix(strings.TrimLeft(line, " \t"), ">")
		bare = append(bare, strings.TrimPrefix(line, " "))
	}
	return strings.TrimSpace(strings.Join(bare, "\n"))
}

func (f *Forwarded) take(name, value string) {
	switch name {
	case "from", "от", "от кого":
		if f.From.Network == "" {
			f.From = innerAddress(value)
		}
	case "subject", "тема":
		f.Subject = cleanLine(value)
	}
}

// innerAddress reads "Name <a@b>", "Name [mailto:a@b]" and a bare name.
func innerAddress(value string) channels.Address {
	value = strings.NewReplacer("[mailto:", "<", "]", ">", "mailto:", "").Replace(value)
	if before, _, twice := strings.Cut(value, "><"); twice {
		value = before + ">" // <a@b<mailto:a@b>>
	}
	a := parseAddress([]byte(value))
	a.Network = "email"
	if a.ID == "" {
		a.Name = cleanLine(value)
	}
	return a
}

// fromLine reads the sender out of the line below Yandex's mark:
// «03.03.2025, 12:30, "Имя" <a@b>:». It answers the number of that line.
func (f *Forwarded) fromLine(lines []string) int {
	for i, line := range lines[:min(len(lines), 6)] {
		if found := innerSender.FindStringSubmatch(line[:min(len(line), longestMarker)]); found != nil {
			f.From = innerAddress(found[1])
			return i
		}
	}
	return 0
}

var innerSender = regexp.MustCompile(`(?:\d{2}:\d{2}(?::\d{2})?(?:\s*[+-]\d{2}:?\d{2})?,?\s*(?:от\s+)?)("?[^":]{0,100}"?\s*<[^<>\s]+@[^<>\s]+>)\s*:?\s*$`)
