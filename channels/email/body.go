package email

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"

	"okno/channels"
	"okno/channels/email/read"
	"okno/channels/markdown"
)

// body is what follows the header: the text twice, and the files.
type body struct {
	seed  string // of the boundaries, so that every try has the same bytes
	text  string
	html  string
	files []channels.File
}

func newBody(out channels.Outbound) body {
	line := read.ReplyAbove(out.Language)
	return body{
		seed: out.Key, files: out.Files,
		text: line + "\n\n" + marked(strings.TrimSpace(markdown.Plain(out.Body))) + "\n",
		html: page(out.Language, line, markdown.HTML(out.Body)),
	}
}

// marked gives the line above a signature its space back, which is what mail
// programs know it by (RFC 3676 section 4.3).
func marked(text string) string { return strings.ReplaceAll(text, "\n--\n", "\n-- \n") }

// page wraps the text in the least HTML that mail programs show well.
func page(language, line, content string) string {
	return fmt.Sprintf("<!DOCTYPE html>\n<html lang=%q><head><meta charset=\"utf-8\"></head>\n"+
		"<body style=\"font-family:sans-serif;font-size:15px;line-height:1.5\">\n"+
		"<p style=\"color:#767676;font-size:12px\">%s</p>\n%s</body></html>\n",
		language, html.EscapeString(line), content)
}

// write streams the lines of MIME and the body; open gives the bytes of a file.
func (b body) write(ctx context.Context, w io.Writer, files channels.Files) error {
	if len(b.files) == 0 {
		return b.alternative(func(h textproto.MIMEHeader) (io.Writer, error) {
			_, err := fmt.Fprintf(w, "MIME-Version: 1.0\r\nContent-Type: %s\r\n\r\n", h.Get("Content-Type"))
			return w, err
		})
	}
	mixed := multipart.NewWriter(w)
	if err := mixed.SetBoundary(b.boundary("mixed")); err != nil {
		return fmt.Errorf("set the boundary: %w", err)
	}
	if _, err := fmt.Fprintf(w, "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=%q\r\n\r\n", mixed.Boundary()); err != nil {
		return fmt.Errorf("write the header: %w", err)
	}
	if err := b.alternative(mixed.CreatePart); err != nil {
		return err
	}
	for _, f := range b.files {
		if err := attach(ctx, mixed, f, files); err != nil {
			return err
		}
	}
	return mixed.Close()
}

func (b body) boundary(of string) string {
	sum := sha256.Sum256([]byte(of + "\x00" + b.seed))
	return "okno-" + hex.EncodeToString(sum[:12])
}

// alternative writes the text as plain text and as HTML into the part that
// create makes.
func (b body) alternative(create func(textproto.MIMEHeader) (io.Writer, error)) error {
	boundary := b.boundary("alternative")
	part, err := create(textproto.MIMEHeader{"Content-Type": {fmt.Sprintf("multipart/alternative; boundary=%q", boundary)}})
	if err != nil {
		return fmt.Errorf("start the text: %w", err)
	}
	m := multipart.NewWriter(part)
	if err := m.SetBoundary(boundary); err != nil {
		return fmt.Errorf("set the boundary: %w", err)
	}
	for _, version := range []struct{ kind, text string }{{"text/plain", b.text}, {"text/html", b.html}} {
		if err := writeText(m, version.kind, version.text); err != nil {
			return err
		}
	}
	return m.Close()
}

func writeText(m *multipart.Writer, kind, text string) error {
	part, err := m.CreatePart(textproto.MIMEHeader{
		"Content-Type": {kind + "; charset=utf-8"}, "Content-Transfer-Encoding": {"quoted-printable"},
	})
	if err != nil {
		return fmt.Errorf("start %s: %w", kind, err)
	}
	q := quotedprintable.NewWriter(part)
	if _, err := io.WriteString(q, text); err != nil {
		return fmt.Errorf("write %s: %w", kind, err)
	}
	return q.Close()
}

// attach streams one file, never shown in the text: a mail program must not
// run what it shows.
func attach(ctx context.Context, m *multipart.Writer, f channels.File, files channels.Files) error {
	r, err := files.Open(ctx, f.Blob)
	if err != nil {
		return fmt.Errorf("open an attachment: %w", err)
	}
	defer func() { _ = r.Close() }()
	name := clean(f.Name, maxName)
	if name == "" {
		name = "file"
	}
	part, err := m.CreatePart(textproto.MIMEHeader{
		"Content-Type": {mediaType(f.Type, name)}, "Content-Transfer-Encoding": {"base64"},
		"Content-Disposition": {mime.FormatMediaType("attachment", map[string]string{"filename": name})},
	})
	if err != nil {
		return fmt.Errorf("start an attachment: %w", err)
	}
	return writeBase64(part, r)
}

func mediaType(kind, name string) string {
	if line := mime.FormatMediaType(kind, map[string]string{"name": name}); line != "" && !strings.HasPrefix(kind, "multipart/") && !strings.HasPrefix(kind, "message/") {
		return line
	}
	return mime.FormatMediaType("application/octet-stream", map[string]string{"name": name})
}

// writeBase64 streams r in lines of 76 characters (RFC 2045 section 6.8).
func writeBase64(w io.Writer, r io.Reader) error {
	buffer := make([]byte, 57)
	line := make([]byte, 78)
	for {
		n, err := io.ReadFull(r, buffer)
		if n > 0 {
			base64.StdEncoding.Encode(line, buffer[:n])
			end := base64.StdEncoding.EncodedLen(n)
			if _, err := w.Write(append(line[:end], '\r', '\n')); err != nil {
				return fmt.Errorf("write an attachment: %w", err)
			}
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read an attachment: %w", err)
		}
	}
}
