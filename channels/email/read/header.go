package read

import (
	"bytes"
	"strings"
)

const (
	headerBytes  = 1 << 20
	headerFields = 1000
)

// field is one header line, unfolded, its bytes as they came.
type field struct {
	name  string // lower case
	value []byte
}

// header is the header block of a mail or part.
type header struct {
	fields  []field
	guessed bool // some value carried bytes without a charset
}

// readHeader reads a header block up to its blank line and leaves the body.
func (w *walker) readHeader() header {
	block, cut := w.headerLines()
	if cut {
		w.mail.warn("header_size")
	}
	body := headerEnd(block)
	h := header{}
	for _, line := range block[:body] {
		if !h.add(line) {
			w.mail.warn("header_line")
		}
	}
	if body < len(block) {
		w.mail.warn("header_end")
		w.lines.unread(block[body:])
	}
	for _, f := range h.fields {
		_, guessed := decodeHeader(f.value)
		h.guessed = h.guessed || guessed && f.name != "received"
	}
	return h
}

// headerLines collects the lines above the blank one, within the bounds.
func (w *walker) headerLines() (block [][]byte, cut bool) {
	size := 0
	for {
		line, more := w.lines.next()
		if !more || len(bytes.TrimRight(line, "\r\n")) == 0 {
			return block, cut
		}
		size += len(line)
		if size > headerBytes || len(block) > 50*headerFields {
			cut = true
			continue
		}
		block = append(block, bytes.Clone(line))
	}
}

// headerEnd finds where the header ends when the blank line is missing: at a
// line that is no header and has no header below it.
func headerEnd(block [][]byte) int {
	for i := len(block); i > 0; i-- {
		line := block[i-1]
		if fieldName(line) != "" {
			return continued(block, i)
		}
	}
	if len(block) > 0 && !bytes.HasPrefix(block[0], []byte("From ")) {
		return 0
	}
	return len(block)
}

// continued steps over the folded lines of the last header.
func continued(block [][]byte, i int) int {
	for i < len(block) && (folded(block[i]) || endsOpen(block[i-1])) {
		i++
	}
	return i
}

func folded(line []byte) bool { return line[0] == ' ' || line[0] == '\t' }

// endsOpen says that a line ends in a semicolon, so that a parameter follows.
func endsOpen(line []byte) bool { return bytes.HasSuffix(bytes.TrimSpace(line), []byte(";")) }

// fieldName is the lower-case name of a header line, or "".
func fieldName(line []byte) string {
	colon := bytes.IndexByte(line, ':')
	if colon < 1 || colon > 100 {
		return ""
	}
	name := bytes.TrimRight(line[:colon], " \t")
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return ""
		}
	}
	return strings.ToLower(string(name))
}

// add takes one line of the block and says whether it was a header line.
func (h *header) add(line []byte) bool {
	line = bytes.TrimRight(line, "\r\n")
	last := len(h.fields) - 1
	if len(line) == 0 {
		return true
	}
	name := fieldName(line)
	switch {
	case folded(line) && last >= 0, name == "" && last >= 0 && endsOpen(h.fields[last].value):
		h.fields[last].value = append(append(h.fields[last].value, ' '), bytes.TrimSpace(line)...)
	case name == "":
		return bytes.HasPrefix(line, []byte("From ")) && last < 0
	case len(h.fields) < headerFields:
		value := bytes.TrimSpace(line[bytes.IndexByte(line, ':')+1:])
		h.fields = append(h.fields, field{name: name, value: bytes.Clone(value)})
	}
	return true
}

// all answers the raw values of a field in order.
func (h *header) all(name string) [][]byte {
	var values [][]byte
	name = strings.ToLower(name)
	for _, f := range h.fields {
		if f.name == name {
			values = append(values, f.value)
		}
	}
	return values
}

// raw answers the first value that is not empty, as it came.
func (h *header) raw(name string) []byte {
	for _, value := range h.all(name) {
		if len(value) > 0 {
			return value
		}
	}
	return nil
}

// text answers the first value, decoded, on one line, safe to show.
func (h *header) text(name string) string {
	text, _ := decodeHeader(h.raw(name))
	return cleanLine(text)
}

// has says whether the field is there at all.
func (h *header) has(name string) bool { return len(h.all(name)) > 0 }
