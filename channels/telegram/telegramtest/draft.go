package telegramtest

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif" // formats people send
	_ "image/jpeg"
	_ "image/png"
	"slices"
	"strings"
)

// Draft is what a person sends. At most one sort of content is set beside Text
// or Caption.
type Draft struct {
	Text     string
	Caption  string
	Entities []Entity // of either, in UTF-16 units; commands, links and addresses are found without
	ReplyTo  int64
	Album    string // parts of one album share it

	Photo    []byte
	Document *Upload
	Size     int64 // of Document, where a test needs no bytes of that many
	Sticker  bool
	Voice    []byte
	Contact  *Person // their card; the person's own when they share their number
	Location *Location

	Forward       *Person // whose message it was
	ForwardHidden string  // the name of somebody who hides their account
}

// Send sends what the draft holds. It opens the chat, and lets a bot that was
// blocked write again, as writing to it does.
func (t *Talk) Send(d Draft) Message {
	t.server.t.Helper()
	t.Unblock()
	var out Message
	t.act(func() {
		t.started = true
		m := &Message{From: t.person.user(), Text: strings.TrimSpace(d.Text), Caption: d.Caption, Album: d.Album, Location: d.Location}
		if d.ReplyTo != 0 {
			m.ReplyTo = t.must(d.ReplyTo)
		}
		m.Entities, m.CaptionEntities = d.marked(m.Text), d.marked(m.Caption)
		t.attach(m, d)
		t.write(t.server, m)
		m.Origin = d.origin(m.Date)
		t.bot.tell(update{Message: m.copied()})
		out = *m.copied()
	})
	return out
}

// marked are the entities of the text the draft has.
func (d Draft) marked(text string) []Entity {
	if text == "" {
		return nil
	}
	return append(slices.Clone(d.Entities), detected(text)...)
}

// Album sends pictures as one album and answers what sends its last part, which
// comes late.
func (t *Talk) Album(caption string, pictures ...[]byte) (late func() Message) {
	t.server.t.Helper()
	t.server.mu.Lock()
	album := fmt.Sprintf("1%016d", t.server.next())
	t.server.mu.Unlock()
	last := len(pictures) - 1
	for i, p := range pictures[:last] {
		d := Draft{Photo: p, Album: album}
		if i == 0 {
			d.Caption = caption
		}
		t.Send(d)
	}
	return func() Message { return t.Send(Draft{Photo: pictures[last], Album: album}) }
}

// attach keeps the files of a draft and names them in the message.
func (t *Talk) attach(m *Message, d Draft) {
	s := t.server
	switch {
	case d.Photo != nil:
		m.Photo = s.photo(d.Photo)
		m.Files = []Upload{{Bytes: d.Photo}}
	case d.Document != nil:
		f := s.keep(*d.Document, "documents")
		f.size = max(f.size, d.Size)
		m.Document = &Document{FileRef: f.ref(), Name: d.Document.Name, Type: d.Document.Type}
		m.Files = []Upload{*d.Document}
	case d.Voice != nil:
		m.Voice = &Voice{FileRef: s.keep(Upload{Bytes: d.Voice}, "voice").ref(), Duration: 3, Type: "audio/ogg"}
	case d.Sticker:
		f := s.keep(Upload{Bytes: []byte("RIFF....WEBP")}, "stickers")
		m.Sticker = &Sticker{FileRef: f.ref(), Kind: "regular", Width: 512, Height: 512, Emoji: "👍"}
	case d.Contact != nil:
		m.Contact = &Contact{Phone: d.Contact.Phone, First: d.Contact.First, Last: d.Contact.Last, UserID: d.Contact.ID}
	}
}

func (d Draft) origin(date int64) *Origin {
	switch {
	case d.Forward != nil:
		return &Origin{Type: "user", Date: date - 60, User: d.Forward.user()}
	case d.ForwardHidden != "":
		return &Origin{Type: "hidden_user", Date: date - 60, Name: d.ForwardHidden}
	}
	return nil
}

// photo keeps a picture, and a smaller one of a large picture, which is another.
func (s *Server) photo(picture []byte) []PhotoSize {
	width, height := 800, 600
	if c, _, err := image.DecodeConfig(bytes.NewReader(picture)); err == nil {
		width, height = c.Width, c.Height
	}
	full := PhotoSize{FileRef: s.keep(Upload{Name: "photo.jpg", Bytes: picture}, "photos").ref(), Width: width, Height: height}
	if width <= 90 && height <= 90 {
		return []PhotoSize{full}
	}
	small := s.keep(Upload{Name: "thumbnail.jpg", Bytes: []byte("a thumbnail")}, "thumbnails")
	return []PhotoSize{{FileRef: small.ref(), Width: min(90, width), Height: min(67, height)}, full}
}
