package read

import (
	"bytes"
	"io"
	"strings"
)

const (
	maxDepth = 20
	maxParts = 500
	maxText  = 4 << 20 // bytes of all text together; what is longer becomes a file
)

// walker goes through the parts of one mail in the order in which they stand.
type walker struct {
	mail    *Mail
	options Options
	lines   *lines
	nested  int // mails around this one
	parts   int
	taken   int // bytes of text so far

	sections []*section
	choice   *section // open multipart/alternative
	wants    *Mail    // the first attached mail
	mails    int      // attached mails
	report   report
}

// part reads one part, header already read, up to the boundary that ends it.
func (w *walker) part(h header, depth int) end {
	w.parts++
	ct, disposition := parseMedia(h.raw("Content-Type")), parseMedia(h.raw("Content-Disposition"))
	switch {
	case w.parts > maxParts:
		w.mail.warn("parts")
		return w.lines.skip()
	case strings.HasPrefix(ct.kind, "multipart/") && disposition.kind != "attachment" && depth < maxDepth:
		return w.multipart(h, ct, depth)
	case strings.HasPrefix(ct.kind, "multipart/") && depth >= maxDepth:
		w.mail.warn("depth")
	}
	w.leaf(h, ct, disposition, depth)
	return w.lines.skip()
}

// multipart reads the parts between the boundary lines of one level.
func (w *walker) multipart(h header, ct media, depth int) end {
	boundary := strings.TrimRight(ct.params["boundary"], " \t")
	if boundary == "" {
		boundary = w.guessBoundary()
	}
	if boundary == "" {
		w.mail.warn("boundary_missing")
		w.leaf(h, media{kind: "text/plain", params: ct.params}, media{}, depth)
		return w.lines.skip()
	}
	outer := w.choice
	if ct.kind == "multipart/alternative" && outer == nil {
		w.choice = w.addSection()
	}
	at := w.between(w.lines.open(boundary), ct, depth)
	w.choice = outer
	return at
}

// between reads the preamble, the parts and the epilogue of a multipart.
func (w *walker) between(level int, ct media, depth int) end {
	at := w.preamble(level)
	for at.level == level && !at.closing {
		w.lines.pass()
		h := w.readHeader()
		if ct.kind == "multipart/digest" && !h.has("Content-Type") {
			h.fields = append(h.fields, field{"content-type", []byte("message/rfc822")})
		}
		at = w.part(h, depth+1)
	}
	w.lines.bounds = w.lines.bounds[:level]
	if at.level < level {
		w.mail.warn("boundary_open")
		return at
	}
	w.lines.pass()
	return w.lines.skip()
}

// preamble skips what stands above the first boundary; when no boundary
// follows at all it is the text.
func (w *walker) preamble(level int) end {
	var text bytes.Buffer
	_, _ = io.Copy(&text, io.LimitReader(&body{lines: w.lines}, 1<<20))
	at := w.lines.skip()
	if at.level < level && strings.TrimSpace(text.String()) != "" {
		w.mail.warn("boundary_missing")
		w.addText(text.Bytes(), media{kind: "text/plain"})
	}
	return at
}

// guessBoundary takes the first line that looks like a boundary.
func (w *walker) guessBoundary() string {
	var seen [][]byte
	found := ""
	for found == "" && len(seen) < 50 {
		line, more := w.lines.next()
		if !more {
			break
		}
		seen = append(seen, bytes.Clone(line))
		if text := bytes.TrimRight(line, " \t\r\n"); bytes.HasPrefix(text, []byte("--")) && len(text) > 6 && len(text) < 200 {
			found = string(text[2:])
		}
	}
	w.lines.unread(seen)
	return found
}

// leaf reads a part that holds content.
func (w *walker) leaf(h header, ct, disposition media, depth int) {
	content := transfer(string(h.raw("Content-Transfer-Encoding")), &body{lines: w.lines}, func() { w.mail.warn("encoding_broken") })
	p := part{header: h, media: ct, content: content, depth: depth, name: partName(ct, disposition)}
	p.contentID = strings.Trim(h.text("Content-Id"), "<> ")
	p.attached = disposition.kind == "attachment" || p.name != "" && (disposition.kind != "inline" || isText(ct.kind)) && depth > 0
	w.handle(p)
}

// part is one leaf on its way to the text or the attachments.
type part struct {
	header    header
	media     media
	content   io.Reader
	name      string
	contentID string
	attached  bool // a file, whatever its type
	depth     int
}

// partName takes the name of a part from either header.
func partName(ct, disposition media) string {
	if name := fileName(disposition.params["filename"]); name != "" {
		return name
	}
	return fileName(ct.params["name"])
}

func isText(kind string) bool {
	return kind == "" || kind == "text/plain" || kind == "text/html" || kind == "text" || !strings.Contains(kind, "/")
}

// handle gives a part to whoever reads its type.
func (w *walker) handle(p part) {
	kind := p.media.kind
	switch {
	case kind == "message/delivery-status":
		w.deliveryStatus(p)
	case kind == "text/rfc822-headers" || kind == "message/rfc822-headers":
		w.returnedHeaders(p)
	case kind == "message/rfc822" || kind == "message/global":
		w.attachedMail(p)
	case isTNEF(p):
		w.tnef(p)
	case isSigned(p):
		w.signed(p)
	case kind == "text/calendar" || kind == "application/ics":
		w.calendar(p)
	case isText(kind) && !p.attached:
		w.text(p)
	default:
		w.attach(p, p.content)
	}
}
