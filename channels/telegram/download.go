package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"

	"github.com/mymmrac/telego"

	"okno/channels"
)

// stickerLimit is how large a picture of a sticker is kept, in bytes.
const stickerLimit = 512 << 10

// attachment is a file Telegram keeps for us.
type attachment struct {
	id   string
	name string // as the sender named it, else what it is: "photo"
	kind string // media type
	size int64  // bytes, 0 when unknown
}

// attachments lists the files of a message. An animation comes as a document
// too; it is one file.
func attachments(m *telego.Message) []attachment {
	switch {
	case len(m.Photo) > 0:
		return []attachment{photo(m.Photo)}
	case m.Animation != nil:
		return []attachment{{m.Animation.FileID, or(m.Animation.FileName, "animation"), m.Animation.MimeType, m.Animation.FileSize}}
	case m.Document != nil:
		return []attachment{{m.Document.FileID, or(m.Document.FileName, "file"), m.Document.MimeType, m.Document.FileSize}}
	case m.Video != nil:
		return []attachment{{m.Video.FileID, or(m.Video.FileName, "video"), m.Video.MimeType, m.Video.FileSize}}
	case m.VideoNote != nil:
		return []attachment{{m.VideoNote.FileID, "video", "video/mp4", int64(m.VideoNote.FileSize)}}
	case m.Voice != nil:
		return []attachment{{m.Voice.FileID, "voice", or(m.Voice.MimeType, "audio/ogg"), m.Voice.FileSize}}
	case m.Audio != nil:
		return []attachment{{m.Audio.FileID, or(m.Audio.FileName, m.Audio.Title, "audio"), m.Audio.MimeType, m.Audio.FileSize}}
	case m.Sticker != nil && !m.Sticker.IsAnimated && !m.Sticker.IsVideo && m.Sticker.FileSize <= stickerLimit:
		return []attachment{{m.Sticker.FileID, "sticker", "image/webp", int64(m.Sticker.FileSize)}}
	}
	return nil
}

// photo is the largest of the sizes Telegram made.
func photo(sizes []telego.PhotoSize) attachment {
	best := sizes[0]
	for _, s := range sizes {
		if s.Width*s.Height > best.Width*best.Height {
			best = s
		}
	}
	return attachment{best.FileID, "photo", "image/jpeg", int64(best.FileSize)}
}

func or(names ...string) string {
	for _, n := range names {
		if n != "" {
			return n
		}
	}
	return ""
}

// files brings in the files of a message. What Telegram does not hand over is
// said in a warning.
func (a *adapter) files(ctx context.Context, e channels.Event, m *telego.Message, in *channels.Inbound) error {
	for _, at := range attachments(m) {
		if at.size > a.options.Large {
			a.tooLarge(at, in)
			continue
		}
		f, err := a.download(ctx, at, m.MessageID)
		switch {
		case says(err, http.StatusBadRequest, "file is too big"):
			a.tooLarge(at, in)
		case err != nil && a.lasting(e, err):
			in.Missing = append(in.Missing, channels.MissingFile{Name: at.name})
			in.Warnings = append(in.Warnings, say("warning.missing", "name", at.name))
		case err != nil:
			return err
		default:
			in.Files = append(in.Files, f)
		}
	}
	return nil
}

func (a *adapter) tooLarge(at attachment, in *channels.Inbound) {
	in.Missing = append(in.Missing, channels.MissingFile{Name: at.name, Most: a.options.Large})
	in.Warnings = append(in.Warnings, say("warning.large", "name", at.name, "megabytes", strconv.FormatInt((at.size+1<<20-1)>>20, 10)))
}

// lasting says that asking for a file again would not help: the network is
// there, and has refused for long enough.
func (a *adapter) lasting(e channels.Event, err error) bool {
	if tokenRefused(err) || !errors.Is(err, channels.ErrUnavailable) {
		return false
	}
	return !e.ReceivedAt.IsZero() && a.deps.Clock().Sub(e.ReceivedAt) > a.options.Patience
}

// download streams one file into the desk. Failures of the network are
// channels.ErrUnavailable.
func (a *adapter) download(ctx context.Context, at attachment, message int) (channels.File, error) {
	ctx, cancel := context.WithTimeout(ctx, a.options.Transfer)
	defer cancel()
	where, err := a.bot.GetFile(ctx, &telego.GetFileParams{FileID: at.id})
	if err != nil {
		return channels.File{}, a.unavailable(ctx, "ask for a file", err)
	}
	r, err := a.wire.fetch(ctx, where.FilePath)
	if err != nil {
		return channels.File{}, a.unavailable(ctx, "fetch a file", err)
	}
	defer func() { _ = r.Close() }()
	body := &whole{r: r, want: where.FileSize}
	blob, size, err := a.deps.Files.Put(ctx, body)
	if err != nil && body.err != nil {
		return channels.File{}, a.unavailable(ctx, "fetch a file", body.err)
	}
	if err != nil {
		return channels.File{}, fmt.Errorf("keep a file: %w", err)
	}
	kind := or(mediaType(at.kind), mediaType(mime.TypeByExtension(path.Ext(where.FilePath))), "application/octet-stream")
	return channels.File{Name: named(at, message, where.FilePath), Type: kind, Size: size, Blob: blob}, nil
}

// unavailable marks a failure of the network, unless it was the desk that
// stopped.
func (a *adapter) unavailable(ctx context.Context, doing string, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	return fmt.Errorf("%s: %w: %w", doing, channels.ErrUnavailable, a.wire.redacted(err))
}

// whole reads a file and notices when it ends too early.
type whole struct {
	r    io.Reader
	want int64 // bytes, 0 when unknown
	got  int64
	err  error // what the network did, other than ending
}

// Read implements io.Reader.
func (w *whole) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	w.got += int64(n)
	if errors.Is(err, io.EOF) && w.got < w.want {
		err = io.ErrUnexpectedEOF
	}
	if err != nil && !errors.Is(err, io.EOF) {
		w.err = err
	}
	return n, err
}

func mediaType(kind string) string {
	base, _, _ := strings.Cut(kind, ";")
	return strings.ToLower(strings.TrimSpace(base))
}

// named is the name a file keeps. What came without one is named for what it is
// and for its message.
func named(at attachment, message int, where string) string {
	name := path.Base(strings.ReplaceAll(oneLine(at.name, 200), `\`, "/"))
	if name == "." || name == ".." || name == "/" {
		name = "file"
	}
	if path.Ext(name) != "" {
		return name
	}
	return name + "-" + strconv.Itoa(message) + path.Ext(where)
}
