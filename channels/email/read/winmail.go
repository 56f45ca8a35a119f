package read

import (
	"bytes"
	"io"
	"strings"

	"okno/channels/email/tnef"
)

// maxWrapped is the size up to which a wrapped mail (winmail.dat, S/MIME) is
// opened; it has to be in memory as a whole.
const maxWrapped = 32 << 20

func isTNEF(p part) bool {
	return p.media.kind == "application/ms-tnef" || p.media.kind == "application/vnd.ms-tnef" || strings.EqualFold(p.name, "winmail.dat")
}

// tnef unpacks a winmail.dat; one that cannot be read is kept as it is.
func (w *walker) tnef(p part) {
	data, whole := w.wrapped(p)
	if !whole {
		return
	}
	m, err := tnef.Decode(data)
	if err != nil {
		w.mail.warn("tnef_broken")
		w.attach(p, bytes.NewReader(data))
	}
	w.tnefText(m)
	for _, f := range m.Files {
		name, _ := decodeCharset([]byte(f.Name), "")
		id := strings.Trim(cleanLine(strings.ToValidUTF8(f.ContentID, "")), "<> ")
		w.attach(part{media: media{kind: strings.ToLower(f.Type)}, name: fileName(name), contentID: id}, bytes.NewReader(f.Data))
	}
}

// tnefText takes the body of a winmail.dat when the mail has none beside it.
func (w *walker) tnefText(m tnef.Message) {
	for _, s := range w.sections {
		if strings.TrimSpace(s.plain+s.html) != "" {
			return
		}
	}
	if strings.TrimSpace(m.Text) != "" {
		w.addText([]byte(m.Text), media{kind: "text/plain"})
	}
	if len(m.HTML) > 0 {
		w.addText(m.HTML, media{kind: "text/html"})
	}
}

// wrapped reads a whole part, or attaches it when it is too large to open.
func (w *walker) wrapped(p part) ([]byte, bool) {
	data, err := io.ReadAll(io.LimitReader(p.content, maxWrapped+1))
	w.mail.fail(err)
	if len(data) > maxWrapped {
		w.attach(p, io.MultiReader(bytes.NewReader(data), p.content))
		return nil, false
	}
	return data, true
}
