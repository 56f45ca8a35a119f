package web

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"okno/tickets"
	"okno/ui"
)

// framed is the policy of a message in its original formatting. It lives in a
// frame without an origin: no scripts, no forms, nothing from anywhere else;
// its own pictures come inside it.
const framed = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; " +
	"base-uri 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"

// mostInline is how many bytes of pictures one message may bring into its frame.
const mostInline = 12_000_000

// original shows a message in its original formatting.
func (w *Web) original(c *gin.Context, env ui.Env) error {
	m, err := w.messageOf(c, env)
	if err != nil {
		return err
	}
	if m.HTML == "" {
		return tickets.NewError(tickets.Missing, "", "file.missing.text")
	}
	body, err := w.inlined(c, m)
	if err != nil {
		return err
	}
	c.Header("Content-Security-Policy", framed)
	c.Header("Cache-Control", "no-store")
	page := `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><base target="_blank"><title>` +
		`</title><body>` + body
	c.Data(http.StatusOK, html, []byte(page))
	return nil
}

// raw downloads a message as the network delivered it. It is never shown: a
// stranger wrote it.
func (w *Web) raw(c *gin.Context, env ui.Env) error {
	m, err := w.messageOf(c, env)
	if err != nil {
		return err
	}
	if m.Original == "" {
		return tickets.NewError(tickets.Missing, "", "file.missing.text")
	}
	body, err := w.Files.Open(c.Request.Context(), m.Original)
	if err != nil {
		return fmt.Errorf("open original: %w", err)
	}
	defer func() { _ = body.Close() }()
	c.Header("Content-Security-Policy", inert)
	c.Header("Cache-Control", "no-store")
	c.DataFromReader(http.StatusOK, -1, "message/rfc822", body, map[string]string{
		"Content-Disposition": fmt.Sprintf(`attachment; filename="ticket-%s-%d.eml"`, c.Param("number"), m.Seq),
	})
	return nil
}

// inlined puts the message's own pictures where its HTML names them.
func (w *Web) inlined(c *gin.Context, m tickets.Message) (string, error) {
	body, left := m.HTML, int64(mostInline)
	for _, f := range m.Files {
		name := "cid:" + f.ContentID
		if f.ContentID == "" || !raster(f.Type) || f.Size > left || !strings.Contains(body, name) {
			continue
		}
		data, err := w.dataURL(c, f)
		if err != nil {
			return "", err
		}
		left -= f.Size
		body = strings.ReplaceAll(body, `"`+name+`"`, `"`+data+`"`)
	}
	return body, nil
}

func (w *Web) dataURL(c *gin.Context, f tickets.File) (string, error) {
	r, err := w.Files.Open(c.Request.Context(), f.Blob)
	if err != nil {
		return "", fmt.Errorf("open picture: %w", err)
	}
	defer func() { _ = r.Close() }()
	data, err := io.ReadAll(r)
	if err != nil {
		return "", fmt.Errorf("read picture: %w", err)
	}
	return "data:" + f.Type + ";base64," + base64.StdEncoding.EncodeToString(data), nil
}
