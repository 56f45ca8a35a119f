package email

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
)

var (
	foldPattern      = regexp.MustCompile(`\r?\n[ \t]+`)
	messageIDPattern = regexp.MustCompile(`(?im)^message-id:[ \t]*<([^<>\s]+)>`)
	hintPattern      = regexp.MustCompile(`(?im)^(from|subject):[ \t]*(.*?)[ \t\r]*$`)
)

// digest watches a mail stream by and remembers its head and its fingerprint.
type digest struct {
	head  []byte
	ended bool // the header block is complete
	body  hash.Hash
}

// Write implements io.Writer; it never fails.
func (d *digest) Write(b []byte) (int, error) {
	if d.body == nil {
		d.body = sha256.New()
	}
	n := len(b)
	if !d.ended {
		b = d.takeHead(b)
	}
	for _, word := range bytes.Fields(b) {
		d.body.Write(word)
	}
	return n, nil
}

// takeHead keeps the header block and answers what follows it.
func (d *digest) takeHead(b []byte) []byte {
	before := len(d.head)
	d.head = append(d.head, b...)
	from := max(0, before-4)
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if i := bytes.Index(d.head[from:], []byte(end)); i >= 0 {
			cut := from + i + len(end)
			rest := bytes.Clone(d.head[cut:])
			d.head, d.ended = d.head[:cut], true
			return rest
		}
	}
	d.ended = len(d.head) > headLimit
	return nil
}

// object names the content of a mail. The Message-ID alone would lose the second
// of two mails of a sender that always writes the same one; the bytes alone
// differ between two mailboxes that got the same mail. So it is the Message-ID
// with the text, its spaces left out, which travel does not change.
func (d *digest) object() string {
	id := messageIDPattern.FindSubmatch(foldPattern.ReplaceAll(d.head, []byte(" ")))
	if d.body == nil {
		d.body = sha256.New()
	}
	if id == nil {
		d.body.Write(d.head)
		return "sha256:" + hex.EncodeToString(d.body.Sum(nil))
	}
	return "mid:" + string(id[1]) + ":" + hex.EncodeToString(d.body.Sum(nil)[:8])
}

// hint is the sender and the subject in one line.
func (d *digest) hint() string {
	var from, subject string
	for _, m := range hintPattern.FindAllSubmatch(foldPattern.ReplaceAll(d.head, []byte(" ")), -1) {
		if strings.EqualFold(string(m[1]), "from") {
			from = words(m[2])
		} else {
			subject = words(m[2])
		}
	}
	line := strings.TrimSpace(from + " · " + subject)
	for len(line) > 200 || !utf8.ValidString(line) {
		line = strings.ToValidUTF8(line[:min(200, len(line)-1)], "")
	}
	return line
}

// words decodes RFC 2047 as far as the standard library can.
func words(b []byte) string {
	text, err := (&mime.WordDecoder{}).DecodeHeader(string(b))
	if err != nil {
		text = string(b)
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

// findBody answers the section a FETCH response carries, or nil.
func findBody(msg *imapclient.FetchMessageData) imap.LiteralReader {
	for item := msg.Next(); item != nil; item = msg.Next() {
		if body, ok := item.(imapclient.FetchItemDataBodySection); ok {
			return body.Literal
		}
	}
	return nil
}
