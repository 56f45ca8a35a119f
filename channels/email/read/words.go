package read

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode"
)

// word is one encoded word of RFC 2047, its bytes not yet in any charset.
type word struct {
	charset string
	data    []byte
}

// decodeHeader decodes encoded words and raw 8-bit text. Neighbouring words of
// one charset are joined before they are decoded, because many senders split a
// character between two words.
func decodeHeader(value []byte) (text string, guessed bool) {
	var out strings.Builder
	var open *word
	flush := func() {
		if open != nil {
			part, guess := decodeCharset(open.data, open.charset)
			out.WriteString(part)
			guessed, open = guessed || guess, nil
		}
	}
	for len(value) > 0 {
		plain, next, rest := cutWord(value)
		if next == nil || open == nil || len(bytes.TrimSpace(plain)) > 0 {
			flush()
			part, guess := decodeCharset(plain, "")
			out.WriteString(part)
			guessed = guessed || guess
		}
		if next != nil {
			if open != nil && strings.EqualFold(open.charset, next.charset) {
				open.data = append(open.data, next.data...)
			} else {
				flush()
				open = next
			}
		}
		value = rest
	}
	flush()
	return out.String(), guessed
}

// cutWord splits a value at its first encoded word.
func cutWord(value []byte) (plain []byte, w *word, rest []byte) {
	for from := 0; ; {
		start := bytes.Index(value[from:], []byte("=?"))
		if start < 0 {
			return value, nil, nil
		}
		start += from
		if w, n := parseWord(value[start:]); w != nil {
			return value[:start], w, value[start+n:]
		}
		from = start + 2
	}
}

// parseWord reads =?charset?encoding?text?= at the start of s.
func parseWord(s []byte) (*word, int) {
	mark := bytes.IndexByte(s[2:min(len(s), 80)], '?')
	if mark < 1 || len(s) < mark+7 || s[mark+4] != '?' {
		return nil, 0
	}
	charset, _, _ := strings.Cut(string(s[2:2+mark]), "*") // RFC 2231 language
	text := s[mark+5:]
	stop := bytes.Index(text, []byte("?="))
	if stop < 0 {
		return nil, 0
	}
	length := mark + 5 + stop + 2
	switch s[mark+3] {
	case 'B', 'b':
		return &word{charset, unbase64(text[:stop])}, length
	case 'Q', 'q':
		return &word{charset, unquote(text[:stop])}, length
	}
	return nil, 0
}

// unbase64 decodes what can be decoded.
func unbase64(s []byte) []byte {
	kept := s[:0:0]
	for _, c := range s {
		if sextet(c) < 64 {
			kept = append(kept, c)
		}
	}
	if len(kept)%4 == 1 {
		kept = kept[:len(kept)-1] // six bits are no byte
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(kept)))
	n, _ := base64.RawStdEncoding.Decode(out, kept)
	return out[:n]
}

// unquote decodes the Q encoding; a broken escape stays as it is.
func unquote(s []byte) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '_':
			out = append(out, ' ')
		case s[i] == '=' && i+2 < len(s) && hex(s[i+1]) < 16 && hex(s[i+2]) < 16:
			out = append(out, hex(s[i+1])<<4|hex(s[i+2]))
			i += 2
		default:
			out = append(out, s[i])
		}
	}
	return out
}

// cleanLine makes one line that is safe in a header, a list and a log: no
// control characters, nothing that changes the direction of text.
func cleanLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case unicode.IsControl(r), turns(r), r == '\ufeff':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.Join(strings.Fields(s), " ")
}

// turns says that a character changes the direction of the text around it.
func turns(r rune) bool {
	return r == '\u061c' || r == '\u200e' || r == '\u200f' ||
		r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069'
}

// cleanText makes running text: valid UTF-8, \n line ends, no control
// characters besides tab.
func cleanText(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) || r == '\ufeff' || r >= '\u202a' && r <= '\u202e' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}
