package tnef

import "encoding/binary"

// Property types ([MS-OXCDATA] section 2.11.1).
const (
	kindObject  = 0x000D
	kindString8 = 0x001E
	kindUnicode = 0x001F
	kindBinary  = 0x0102
	multiValued = 0x1000
)

// property is one MAPI property with its first value.
type property struct {
	id, kind uint16
	value    []byte
}

func (p property) text() string {
	if p.kind == kindUnicode {
		return wide(p.value)
	}
	return latin(p.value)
}

// cursor reads little-endian numbers and stops at the end of the data.
type cursor struct {
	data []byte
	bad  bool
}

func (c *cursor) bytes(n int) []byte {
	if n < 0 || n > len(c.data) {
		c.bad, n = true, 0
	}
	value := c.data[:n]
	c.data = c.data[n:]
	return value
}

func (c *cursor) number() uint32 {
	if value := c.bytes(4); len(value) == 4 {
		return binary.LittleEndian.Uint32(value)
	}
	return 0
}

// padded reads n bytes and the padding to a multiple of four.
func (c *cursor) padded(n uint32) []byte {
	value := c.bytes(int(min(n, 1<<31-1)))
	if rest := len(value) % 4; rest > 0 {
		c.bytes(min(4-rest, len(c.data)))
	}
	return value
}

// eachProperty calls visit for every property up to the first broken one.
func eachProperty(data []byte, visit func(property)) {
	c := &cursor{data: data}
	for range c.number() {
		p := c.property()
		if c.bad {
			return
		}
		visit(p)
	}
}

// property reads one property ([MS-OXTNEF] section 2.1.3.5).
func (c *cursor) property() property {
	tag := c.number()
	p := property{id: uint16(tag >> 16), kind: uint16(tag)}
	if p.id >= 0x8000 {
		c.namedProperty()
	}
	many := p.kind&multiValued != 0
	p.kind &^= multiValued
	count := uint32(1)
	if many || variable(p.kind) {
		count = c.number()
	}
	for i := uint32(0); i < count && !c.bad; i++ {
		value := c.value(p.kind)
		if i == 0 {
			p.value = value
		}
	}
	return p
}

// namedProperty skips the GUID and the name of a named property.
func (c *cursor) namedProperty() {
	c.bytes(16)
	if c.number() == 0 {
		c.number()
		return
	}
	c.padded(c.number())
}

func (c *cursor) value(kind uint16) []byte {
	switch {
	case variable(kind):
		return c.padded(c.number())
	case kind == 5 || kind == 6 || kind == 7 || kind == 0x14 || kind == 0x40:
		return c.bytes(8)
	case kind == 0x48:
		return c.bytes(16)
	}
	return c.bytes(4)
}

func variable(kind uint16) bool {
	return kind == kindString8 || kind == kindUnicode || kind == kindBinary || kind == kindObject
}
