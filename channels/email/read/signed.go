package read

import (
	"bytes"
	"strings"
)

// isSigned finds S/MIME mail whose content is wrapped inside its signature.
func isSigned(p part) bool {
	switch p.media.kind {
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		return !strings.Contains(p.media.params["smime-type"], "enveloped")
	}
	return strings.EqualFold(p.name, "smime.p7m")
}

// signed reads the mail inside a signed-data object (RFC 8551 section 3.5.2)
// as if it stood there itself. The signature is not checked, and is kept.
func (w *walker) signed(p part) {
	data, whole := w.wrapped(p)
	if !whole {
		return
	}
	inner := signedContent(data)
	if inner == nil {
		w.mail.warn("signed_broken")
	} else if w.nested < 3 {
		w.inner(inner)
	}
	w.attach(p, bytes.NewReader(data))
}

// inner walks the parts of an unwrapped mail into this one.
func (w *walker) inner(content []byte) {
	outer, nested := w.lines, w.nested
	w.lines, w.nested = newLines(bytes.NewReader(content)), nested+1
	w.part(w.readHeader(), 1)
	w.lines, w.nested = outer, nested
}

// signedContent walks ContentInfo, SignedData, EncapsulatedContentInfo (RFC
// 5652 section 5) down to the octets; nil when data is anything else.
func signedContent(data []byte) []byte {
	info := element(data)
	kind := element(info.content)
	if info.tag != 0x30 || kind.tag != 0x06 || !bytes.HasSuffix(kind.content, []byte{1, 7, 2}) {
		return nil
	}
	body := element(element(kind.rest).content) // [0] EXPLICIT SignedData
	if body.tag != 0x30 {
		return nil
	}
	algorithms := element(element(body.content).rest)
	encapsulated := element(algorithms.rest)
	return octets(element(element(encapsulated.content).rest).content, 0)
}

// octets joins the pieces of an octet string, which BER allows to be nested.
func octets(data []byte, depth int) []byte {
	e := element(data)
	switch {
	case e.tag == 0x04:
		return e.content
	case e.tag != 0x24 || depth > 10:
		return nil
	}
	var out []byte
	for rest := e.content; len(rest) > 0; {
		piece := element(rest)
		if piece.tag == 0 {
			break
		}
		out = append(out, octets(rest, depth+1)...)
		rest = piece.rest
	}
	return out
}

// ber is one element of ASN.1.
type ber struct {
	tag           byte
	content, rest []byte
}

// element reads the first element; the zero one when it is broken.
func element(data []byte) ber {
	if len(data) < 2 {
		return ber{}
	}
	tag, length, data := data[0], int(data[1]), data[2:]
	if length == 0x80 {
		return indefinite(tag, data)
	}
	if length > 0x80 {
		n := length - 0x80
		if n > 4 || n > len(data) {
			return ber{}
		}
		length = 0
		for _, b := range data[:n] {
			length = length<<8 | int(b)
		}
		data = data[n:]
	}
	length = min(length, len(data))
	return ber{tag, data[:length], data[length:]}
}

// indefinite finds the end of an element by stepping over those inside it.
func indefinite(tag byte, data []byte) ber {
	depth, rest := 1, data
	for len(rest) >= 2 {
		switch {
		case rest[0] == 0 && rest[1] == 0:
			depth--
			if depth == 0 {
				return ber{tag, data[:len(data)-len(rest)], rest[2:]}
			}
			rest = rest[2:]
		case rest[1] == 0x80:
			depth++
			rest = rest[2:]
		default:
			rest = element(rest).rest
		}
	}
	return ber{tag, data, nil}
}
