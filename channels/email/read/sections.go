package read

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"okno/channels"
	"okno/channels/sanitise"
)

// section is one piece of the body; the parts of a multipart/alternative are
// one piece told in several ways.
type section struct {
	plain string
	html  string
	extra string // calendar summaries, shown above
}

func (w *walker) addSection() *section {
	s := &section{}
	w.sections = append(w.sections, s)
	return s
}

// text reads a part that a person reads. What is longer than the budget
// becomes a file, whole.
func (w *walker) text(p part) {
	limit := maxText - w.taken
	data, err := io.ReadAll(io.LimitReader(p.content, int64(limit)+1))
	w.mail.fail(err)
	if len(data) > limit {
		w.mail.warn("text_long")
		if p.name == "" {
			p.name = "message" + map[bool]string{true: ".html", false: ".txt"}[p.media.kind == "text/html"]
		}
		w.attach(p, io.MultiReader(bytes.NewReader(data), p.content))
		return
	}
	w.taken += len(data)
	w.addText(data, p.media)
}

// addText decodes the bytes of a text part and files them in their section.
func (w *walker) addText(data []byte, m media) {
	label := m.params["charset"]
	if label == "" && m.kind == "text/html" {
		label = metaCharset(data)
	}
	text, guessed := decodeCharset(data, label)
	w.mail.CharsetGuessed = w.mail.CharsetGuessed || guessed
	text = cleanText(text)
	s := w.choice
	if s == nil {
		s = w.addSection()
	}
	if m.kind == "text/html" {
		s.html = joinNonEmpty(s.html, text, "\n")
		return
	}
	if strings.EqualFold(m.params["format"], "flowed") {
		text = unflow(text, strings.EqualFold(m.params["delsp"], "yes"))
	}
	s.plain = joinNonEmpty(s.plain, strings.TrimRight(text, "\n"), "\n\n")
}

func joinNonEmpty(a, b, between string) string {
	if strings.TrimSpace(a) == "" {
		return b
	}
	if strings.TrimSpace(b) == "" {
		return a
	}
	return a + between + b
}

// attach streams a part to storage and lists it.
func (w *walker) attach(p part, content io.Reader) {
	f := channels.File{Name: p.name, Type: fileType(p.media.kind), ContentID: p.contentID}
	f.Inline = p.contentID != "" && !p.attached || p.contentID != "" && strings.HasPrefix(f.Type, "image/")
	if f.Name == "" {
		f.Name = w.inventName(f.Type)
	}
	f.Blob, f.Size = w.keep(content)
	w.mail.Attachments = append(w.mail.Attachments, f)
}

// keep stores bytes, or counts them when nobody wants them.
func (w *walker) keep(content io.Reader) (blob string, size int64) {
	var err error
	if w.options.Keep == nil {
		size, err = io.Copy(io.Discard, content)
	} else {
		blob, size, err = w.options.Keep(content)
	}
	w.mail.fail(err)
	return blob, size
}

func fileType(kind string) string {
	if !strings.Contains(kind, "/") || strings.ContainsAny(kind, " \"<>\\") || len(kind) > 100 {
		return "application/octet-stream"
	}
	return cleanLine(kind)
}

// inventName names a nameless file by its number and type.
func (w *walker) inventName(kind string) string {
	endings := map[string]string{
		"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "application/pdf": ".pdf", "text/html": ".html",
		"text/plain": ".txt", "text/rfc822-headers": ".txt", "text/calendar": ".ics", "message/rfc822": ".eml", "text/csv": ".csv",
		"application/pgp-signature": ".asc", "application/pkcs7-signature": ".p7s", "application/pkcs7-mime": ".p7m",
	}
	ending, known := endings[kind]
	if !known {
		ending = ".bin"
	}
	return "file-" + strconv.Itoa(len(w.mail.Attachments)+1) + ending
}

// finish puts the text together once every part was read.
func (w *walker) finish() {
	m := w.mail
	var text, html string
	cut := -1
	rich := w.hasHTML()
	for _, s := range w.sections {
		plain := s.plain
		if strings.TrimSpace(plain) == "" && s.html != "" {
			var at int
			if plain, at = htmlText(s.html); at >= 0 && cut < 0 {
				cut = len(text) + at
				if text != "" {
					cut += len("\n\n")
				}
			}
		}
		text = joinNonEmpty(text, joinNonEmpty(s.extra, plain, "\n\n"), "\n\n")
		if rich {
			html = joinNonEmpty(html, s.asHTML(), "\n")
		}
	}
	m.Text = strings.Trim(text, "\n")
	if rich {
		m.HTML = sanitise.HTML(html)
	}
	w.judge(cut)
}

func (w *walker) hasHTML() bool {
	for _, s := range w.sections {
		if s.html != "" {
			return true
		}
	}
	return false
}

// asHTML shows a section among others that have HTML.
func (s *section) asHTML() string {
	html := s.html
	if html == "" {
		html = escapeText(s.plain)
	}
	if s.extra != "" {
		html = escapeText(s.extra) + html
	}
	return html
}

func escapeText(text string) string {
	text = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;").Replace(text)
	return "<p>" + strings.ReplaceAll(text, "\n", "<br>") + "</p>"
}

// judge reads the meaning out of the finished text: bounce, automatic,
// forward, quote, language.
func (w *walker) judge(cut int) {
	m := w.mail
	if m.Bounce = w.bounce(); m.Bounce != nil {
		m.Auto = channels.AutoBounce
	} else {
		m.Auto = m.automatic()
	}
	m.Forwarded = w.forwarded()
	m.fold(cut)
	m.Language = language(m.Subject + "\n" + m.Visible)
	if len(m.header.fields) == 0 && m.Text == "" && len(m.Attachments) == 0 {
		m.Error = "empty"
	} else if m.From.ID == "" && !m.known() {
		m.Error = "not_mail"
		if m.CharsetGuessed {
			m.Text, m.Visible, m.Quoted, m.Language = "", "", "", "" // bytes, not words
		}
	}
}

// known says that at least one header belongs to a mail.
func (m *Mail) known() bool {
	for _, name := range []string{"From", "To", "Subject", "Date", "Message-Id", "Received", "Return-Path", "Content-Type", "Mime-Version", "Delivered-To", "X-Original-To"} {
		if m.header.has(name) {
			return true
		}
	}
	return false
}
