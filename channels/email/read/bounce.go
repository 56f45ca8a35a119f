package read

import (
	"bytes"
	"io"
	"regexp"
	"strings"

	"okno/channels"
)

const reportBytes = 256 << 10

// report is what the parts of a delivery status notification say.
type report struct {
	recipient string
	action    string
	status    string
	detail    string
	original  string // Message-ID of the mail that was returned
	found     bool
}

// deliveryStatus reads a message/delivery-status part (RFC 3464): blocks of
// fields, the first about the message, the others about one recipient each.
func (w *walker) deliveryStatus(p part) {
	data, err := io.ReadAll(io.LimitReader(p.content, reportBytes))
	w.mail.fail(err)
	w.report.found = true
	inner := &walker{mail: &Mail{}, lines: newLines(bytes.NewReader(data))}
	for range 100 {
		h := inner.readHeader()
		if len(h.fields) == 0 && inner.lines.at != nil {
			return
		}
		w.report.recipientBlock(h)
	}
}

// recipientBlock takes the first recipient, and a failed one over a delayed one.
func (r *report) recipientBlock(h header) {
	recipient := h.text("Final-Recipient")
	if recipient == "" {
		recipient = h.text("Original-Recipient")
	}
	action := strings.ToLower(h.text("Action"))
	if recipient == "" || r.recipient != "" && (r.action == "failed" || action != "failed") {
		return
	}
	if _, after, typed := strings.Cut(recipient, ";"); typed {
		recipient = after
	}
	r.recipient, r.action = addressID([]byte(recipient)), action
	r.status = statusCode.FindString(h.text("Status"))
	r.detail = h.text("Diagnostic-Code")
	if _, after, typed := strings.Cut(r.detail, ";"); typed {
		r.detail = strings.TrimSpace(after)
	}
}

// returnedHeaders reads the header of the mail that did not arrive.
func (w *walker) returnedHeaders(p part) {
	data, err := io.ReadAll(io.LimitReader(p.content, reportBytes))
	w.mail.fail(err)
	inner := &walker{mail: &Mail{}, lines: newLines(bytes.NewReader(data))}
	h := inner.readHeader()
	w.report.original = strings.Join(h.ids("Message-Id"), "")
	w.attach(p, io.MultiReader(bytes.NewReader(data), p.content))
}

var (
	statusCode = regexp.MustCompile(`\b[245]\.\d{1,3}\.\d{1,3}\b`)
	smtpCode   = regexp.MustCompile(`\b[45]\d\d[ -]`)
	// qmail, Exim, Exchange and Postfix in their own words.
	bounceWords = regexp.MustCompile(`(?i)I wasn't able to deliver your message|a message that you sent could not be delivered|` +
		`undeliverable|delivery has failed|delivery to the following recipients? failed|mail delivery failed|returned mail|не удалось доставить|не доставлено|delivery status notification|undelivered mail`)
	bracketAddress = regexp.MustCompile(`<([^\s<>]{1,64}@[^\s<>]{1,255})>:?`)
	returnedID     = regexp.MustCompile(`(?im)^[\s>]*message-id:\s*<([^<>\s]{1,998})>`)
)

// bounce says which message of ours did not arrive, or nil.
func (w *walker) bounce() *channels.Bounce {
	r, m := &w.report, w.mail
	if !r.found && !w.plainBounce() {
		return nil
	}
	if !r.found || r.recipient == "" {
		w.guessReport()
	}
	if r.action == "delivered" || r.action == "relayed" || r.action == "expanded" {
		return nil // a receipt, no failure
	}
	b := &channels.Bounce{Original: r.original, Recipient: r.recipient, Status: r.status, Detail: r.detail}
	if b.Original == "" && w.wants != nil {
		b.Original = w.wants.MessageID
	}
	if b.Original == "" {
		b.Original = firstString(append(m.header.ids("In-Reply-To"), m.header.ids("References")...))
	}
	b.Permanent = r.action == "failed" || r.action == "" && !strings.HasPrefix(r.status, "4")
	if strings.HasPrefix(r.status, "4") && r.action != "failed" {
		b.Permanent = false
	}
	return b
}

// plainBounce recognises a report without delivery-status part.
func (w *walker) plainBounce() bool {
	h, m := w.mail.header, w.mail
	if h.has("X-Failed-Recipients") {
		return true
	}
	robot := robotSender.MatchString(m.From.ID) && !strings.Contains(m.From.ID, "reply")
	return robot && (bounceWords.MatchString(m.Subject) || bounceWords.MatchString(m.Text[:min(len(m.Text), 4096)]))
}

// guessReport reads recipient, status and message id out of header and text.
func (w *walker) guessReport() {
	r, text := &w.report, w.mail.Text[:min(len(w.mail.Text), 64<<10)]
	if a := first(w.mail.header.addresses("X-Failed-Recipients")); a.ID != "" {
		r.recipient = a.ID
	} else if found := bracketAddress.FindStringSubmatch(text); found != nil && r.recipient == "" {
		r.recipient = addressID([]byte(found[1]))
	} else if found := bareAddress.FindString(text); r.recipient == "" {
		r.recipient = addressID([]byte(found))
	}
	if r.status == "" {
		r.status = statusCode.FindString(text)
	}
	if r.detail == "" {
		r.detail = detailLine(text)
	}
	if found := returnedID.FindStringSubmatch(text); found != nil && r.original == "" {
		r.original = found[1]
	}
}

// detailLine is the line that carries the other server's code.
func detailLine(text string) string {
	for _, line := range strings.Split(text, "\n") {
		if len(line) < 1000 && (smtpCode.MatchString(line) || statusCode.MatchString(line)) {
			return cleanLine(line)
		}
	}
	return ""
}

func firstString(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
