package read

import (
	"bufio"
	"bytes"
	"io"
	"strings"
)

// transfer undoes a Content-Transfer-Encoding. Broken input is decoded as far
// as it goes; flaw is called once when something had to be guessed.
func transfer(encoding string, src io.Reader, flaw func()) io.Reader {
	switch strings.Trim(strings.ToLower(encoding), ` ";`) {
	case "base64":
		b := &base64Reader{src: bufio.NewReader(src), flaw: flaw}
		if head, _ := b.src.Peek(256); looksPlain(head) {
			flaw()
			return b.src
		}
		return b
	case "quoted-printable":
		return &quotedReader{src: bufio.NewReader(src), flaw: flaw}
	case "x-uuencode", "uuencode", "x-uue":
		return &uuReader{src: bufio.NewReaderSize(src, 4096)}
	}
	return src
}

// looksPlain says that text labelled base64 was never encoded: it has words.
func looksPlain(head []byte) bool {
	words := 0
	for _, line := range bytes.Split(head, []byte("\n")) {
		words += bytes.Count(bytes.TrimSpace(line), []byte(" "))
	}
	return words*20 > len(head)
}

// sextet is the value of a base64 letter, 64 for padding and 65 for the rest.
func sextet(c byte) byte {
	switch {
	case c >= 'A' && c <= 'Z':
		return c - 'A'
	case c >= 'a' && c <= 'z':
		return c - 'a' + 26
	case c >= '0' && c <= '9':
		return c - '0' + 52
	case c == '+' || c == '-':
		return 62
	case c == '/' || c == '_':
		return 63
	case c == '=':
		return 64
	}
	return 65
}

// base64Reader skips foreign letters and goes on after padding, as several
// encoded pieces are sometimes glued together.
type base64Reader struct {
	src   *bufio.Reader
	flaw  func()
	bits  uint32
	have  int // sextets in bits
	done  bool
	spare []byte // decoded, not yet read
}

// Read implements io.Reader.
func (b *base64Reader) Read(p []byte) (int, error) {
	if len(p) < 3 || len(b.spare) > 0 {
		return b.short(p)
	}
	n := 0
	for n+3 <= len(p) && !b.done {
		c, err := b.src.ReadByte()
		v := sextet(c)
		switch {
		case err != nil:
			b.done = true
			n += b.flush(p[n:])
		case v == 64:
			n += b.flush(p[n:])
		case v < 64:
			b.bits, b.have = b.bits<<6|uint32(v), b.have+1
			if b.have == 4 {
				p[n], p[n+1], p[n+2] = byte(b.bits>>16), byte(b.bits>>8), byte(b.bits)
				n, b.have = n+3, 0
			}
		case c > ' ':
			b.flaw()
		}
	}
	if n == 0 && b.done {
		return 0, io.EOF
	}
	return n, nil
}

// short serves buffers smaller than one quantum.
func (b *base64Reader) short(p []byte) (int, error) {
	if len(b.spare) == 0 {
		var three [3]byte
		n, err := b.Read(three[:])
		if n == 0 {
			return 0, err
		}
		b.spare = three[:n]
	}
	n := copy(p, b.spare)
	b.spare = b.spare[n:]
	return n, nil
}

// flush writes the bytes of an unfinished quantum.
func (b *base64Reader) flush(p []byte) int {
	n := 0
	switch b.have {
	case 1:
		b.flaw()
	case 2:
		p[0], n = byte(b.bits>>4), 1
	case 3:
		p[0], p[1], n = byte(b.bits>>10), byte(b.bits>>2), 2
	}
	b.have = 0
	return n
}

// hex is the value of a hexadecimal digit, 16 for anything else.
func hex(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	}
	return 16
}

// quotedReader decodes quoted-printable; an escape that is none stays text.
type quotedReader struct {
	src  *bufio.Reader
	flaw func()
}

// Read implements io.Reader.
func (q *quotedReader) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		c, err := q.src.ReadByte()
		if err != nil {
			if n > 0 {
				return n, nil
			}
			return 0, err
		}
		if c == '=' {
			var keep bool
			if c, keep = q.escape(); !keep {
				continue
			}
		}
		p[n] = c
		n++
	}
	return n, nil
}

// escape reads what follows an equals sign: two digits, or a soft line end.
func (q *quotedReader) escape() (c byte, keep bool) {
	next, _ := q.src.Peek(2)
	if len(next) == 2 && hex(next[0]) < 16 && hex(next[1]) < 16 {
		c = hex(next[0])<<4 | hex(next[1])
		_, _ = q.src.Discard(2)
		return c, true
	}
	line, _ := q.src.Peek(80)
	blank := len(line) - len(bytes.TrimLeft(line, " \t\r"))
	if blank == len(line) || line[blank] == '\n' {
		_, _ = q.src.Discard(min(blank+1, len(line)))
		return 0, false
	}
	q.flaw()
	return '=', true
}

// uuReader decodes uuencoded bytes between "begin" and "end".
type uuReader struct {
	src  *bufio.Reader
	on   bool
	rest []byte
}

// Read implements io.Reader.
func (u *uuReader) Read(p []byte) (int, error) {
	for len(u.rest) == 0 {
		line, err := u.src.ReadSlice('\n')
		text := bytes.TrimRight(line, "\r\n")
		switch {
		case len(line) == 0 && err != nil:
			return 0, io.EOF
		case !u.on:
			u.on = bytes.HasPrefix(text, []byte("begin "))
		case bytes.Equal(text, []byte("end")):
			u.on = false
		case len(text) > 0:
			u.rest = uuLine(text)
		}
	}
	n := copy(p, u.rest)
	u.rest = u.rest[n:]
	return n, nil
}

// uuLine decodes one line: its length, then four letters for three bytes.
func uuLine(line []byte) []byte {
	length := int(line[0]-' ') & 63
	var out []byte
	line = append(bytes.Clone(line), "   "...) // trailing blanks get lost on the way
	for line = line[1:]; len(line) >= 4 && len(out) < length; line = line[4:] {
		a, b, c, d := line[0]-' ', line[1]-' ', line[2]-' ', line[3]-' '
		out = append(out, a<<2|b&63>>4, b<<4|c&63>>2, c<<6|d&63)
	}
	return out[:min(length, len(out))]
}
