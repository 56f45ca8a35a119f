package telegramtest

import (
	"bytes"
	"fmt"
	"image"
	"slices"
	"strings"
)

// medium is one file of a call: by itself, or one of a group.
type medium struct {
	Type    string `json:"type"`
	Media   string `json:"media"`
	Caption string `json:"caption"`
	Mode    string `json:"parse_mode"`
}

// sendMedia makes the methods that send one file.
func sendMedia(kind string) func(call) (any, *refusal) {
	return func(c call) (any, *refusal) {
		r, refused := c.room()
		if refused != nil {
			return nil, refused
		}
		m, refused := c.begin(r)
		if refused != nil {
			return nil, refused
		}
		value := c.params.text(kind)
		if _, direct := c.params.files[kind]; direct {
			value = "attach://" + kind
		}
		if refused := c.load(m, medium{kind, value, c.params.text("caption"), c.params.text("parse_mode")}); refused != nil {
			return nil, refused
		}
		return r.write(c.server, m).copied(), nil
	}
}

// sendMediaGroup sends 2 to 10 files of one sort, or photos and videos mixed.
func sendMediaGroup(c call) (any, *refusal) {
	r, refused := c.room()
	if refused != nil {
		return nil, refused
	}
	var list []medium
	if _, refused := c.params.object("media", &list); refused != nil {
		return nil, refused
	}
	if len(list) < 2 || len(list) > 10 {
		return nil, bad("media group must include 2-10 items")
	}
	documents := slices.ContainsFunc(list, func(one medium) bool { return one.Type == "document" })
	made := make([]*Message, len(list))
	album := fmt.Sprintf("1%016d", c.server.next())
	for i, one := range list {
		if documents && one.Type != "document" {
			return nil, bad("documents can't be mixed with other media types")
		}
		if made[i], refused = c.begin(r); refused != nil {
			return nil, refused
		}
		made[i].Album = album
		if refused := c.load(made[i], one); refused != nil {
			refused.Description = fmt.Sprintf("Bad Request: failed to send message #%d with the error message \"%s\"", i+1, strings.TrimPrefix(refused.Description, "Bad Request: "))
			return nil, refused
		}
	}
	out := make([]*Message, len(made))
	for i, m := range made {
		out[i] = r.write(c.server, m).copied()
	}
	return out, nil
}

// load puts a file and its caption into a message.
func (c call) load(m *Message, one medium) *refusal {
	if refused := describe(m, one.Caption, one.Mode); refused != nil {
		return refused
	}
	u, refused := c.upload(one)
	if refused != nil {
		return refused
	}
	m.Files = []Upload{u}
	switch one.Type {
	case "photo":
		m.Photo = c.server.photo(u.Bytes)
	case "document":
		m.Document = &Document{FileRef: c.server.keep(u, "documents").ref(), Name: u.Name, Type: u.Type}
	case "video":
		m.Video = &Video{FileRef: c.server.keep(u, "videos").ref(), Width: 640, Height: 480, Duration: 5, Name: u.Name, Type: u.Type}
	default:
		return bad("can't parse InputMedia: type " + one.Type)
	}
	return nil
}

// upload finds the bytes a call names: in its own parts, or among the files the
// server has.
func (c call) upload(one medium) (Upload, *refusal) {
	u, given := c.params.files[strings.TrimPrefix(one.Media, "attach://")]
	if known := c.server.files[one.Media]; known != nil {
		u, given = known.Upload, true
	}
	switch {
	case one.Media == "":
		return u, bad("there is no " + one.Type + " in the request")
	case !given:
		return u, bad("wrong file identifier/HTTP URL specified")
	case len(u.Bytes) == 0:
		return u, bad("file must be non-empty")
	case len(u.Bytes) > maxUpload:
		return u, refuse(413, "Request Entity Too Large")
	case one.Type == "photo":
		return u, checkPhoto(u.Bytes)
	}
	return u, nil
}

func checkPhoto(picture []byte) *refusal {
	if len(picture) > maxPhoto {
		return bad(fmt.Sprintf("file of size %d bytes is too big for a photo; the maximum size is %d bytes", len(picture), maxPhoto))
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(picture))
	if err != nil {
		return bad("IMAGE_PROCESS_FAILED")
	}
	long, short := max(c.Width, c.Height), min(c.Width, c.Height)
	if long+short > 10_000 || long > 20*short {
		return bad("PHOTO_INVALID_DIMENSIONS")
	}
	return nil
}
