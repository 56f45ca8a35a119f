// Package tnef decodes the winmail.dat files of Outlook and Exchange
// ([MS-OXTNEF]). It owns the attribute stream, the attached files with their
// long names, and the body as plain text, HTML or compressed RTF
// ([MS-OXRTFCP]). A file that breaks off gives what was decoded before.
package tnef

import (
	"bytes"
	"encoding/binary"
	"errors"
	"unicode/utf16"
)

// File is one attached file.
type File struct {
	Name      string // as Outlook shows it; may be empty, not cleaned
	Type      string // media type, may be empty
	ContentID string
	Data      []byte
}

// Message is what a winmail.dat holds.
type Message struct {
	Text  string // plain text, also when it was made from RTF
	HTML  []byte // as it came; its charset is the code page or its own meta tag
	Files []File
}

// ErrFormat says that the bytes are no TNEF, or break off.
var ErrFormat = errors.New("no complete TNEF stream")

const signature = 0x223E9F78

// Attributes of the stream ([MS-OXTNEF] section 2.1.3.4), level and id.
const (
	attachRender = 0x00069002
	attachTitle  = 0x00018010
	attachData   = 0x0006800F
	attachProps  = 0x00069005
	messageProps = 0x00069003
	messageBody  = 0x0002800C
)

// Decode reads a whole file. It answers what it could read together with
// ErrFormat when the file is damaged.
func Decode(data []byte) (Message, error) {
	var m Message
	if len(data) < 6 || binary.LittleEndian.Uint32(data) != signature {
		return m, ErrFormat
	}
	for data = data[6:]; len(data) >= 11; {
		id := binary.LittleEndian.Uint32(data[1:])
		size := uint64(binary.LittleEndian.Uint32(data[5:]))
		if size+11 > uint64(len(data)) {
			m.take(id, data[9:])
			return m, ErrFormat
		}
		m.take(id, data[9:9+size])
		data = data[size+11:] // level, id, size, value, checksum
	}
	return m, nil
}

// take files one attribute.
func (m *Message) take(id uint32, value []byte) {
	if id == attachRender {
		m.Files = append(m.Files, File{})
		return
	}
	switch id {
	case messageBody:
		m.Text = latin(value)
	case messageProps:
		m.properties(value)
	}
	if len(m.Files) == 0 {
		return
	}
	f := &m.Files[len(m.Files)-1]
	switch id {
	case attachTitle:
		if f.Name == "" {
			f.Name = latin(value)
		}
	case attachData:
		f.Data = value
	case attachProps:
		f.properties(value)
	}
}

// MAPI properties that matter ([MS-OXPROPS]).
const (
	propBody       = 0x1000
	propRTF        = 0x1009
	propHTML       = 0x1013
	propAttachData = 0x3701
	propShortName  = 0x3704
	propLongName   = 0x3707
	propMIMEType   = 0x370E
	propContentID  = 0x3712
	propName       = 0x3001
)

func (m *Message) properties(value []byte) {
	eachProperty(value, func(p property) {
		switch p.id {
		case propBody:
			m.Text = p.text()
		case propHTML:
			m.HTML = p.value
		case propRTF:
			if m.Text == "" {
				if rtf, err := decompress(p.value); err == nil {
					m.Text = rtfText(rtf)
				}
			}
		}
	})
}

func (f *File) properties(value []byte) {
	eachProperty(value, func(p property) {
		switch p.id {
		case propLongName:
			f.Name = p.text()
		case propName, propShortName:
			if f.Name == "" {
				f.Name = p.text()
			}
		case propMIMEType:
			f.Type = p.text()
		case propContentID:
			f.ContentID = p.text()
		case propAttachData:
			if len(f.Data) == 0 && len(p.value) > 16 && p.kind == kindObject {
				f.Data = p.value[16:] // behind the interface id
			}
		}
	})
}

// latin reads a zero-ended text of an old attribute.
func latin(value []byte) string {
	value, _, _ = bytes.Cut(value, []byte{0})
	return string(value)
}

// wide reads UTF-16LE up to its zero.
func wide(value []byte) string {
	units := make([]uint16, 0, len(value)/2)
	for ; len(value) >= 2; value = value[2:] {
		u := binary.LittleEndian.Uint16(value)
		if u == 0 {
			break
		}
		units = append(units, u)
	}
	return string(utf16.Decode(units))
}
