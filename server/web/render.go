package web

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/gin-gonic/gin"

	"okno/ui"
)

const html = "text/html; charset=utf-8"

// partial says that htmx asks for the main part alone.
func partial(r *http.Request) bool { return r.Header.Get("HX-Request-Type") == "partial" }

// page answers a page with the rail, or its main part alone.
func (w *Web) page(c *gin.Context, env ui.Env, status int, title string, main templ.Component) error {
	if partial(c.Request) {
		return w.render(c, status, ui.Partial(env, title, main))
	}
	return w.render(c, status, ui.Layout(env, title, main))
}

// bare answers a page without the rail.
func (w *Web) bare(c *gin.Context, env ui.Env, status int, title string, main templ.Component) error {
	if partial(c.Request) {
		return w.render(c, status, main)
	}
	return w.render(c, status, ui.Bare(env, title, main))
}

// render draws into a buffer first, so that a failing component becomes a clean
// error page and not half a page. Several components make one answer with
// out-of-band parts.
func (w *Web) render(c *gin.Context, status int, parts ...templ.Component) error {
	b := w.sheet()
	defer w.sheets.Put(b)
	for _, p := range parts {
		if err := p.Render(c.Request.Context(), b); err != nil {
			return fmt.Errorf("draw page: %w", err)
		}
	}
	body, encoding, err := w.zipper.zipped(c.Request, b.Bytes())
	if err != nil {
		return err
	}
	if encoding != "" {
		c.Header("Content-Encoding", encoding)
	}
	c.Header("Vary", "HX-Request-Type, Accept-Encoding")
	c.Header("Cache-Control", "no-store")
	c.Data(status, html, body)
	return nil
}

// sheet is an empty buffer to draw on, one that has been grown if there is one: a
// list has a few hundred kilobytes before it is compressed.
func (w *Web) sheet() *bytes.Buffer {
	b, ok := w.sheets.Get().(*bytes.Buffer)
	if !ok {
		return new(bytes.Buffer)
	}
	b.Reset()
	return b
}

// redirect sends on after a POST. where is one of our own paths.
func redirect(c *gin.Context, where string) error {
	c.Header("Cache-Control", "no-store")
	c.Redirect(http.StatusSeeOther, where)
	return nil
}

// local answers the path of an address if it is one of ours to go back to, ""
// otherwise. Only the path and query count, so that it can never lead away.
func local(address string) string {
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(u.Path, "/") {
		return ""
	}
	// "//host" and "/\host" are other hosts to a browser.
	if strings.HasPrefix(u.Path, "//") || strings.ContainsAny(u.Path, "\\\r\n\t") {
		return ""
	}
	return (&url.URL{Path: u.Path, RawQuery: u.RawQuery}).String()
}
