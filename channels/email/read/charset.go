package read

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-message/charset"
	"github.com/gogs/chardet"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decodeCharset turns bytes into valid UTF-8: by the label, else as UTF-8 when
// they are that, else by detection, else as Western European. guessed says
// that the label did not settle it.
func decodeCharset(data []byte, label string) (text string, guessed bool) {
	label = normalLabel(label)
	if isASCII(data) && !statefulLabel(label) {
		return string(data), false
	}
	if bom := byOrderMark(data); bom != "" {
		label = bom
	}
	if label == "utf-8" || label == "" {
		if utf8.Valid(data) {
			return string(data), false
		}
		return guess(data), true
	}
	if mislabelled(data, label) {
		return string(data), true
	}
	if text, ok := decodeAs(data, label); ok {
		return text, false
	}
	if utf8.Valid(data) {
		return string(data), true
	}
	return guess(data), true
}

// mislabelled says that bytes under a single-byte label are UTF-8: text in such
// a charset hardly ever makes valid sequences, and never several.
func mislabelled(data []byte, label string) bool {
	single := strings.HasPrefix(label, "iso-8859") || strings.HasPrefix(label, "windows-12") || strings.HasPrefix(label, "koi8") || label == "ibm866"
	return single && utf8.Valid(data) && len(data)-utf8.RuneCount(data) >= 3
}

// normalLabel cleans the name of a charset and drops those that say nothing.
func normalLabel(label string) string {
	label = strings.Trim(strings.ToLower(strings.TrimSpace(label)), `"'`)
	switch label {
	case "us-ascii", "ascii", "unknown", "unknown-8bit", "x-unknown", "8bit", "binary", "default", "none", "utf8":
		return ""
	case "koi8r", "koi-8", "koi8":
		return "koi8-r"
	case "cp1251", "win-1251", "windows1251", "win1251", "1251", "cp-1251", "x-cp1251", "windows-cp1251":
		return "windows-1251"
	case "cp866", "dos", "dos-866", "alt", "866":
		return "ibm866"
	}
	return label
}

func isASCII(data []byte) bool {
	for _, c := range data {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// statefulLabel names the charsets that spell foreign letters in ASCII bytes.
func statefulLabel(label string) bool {
	return strings.HasPrefix(label, "utf-7") || strings.HasPrefix(label, "iso-2022") ||
		strings.HasPrefix(label, "utf-16") || strings.HasPrefix(label, "utf-32") || label == "hz-gb-2312"
}

func byOrderMark(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		return "utf-8"
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return "utf-16le"
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "utf-16be"
	}
	return ""
}

// decodeAs decodes by name; false when nobody knows the name, or when the bytes
// are plainly something else.
func decodeAs(data []byte, label string) (string, bool) {
	if label == "utf-16" {
		out, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Bytes(data)
		return string(out), err == nil
	}
	r, err := charset.Reader(label, bytes.NewReader(data))
	if err != nil {
		return "", false
	}
	out, err := io.ReadAll(r)
	if err != nil || bytes.Count(out, []byte("\ufffd"))*10 > len(out) {
		return "", false
	}
	return string(out), true
}

const sampleBytes = 8 << 10

// guess decodes bytes of an unknown charset. Russian single-byte charsets come
// first: they are the ones people here lose the label of, and detectors made
// for long texts confuse them in short ones.
func guess(data []byte) string {
	sample := data[:min(len(data), sampleBytes)]
	if enc := cyrillic(sample); enc != nil {
		return decodeMap(data, enc)
	}
	if mostlyUTF8(sample) {
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	best, err := chardet.NewTextDetector().DetectBest(sample)
	if err == nil && best.Confidence >= 30 && multibyte(best.Charset) {
		if text, ok := decodeAs(data, strings.ToLower(best.Charset)); ok {
			return text
		}
	}
	return decodeMap(data, charmap.Windows1252)
}

// multibyte names the charsets whose detection can be trusted: their bytes come
// in patterns that no Western text has.
func multibyte(name string) bool {
	switch name {
	case "Shift_JIS", "EUC-JP", "EUC-KR", "Big5", "GB-18030", "GB18030", "ISO-2022-JP", "ISO-2022-KR", "UTF-16BE", "UTF-16LE":
		return true
	}
	return false
}

// mostlyUTF8 says that a text is UTF-8 with a few broken bytes.
func mostlyUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return good > 2*bad
}

func decodeMap(data []byte, enc *charmap.Charmap) string {
	var out strings.Builder
	out.Grow(len(data))
	for _, c := range data {
		out.WriteRune(enc.DecodeByte(c))
	}
	return out.String()
}
