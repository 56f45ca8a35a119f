package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// worthZipping is the smallest page that gets noticeably smaller.
const worthZipping = 1024

// usualGain is how many times smaller a page becomes, at least.
const usualGain = 6

// zipper compresses pages, quickly rather than well: a list is a fifth larger so
// and takes a third of the time, and half of that again by this library. Writers
// are kept, because one needs most of a megabyte. Pages hold no secret that a
// stranger could guess by their length: forgery is met by the origin of a request,
// not by a token in the page.
type zipper struct{ idle sync.Pool }

// zipped answers the body as the browser should get it, and its encoding, ""
// when it stays as it is.
func (z *zipper) zipped(r *http.Request, body []byte) ([]byte, string, error) {
	if len(body) < worthZipping || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		return body, "", nil
	}
	out := bytes.NewBuffer(make([]byte, 0, len(body)/usualGain))
	to, ok := z.idle.Get().(*gzip.Writer)
	if !ok {
		var err error
		if to, err = gzip.NewWriterLevel(out, gzip.BestSpeed); err != nil {
			return nil, "", fmt.Errorf("compress page: %w", err)
		}
	}
	to.Reset(out)
	defer z.idle.Put(to)
	if _, err := to.Write(body); err != nil {
		return nil, "", fmt.Errorf("compress page: %w", err)
	}
	if err := to.Close(); err != nil {
		return nil, "", fmt.Errorf("compress page: %w", err)
	}
	return out.Bytes(), "gzip", nil
}
