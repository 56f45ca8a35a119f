package read

import (
	"bytes"
	"net/mail"
	"regexp"
	"strings"
	"time"

	"okno/channels"
)

const maxAddresses = 500

// addresses reads every address of a field, however badly it is written.
func (h *header) addresses(name string) []channels.Address {
	var list []channels.Address
	for _, value := range h.all(name) {
		for _, piece := range splitAddresses(value) {
			if a := parseAddress(piece); a.ID != "" && len(list) < maxAddresses {
				list = append(list, a)
			}
		}
	}
	return list
}

// splitAddresses splits a list at commas and semicolons that stand outside of
// quotation marks, comments and angle brackets, and opens groups.
func splitAddresses(value []byte) [][]byte {
	var pieces [][]byte
	start, quoted, angle, comment := 0, false, false, 0
	for i := 0; i < len(value); i++ {
		c := value[i]
		switch {
		case c == '\\':
			i++
		case c == '"' && comment == 0:
			quoted = !quoted
		case quoted:
		case c == '(':
			comment++
		case c == ')' && comment > 0:
			comment--
		case comment > 0:
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case (c == ',' || c == ';') && !angle:
			pieces = append(pieces, value[start:i])
			start = i + 1
		case c == ':' && !angle && bytes.IndexByte(value[start:i], '@') < 0:
			start = i + 1 // the name of a group (RFC 5322 section 3.4)
		}
	}
	return append(pieces, value[start:])
}

// bareAddress finds an address in text.
var bareAddress = regexp.MustCompile(`[^\s<>()\[\]",;:@]+@[^\s<>()\[\]",;:@]+`)

// parseAddress reads one mailbox.
func parseAddress(piece []byte) channels.Address {
	var name, spec []byte
	if open := bytes.LastIndexByte(piece, '<'); open >= 0 {
		name = piece[:open]
		spec, _, _ = bytes.Cut(piece[open+1:], []byte(">"))
	} else {
		found := bareAddress.FindIndex(piece)
		if found == nil {
			return channels.Address{}
		}
		spec = piece[found[0]:found[1]]
		name = append(append([]byte{}, piece[:found[0]]...), piece[found[1]:]...)
	}
	id := addressID(spec)
	return channels.Address{Network: "email", ID: id, Name: displayName(name, id)}
}

// addressID is an address in the form in which two are compared.
func addressID(spec []byte) string {
	text, _ := decodeHeader(bytes.TrimSpace(spec))
	text = strings.ToLower(strings.ReplaceAll(cleanLine(text), " ", ""))
	text = strings.TrimPrefix(text, "mailto:")
	if at := strings.LastIndexByte(text, '@'); at < 1 || at == len(text)-1 || len(text) > 320 {
		return ""
	}
	return text
}

// displayName decodes a name; one that only repeats the address is none.
func displayName(name []byte, id string) string {
	name = bytes.TrimSpace(name)
	text, _ := decodeHeader(name)
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, `"`) {
		text = unquoteValue(text)
	}
	text = strings.Trim(cleanLine(text), ` "'()`)
	if strings.EqualFold(text, id) {
		return ""
	}
	return text
}

// delivered lists the envelope recipients that servers on the way wrote down.
func (h *header) delivered() []string {
	var list []string
	for _, name := range []string{"Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"} {
		for _, a := range h.addresses(name) {
			list = appendNew(list, a.ID)
		}
	}
	for _, value := range h.all("Received") {
		if m := receivedFor.FindSubmatch(value); m != nil {
			list = appendNew(list, addressID(m[1]))
		}
	}
	return list
}

// receivedFor finds the recipient in a trace line (RFC 5321 section 4.4).
var receivedFor = regexp.MustCompile(`(?i)\sfor\s+<?([^\s<>;]+@[^\s<>;]+?)>?(?:;|\s|$)`)

func appendNew(list []string, s string) []string {
	for _, known := range list {
		if known == s {
			return list
		}
	}
	if s == "" {
		return list
	}
	return append(list, s)
}

// messageID finds ids in angle brackets.
var messageID = regexp.MustCompile(`<([^<>\s]{1,998})>`)

const maxIDs = 200

// ids reads the message ids of a field, without brackets.
func (h *header) ids(name string) []string {
	var list []string
	for _, value := range h.all(name) {
		value = bytes.ReplaceAll(value, []byte("> <"), []byte("><"))
		found := messageID.FindAllSubmatch(value, maxIDs)
		for _, m := range found {
			list = appendNew(list, cleanLine(string(m[1])))
		}
		if bare := bytes.TrimSpace(value); len(found) == 0 && bytes.IndexByte(bare, '@') > 0 && !bytes.ContainsAny(bare, " <>") {
			list = appendNew(list, cleanLine(string(bare)))
		}
	}
	return list
}

// date reads when the sender says the mail was written, or when the nearest
// server took it; zero when neither can be read.
func (h *header) date() time.Time {
	if t, ok := parseDate(h.text("Date")); ok {
		return t
	}
	for _, value := range h.all("Received") {
		if at := bytes.LastIndexByte(value, ';'); at >= 0 {
			if t, ok := parseDate(cleanLine(string(value[at+1:]))); ok {
				return t
			}
		}
	}
	return time.Time{}
}

// parseDate reads the forms of RFC 5322 and those that mailers write instead.
func parseDate(s string) (time.Time, bool) {
	if s == "" || len(s) > 100 {
		return time.Time{}, false
	}
	if t, err := mail.ParseDate(s); err == nil {
		return sane(t)
	}
	for _, layout := range []string{
		time.RFC3339, time.ANSIC, time.UnixDate, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05",
		"Mon, 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05", "Mon, 2 Jan 2006 15:04 -0700",
		"Mon Jan 2 15:04:05 2006 -0700", "02.01.2006 15:04:05",
	} {
		if t, err := time.Parse(layout, s); err == nil {
			return sane(t)
		}
	}
	return time.Time{}, false
}

// sane refuses years that RFC 3339 cannot write.
func sane(t time.Time) (time.Time, bool) {
	return t, t.Year() >= 1970 && t.Year() <= 9999
}
