package email

import (
	"fmt"
	"mime"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/idna"

	"okno/channels"
)

const (
	maxReferences = 20
	maxSubject    = 400 // runes
	maxName       = 100 // runes
)

// letter is a mail ready to be sent.
type letter struct {
	id         string
	sender     string   // envelope sender
	recipients []string // envelope recipients, the requester first
	targets    []channels.Address
	header     []byte
	body       body
}

// compose makes the letter; the same Outbound makes the same bytes.
func (a *adapter) compose(out channels.Outbound) (*letter, error) {
	l := &letter{id: a.marks().messageID(out), sender: a.address, body: newBody(out)}
	for _, target := range append([]channels.Address{out.To}, out.CC...) {
		address, err := wireAddress(target.ID)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(l.recipients, address) {
			l.recipients, l.targets = append(l.recipients, address), append(l.targets, target)
		}
	}
	var err error
	if l.sender, err = wireAddress(a.address); err != nil {
		return nil, err
	}
	l.header = a.header(out, l)
	return l, nil
}

// header writes the header block without the lines of MIME.
func (a *adapter) header(out channels.Outbound, l *letter) []byte {
	var h headers
	at := out.At
	if at.IsZero() {
		at = a.deps.Clock()
	}
	h.add("Date", at.UTC().Format(time.RFC1123Z))
	h.add("From", mailbox(a.display(out), l.sender))
	h.add("To", mailbox(out.To.Name, l.recipients[0]))
	h.add("Cc", l.copies())
	h.add("Reply-To", a.replyTo(out, l.sender))
	h.add("Subject", encode(subject(out)))
	h.add("Message-ID", "<"+l.id+">")
	h.add("In-Reply-To", brackets(out.InReplyTo))
	h.add("References", references(out))
	h.add(instanceHeader, a.marks().instance())
	if out.Notice {
		h.add("Auto-Submitted", "auto-generated")
		h.add("X-Auto-Response-Suppress", "All")
	}
	h.add("Content-Language", out.Language)
	return h.text
}

// copies lists those who get the letter beside the requester.
func (l *letter) copies() string {
	var list []string
	for i := 1; i < len(l.recipients); i++ {
		list = append(list, mailbox(l.targets[i].Name, l.recipients[i]))
	}
	return strings.Join(list, ", ")
}

// display is the name people see: the agent, and in brackets the desk.
func (a *adapter) display(out channels.Outbound) string {
	switch {
	case out.Author == "" || out.Notice:
		return a.name
	case a.name == "":
		return out.Author
	}
	return out.Author + " (" + a.name + ")"
}

func (a *adapter) replyTo(out channels.Outbound, own string) string {
	if a.plus && out.Ticket > 0 {
		tagged := a.marks().replyAddress(out.Ticket)
		return mailbox(a.name, tagged[:strings.LastIndexByte(tagged, '@')+1]+domain(own))
	}
	return mailbox(a.name, own)
}

// subject is that of the ticket, marked as an answer when it is one, with the
// number for servers that lose everything else.
func subject(out channels.Outbound) string {
	s := strings.TrimSpace(clean(out.Subject, maxSubject))
	if out.InReplyTo != "" && !strings.HasPrefix(strings.ToLower(s), "re:") {
		s = "Re: " + s
	}
	token := fmt.Sprintf("[#%d]", out.Ticket)
	if out.Ticket > 0 && !strings.Contains(s, token) {
		s = strings.TrimSpace(s + " " + token)
	}
	return s
}

// references lists the thread, oldest first: the first mail always stays, and
// of the rest the latest.
func references(out channels.Outbound) string {
	var ids []string
	for _, id := range append(slices.Clone(out.References), out.InReplyTo) {
		if b := brackets(id); b != "" && !slices.Contains(ids, b) {
			ids = append(ids, b)
		}
	}
	if len(ids) > maxReferences {
		ids = slices.Concat(ids[:1], ids[len(ids)-maxReferences+1:])
	}
	return strings.Join(ids, " ")
}

// brackets makes a message id fit for a header, or nothing of what cannot be one.
func brackets(id string) string {
	if id == "" || strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r > '~' || r == '<' || r == '>' }) {
		return ""
	}
	return "<" + id + ">"
}

// mailbox writes an address with its name (RFC 5322 section 3.4). Other letters
// than ASCII take base64, which is shorter: some readers put a space where a name
// breaks into two encoded words.
func mailbox(name, address string) string {
	name = clean(name, maxName)
	if encoded := encode(name); encoded != name {
		return encoded + " " + (&mail.Address{Address: address}).String()
	}
	return (&mail.Address{Name: name, Address: address}).String()
}

// wireAddress makes an address fit for the envelope: a name of a Russian domain
// becomes its ASCII form.
func wireAddress(address string) (string, error) {
	parsed, err := mail.ParseAddress("<" + address + ">")
	if err != nil || strings.ContainsFunc(address, unicode.IsControl) {
		return "", fmt.Errorf("%w: not an address", errBadAddress)
	}
	at := strings.LastIndexByte(parsed.Address, '@')
	host, err := idna.Lookup.ToASCII(parsed.Address[at+1:])
	if err != nil {
		return "", fmt.Errorf("%w: %w", errBadAddress, err)
	}
	return parsed.Address[:at+1] + host, nil
}

// headers is a header block in the making. No value can start a line of its own.
type headers struct{ text []byte }

// add writes one field, folded; an empty value adds nothing.
func (h *headers) add(name, value string) {
	if value == "" {
		return
	}
	line := name + ":"
	for _, word := range strings.Fields(value) {
		if len(line)+1+len(word) > 76 && !strings.HasSuffix(line, ":") {
			h.text = append(h.text, line+"\r\n"...)
			line = ""
		}
		line += " " + word
	}
	h.text = append(h.text, line+"\r\n"...)
}

// encode writes text for a header (RFC 2047); each word is short enough to fold.
func encode(text string) string { return mime.BEncoding.Encode("utf-8", text) }

// clean takes control characters out and cuts at limit runes.
func clean(text string, limit int) string {
	runes := []rune(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD")))
	return strings.Join(strings.Fields(string(runes[:min(len(runes), limit)])), " ")
}
