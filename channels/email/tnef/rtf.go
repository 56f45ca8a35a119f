package tnef

import (
	"encoding/binary"
	"strconv"
	"strings"
)

const (
	compressed   = 0x75465A4C // "LZFu"
	uncompressed = 0x414C454D // "MELA"
	maxRTF       = 8 << 20
)

// dictionary is what the window holds at the start ([MS-OXRTFCP] section 2.1.2.1).
const dictionary = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript " +
	"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"

// decompress undoes the compression of RTF ([MS-OXRTFCP]).
func decompress(data []byte) ([]byte, error) {
	if len(data) < 16 {
		return nil, ErrFormat
	}
	size := min(binary.LittleEndian.Uint32(data[4:]), maxRTF)
	content := data[16:]
	switch binary.LittleEndian.Uint32(data[8:]) {
	case uncompressed:
		return content[:min(len(content), int(size))], nil
	case compressed:
		return inflate(content, int(size)), nil
	}
	return nil, ErrFormat
}

// inflate copies literals and pieces of a window of 4096 bytes.
func inflate(data []byte, size int) []byte {
	var window [4096]byte
	at := copy(window[:], dictionary)
	out := make([]byte, 0, min(size, 4*len(data)))
	put := func(c byte) {
		out = append(out, c)
		window[at] = c
		at = (at + 1) % len(window)
	}
	for len(data) > 0 {
		flags := data[0]
		data = data[1:]
		for bit := 0; bit < 8 && len(data) > 0 && len(out) < size; bit++ {
			if flags>>bit&1 == 0 {
				put(data[0])
				data = data[1:]
				continue
			}
			if len(data) < 2 {
				return out
			}
			token := binary.BigEndian.Uint16(data)
			data = data[2:]
			from := int(token >> 4)
			if from == at {
				return out // the mark of the end
			}
			for i := range int(token&15) + 2 {
				put(window[(from+i)%len(window)])
			}
		}
		if len(out) >= size {
			return out
		}
	}
	return out
}

// rtfText keeps the words of an RTF document.
func rtfText(rtf []byte) string {
	r := rtfReader{rest: string(rtf)}
	for r.rest != "" {
		r.step()
	}
	return strings.TrimSpace(r.out.String())
}

type rtfReader struct {
	rest   string
	out    strings.Builder
	depth  int
	skip   int // depth of the group whose content is no text; 0 none
	hidden int // characters to leave out behind a Unicode one
}

func (r *rtfReader) step() {
	c := r.rest[0]
	r.rest = r.rest[1:]
	switch c {
	case '{':
		r.depth++
	case '}':
		if r.depth == r.skip {
			r.skip = 0
		}
		r.depth = max(0, r.depth-1)
	case '\\':
		r.control()
	case '\r', '\n':
	default:
		r.letter(string(c))
	}
}

func (r *rtfReader) letter(s string) {
	if r.hidden > 0 {
		r.hidden--
		return
	}
	if r.skip == 0 {
		r.out.WriteString(s)
	}
}

// control reads a control word or symbol.
func (r *rtfReader) control() {
	if r.rest == "" {
		return
	}
	end := 0
	for end < len(r.rest) && end < 32 && (r.rest[end]|0x20 >= 'a' && r.rest[end]|0x20 <= 'z') {
		end++
	}
	if end == 0 {
		r.symbol()
		return
	}
	name, stop := r.rest[:end], end
	for stop < len(r.rest) && stop < end+11 && (r.rest[stop] == '-' && stop == end || r.rest[stop] >= '0' && r.rest[stop] <= '9') {
		stop++
	}
	number, _ := strconv.Atoi(r.rest[end:stop])
	r.rest = strings.TrimPrefix(r.rest[stop:], " ")
	r.word(name, number)
}

func (r *rtfReader) word(name string, number int) {
	switch name {
	case "par", "line", "row":
		r.letter("\n")
	case "tab", "cell":
		r.letter("\t")
	case "u":
		r.letter(string(rune(uint16(number))))
		r.hidden = 1
	case "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "htmltag", "mhtmltag", "generator", "themedata":
		if r.skip == 0 {
			r.skip = max(1, r.depth)
		}
	case "bin":
		r.rest = r.rest[min(len(r.rest), max(0, number)):]
	}
}

// symbol reads a backslash followed by no letter.
func (r *rtfReader) symbol() {
	c := r.rest[0]
	r.rest = r.rest[1:]
	switch c {
	case '\'':
		if len(r.rest) >= 2 {
			if code, err := strconv.ParseUint(r.rest[:2], 16, 8); err == nil {
				r.letter(string([]byte{byte(code)}))
			}
			r.rest = r.rest[2:]
		}
	case '*':
		if r.skip == 0 {
			r.skip = max(1, r.depth)
		}
	case '~':
		r.letter(" ")
	case '\\', '{', '}':
		r.letter(string(c))
	case '\r', '\n':
		r.letter("\n")
	}
}
