package api

import (
	"bytes"
	"compress/gzip"
	"strconv"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"
)

// worthSqueezing is the smallest answer that gets noticeably smaller.
const worthSqueezing = 1024

// squeezer compresses JSON. Writers are kept, because one needs most of a
// megabyte.
type squeezer struct{ idle sync.Pool }

// squeeze holds an answer back until it is whole and compresses it. Files and
// streams go through as they are.
func (a *API) squeeze(c *gin.Context) {
	if !strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
		c.Next()
		return
	}
	w := &heldWriter{ResponseWriter: c.Writer}
	c.Writer = w
	defer func() { c.Writer = w.ResponseWriter }()
	c.Next()
	if w.held.Len() == 0 {
		return
	}
	body := w.held.Bytes()
	if len(body) >= worthSqueezing {
		body = a.squeezer.squeezed(body)
		w.Header().Set("Content-Encoding", "gzip")
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.ResponseWriter.Write(body) // whoever asked may be gone
}

func (s *squeezer) squeezed(body []byte) []byte {
	var out bytes.Buffer
	to, ok := s.idle.Get().(*gzip.Writer)
	if !ok {
		to = gzip.NewWriter(&out)
	}
	to.Reset(&out)
	defer s.idle.Put(to)
	_, _ = to.Write(body) // memory takes everything
	_ = to.Close()
	return out.Bytes()
}

// heldWriter keeps JSON and lets everything else pass.
type heldWriter struct {
	gin.ResponseWriter
	held bytes.Buffer
}

// Write implements io.Writer.
func (w *heldWriter) Write(b []byte) (int, error) {
	if strings.HasSuffix(w.Header().Get("Content-Type"), "json") {
		return w.held.Write(b)
	}
	return w.ResponseWriter.Write(b)
}

// WriteString implements io.StringWriter.
func (w *heldWriter) WriteString(s string) (int, error) { return w.Write([]byte(s)) }

// Written says whether the answer has begun.
func (w *heldWriter) Written() bool { return w.held.Len() > 0 || w.ResponseWriter.Written() }
