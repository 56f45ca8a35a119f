// Package read turns the bytes of one mail into words a desk understands. It
// owns everything a sender can get wrong: broken headers, wrong charsets, open
// boundaries, quoted replies, forwards, bounces, calendars, winmail.dat.
//
// It never fails, panics or hangs: Message reads what can be read and lists
// what was mended in Mail.Warnings. The mail is walked once, line by line, with
// a stack of the boundaries that are open (lines, walker), so the time is
// linear however deep a sender nests, and a part that breaks off keeps what was
// decoded. General MIME readers give a whole mail up for one bad header line,
// which is why the walk is ours; charset names come from go-message. Quotes are
// found by our own table of marks: the libraries for it cut text away, and
// their patterns take quadratic time on a hostile mail.
//
// Attachments are streamed to Options.Keep and never held in memory.
package read

import (
	"errors"
	"fmt"
	"io"
	"time"

	"okno/channels"
)

// Options is what the caller knows and the mail does not.
type Options struct {
	// Keep streams the bytes of one attachment to durable storage and answers
	// its name and size; nil only counts them.
	Keep func(r io.Reader) (blob string, size int64, err error)
}

// Mail is one mail, read. Texts are valid UTF-8 with \n line ends; names,
// subjects and addresses hold no control or bidirectional characters.
type Mail struct {
	From        channels.Address
	ReplyTo     []channels.Address
	To          []channels.Address
	CC          []channels.Address
	DeliveredTo []string // envelope recipients named by Delivered-To, X-Original-To, Envelope-To, Received
	Subject     string
	MessageID   string   // without brackets, empty when the mail has none
	InReplyTo   []string // without brackets
	References  []string // oldest first, without brackets
	Date        time.Time
	Text        string // the whole plain text
	Visible     string // what is shown unfolded
	Quoted      string // what is folded below: quoted mail, signature
	HTML        string // sanitised
	Attachments []channels.File
	Auto        channels.Auto
	Bounce      *channels.Bounce
	Forwarded   *Forwarded
	Language    string // "ru", "en" or ""
	// CharsetGuessed says that some text carried no charset, or a wrong one.
	CharsetGuessed bool
	Warnings       []string // codes, see Texts
	Error          string   // code, set when nothing could be read
	// Err is the first failure of Keep or of the source: the fault is ours, not
	// the sender's, and the mail should be read again later.
	Err error

	header header
}

// Header answers the first value of a header field, decoded and on one line.
func (m *Mail) Header(name string) string { return m.header.text(name) }

// Texts gives the warnings as sentences for people.
func (m *Mail) Texts() []channels.Text {
	texts := make([]channels.Text, 0, len(m.Warnings))
	for _, code := range m.Warnings {
		texts = append(texts, channels.Text{Key: "mailread.warning." + code})
	}
	return texts
}

// Unreadable gives the reason why nothing could be read, or no sentence.
func (m *Mail) Unreadable() channels.Text {
	if m.Error == "" {
		return channels.Text{}
	}
	return channels.Text{Key: "mailread.unreadable." + m.Error}
}

// Message reads one mail. It always answers a Mail.
func Message(r io.Reader, o Options) *Mail { return message(r, o, 0) }

// message reads a mail that lies nested deep inside others.
func message(r io.Reader, o Options, nested int) (m *Mail) {
	m = &Mail{}
	w := &walker{mail: m, options: o, lines: newLines(r), nested: nested}
	defer func() {
		if fault := recover(); fault != nil {
			m.warn("broken")
			m.fail(fmt.Errorf("read mail: %v", fault))
		}
	}()
	m.header = w.readHeader()
	w.part(m.header, 0)
	m.fail(w.lines.err)
	m.envelope()
	w.finish()
	return m
}

// envelope fills what the top header says.
func (m *Mail) envelope() {
	h := m.header
	m.From = first(h.addresses("From"))
	m.sender()
	m.ReplyTo, m.To, m.CC = h.addresses("Reply-To"), h.addresses("To"), h.addresses("Cc")
	m.DeliveredTo = h.delivered()
	m.Subject = h.text("Subject")
	m.MessageID = firstString(h.ids("Message-Id"))
	m.InReplyTo, m.References = h.ids("In-Reply-To"), h.ids("References")
	m.Date = h.date()
	m.CharsetGuessed = m.CharsetGuessed || h.guessed
	if m.CharsetGuessed {
		m.warn("charset_guessed")
	}
}

// sender falls back on other headers when From names nobody.
func (m *Mail) sender() {
	for _, name := range []string{"Sender", "Reply-To", "Return-Path"} {
		if m.From.ID != "" {
			return
		}
		if a := first(m.header.addresses(name)); a.ID != "" {
			a.Name = m.From.Name
			m.From = a
			m.warn("from_missing")
		}
	}
}

// warn remembers a code once.
func (m *Mail) warn(code string) {
	for _, known := range m.Warnings {
		if known == code {
			return
		}
	}
	m.Warnings = append(m.Warnings, code)
}

// fail remembers the first failure that is ours.
func (m *Mail) fail(err error) {
	if m.Err == nil && err != nil && !errors.Is(err, io.EOF) {
		m.Err = err
	}
}

func first(list []channels.Address) channels.Address {
	if len(list) == 0 {
		return channels.Address{}
	}
	return list[0]
}
