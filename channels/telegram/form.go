package telegram

import (
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"

	ta "github.com/mymmrac/telego/telegoapi"
)

// upload is a file on its way out. Telegram finds the files of an album by the
// name of their part, so part and file are named apart.
type upload struct {
	io.Reader
	part string // name of the part, unique in one call
	name string // as people see it
	kind string // media type
}

// Name implements telegoapi.NamedReader: the library names parts by it.
func (u upload) Name() string { return u.part }

// form writes calls as the library does, except that files keep their names and
// types.
type form struct{ ta.DefaultConstructor }

// MultipartRequest implements telegoapi.RequestConstructor. The body is streamed:
// the library closes it when the call is over.
func (form) MultipartRequest(values map[string]string, files map[string]ta.NamedReader) (*ta.RequestData, error) {
	r, w := io.Pipe()
	m := multipart.NewWriter(w)
	go func() { _ = w.CloseWithError(write(m, values, files)) }()
	return &ta.RequestData{ContentType: m.FormDataContentType(), BodyStream: r}, nil
}

func write(m *multipart.Writer, values map[string]string, files map[string]ta.NamedReader) error {
	for name, value := range values {
		if err := m.WriteField(name, value); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	for part, file := range files {
		if u, ok := file.(upload); ok {
			if err := writeFile(m, part, u); err != nil {
				return fmt.Errorf("write a file: %w", err)
			}
		}
	}
	return m.Close()
}

func writeFile(m *multipart.Writer, part string, u upload) error {
	kind := u.kind
	if _, _, err := mime.ParseMediaType(kind); err != nil {
		kind = "application/octet-stream"
	}
	w, err := m.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {multipart.FileContentDisposition(part, u.name)}, "Content-Type": {kind},
	})
	if err != nil {
		return err
	}
	_, err = io.Copy(w, u)
	return err
}
