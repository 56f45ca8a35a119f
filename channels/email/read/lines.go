package read

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// end says where a part stopped: at a boundary line of the multipart on some
// level of the stack, or (level -1) at the end of the mail.
type end struct {
	level   int
	closing bool // the boundary line that ends the whole multipart
}

// lines reads a mail line by line and stops at every boundary that is open.
type lines struct {
	src    *bufio.Reader
	bounds []string // open boundaries, outermost first
	queue  [][]byte // lines given back
	at     *end     // set while standing at a boundary
	inside bool     // the next fragment continues a line
	err    error    // failure of the source other than its end
}

const lineBuffer = 64 << 10 // longer lines come in fragments

func newLines(r io.Reader) *lines {
	src := bufio.NewReaderSize(r, lineBuffer)
	head, _ := src.Peek(4096)
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		src = bufio.NewReaderSize(&oldMac{src}, lineBuffer)
	}
	return &lines{src: src}
}

// next gives the next line with its line end, valid until the following call,
// or false at a boundary or the end of the mail.
func (l *lines) next() ([]byte, bool) {
	line, more := l.take()
	if !more {
		return nil, false
	}
	if !l.inside {
		if at := l.boundary(line); at != nil {
			l.at = at
			return nil, false
		}
	}
	l.inside = line[len(line)-1] != '\n'
	return line, true
}

// take gives a line that was given back, or one of the source.
func (l *lines) take() ([]byte, bool) {
	if len(l.queue) > 0 {
		line := l.queue[0]
		l.queue = l.queue[1:]
		return line, true
	}
	if l.at != nil {
		return nil, false
	}
	line, err := l.src.ReadSlice('\n')
	if len(line) == 0 {
		l.stop(err)
	}
	return line, len(line) > 0
}

func (l *lines) stop(err error) {
	l.at = &end{level: -1}
	if !errors.Is(err, io.EOF) {
		l.err = err
	}
}

// boundary compares a line with the open boundaries, the innermost first.
func (l *lines) boundary(line []byte) *end {
	if len(l.bounds) == 0 || !bytes.HasPrefix(line, []byte("--")) {
		return nil
	}
	text := bytes.TrimRight(line[2:], " \t\r\n")
	for level := len(l.bounds) - 1; level >= 0; level-- {
		switch string(text) {
		case l.bounds[level]:
			return &end{level: level}
		case l.bounds[level] + "--":
			return &end{level: level, closing: true}
		}
	}
	return nil
}

// skip reads on to the next boundary and answers it.
func (l *lines) skip() end {
	for {
		if _, more := l.next(); !more {
			return *l.at
		}
	}
}

// pass steps over the boundary at which the reader stands; the end of the mail
// stays where it is.
func (l *lines) pass() {
	if l.at != nil && l.at.level >= 0 {
		l.at = nil
		l.inside = false
	}
}

// open pushes a boundary and answers its level.
func (l *lines) open(boundary string) int {
	l.bounds = append(l.bounds, boundary)
	return len(l.bounds) - 1
}

// unread gives lines back, to be read before anything else.
func (l *lines) unread(given [][]byte) {
	l.queue = append(given, l.queue...)
	l.inside = false
}

// body is the content of one part as a stream. The line end before a boundary
// belongs to the boundary (RFC 2046 section 5.1.1).
type body struct {
	lines  *lines
	held   []byte // line end that may belong to a boundary
	rest   []byte // of the buffer, not yet read
	buffer []byte
}

// Read implements io.Reader.
func (b *body) Read(p []byte) (int, error) {
	for len(b.rest) == 0 {
		line, more := b.lines.next()
		if !more {
			return b.last(p)
		}
		text := bytes.TrimRight(line, "\r\n")
		b.buffer = append(append(b.buffer[:0], b.held...), text...)
		b.rest = b.buffer
		b.held = append(b.held[:0], line[len(text):]...)
	}
	n := copy(p, b.rest)
	b.rest = b.rest[n:]
	return n, nil
}

func (b *body) last(p []byte) (int, error) {
	if b.lines.at.level >= 0 || len(b.held) == 0 {
		return 0, io.EOF
	}
	n := copy(p, b.held)
	b.held = b.held[n:]
	return n, nil
}

// oldMac turns the bare carriage returns of a mail without line feeds into
// line feeds.
type oldMac struct{ src io.Reader }

// Read implements io.Reader.
func (o *oldMac) Read(p []byte) (int, error) {
	n, err := o.src.Read(p)
	for i, c := range p[:n] {
		if c == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}
