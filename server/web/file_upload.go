package web

import (
	"errors"
	"fmt"
	"mime"
	"mime/multipart"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
)

// largestFile is the most one attachment may have.
const largestFile = 25_000_000

// uploads stores the files a form carries.
func (w *Web) uploads(c *gin.Context) ([]tickets.File, error) {
	form, err := c.MultipartForm()
	if errors.Is(err, http.ErrNotMultipart) {
		return nil, nil
	}
	if err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, &tickets.Error{Kind: tickets.Invalid, Field: "files", Message: "file.toobig", Err: err}
		}
		return nil, &tickets.Error{Kind: tickets.Invalid, Field: "files", Message: "file.failed", Err: err}
	}
	var out []tickets.File
	for _, h := range form.File["files"] {
		if h.Filename == "" && h.Size == 0 {
			continue // an empty file input
		}
		f, err := w.upload(c, h)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

func (w *Web) upload(c *gin.Context, h *multipart.FileHeader) (tickets.File, error) {
	if h.Size > largestFile {
		return tickets.File{}, tickets.NewError(tickets.Invalid, "files", "file.toobig")
	}
	r, err := h.Open()
	if err != nil {
		return tickets.File{}, fmt.Errorf("open upload: %w", err)
	}
	defer func() { _ = r.Close() }()
	blob, size, err := w.Files.Put(c.Request.Context(), r)
	if err != nil {
		return tickets.File{}, fmt.Errorf("keep upload: %w", err)
	}
	return tickets.File{Name: fileName(h.Filename), Type: fileType(h), Size: size, Blob: blob}, nil
}

// fileName is a name without folders, whatever system it comes from.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, "?"), "\\", "/"))
	if name == "." || name == "/" {
		return "file"
	}
	return name
}

func fileType(h *multipart.FileHeader) string {
	kind, _, err := mime.ParseMediaType(h.Header.Get("Content-Type"))
	if err != nil || kind == "" {
		return "application/octet-stream"
	}
	return strings.ToLower(kind)
}
