// Package assets owns everything the desk embeds for browsers: the bundled
// style sheet and scripts, the icons and, in assets/locale, the words.
//
// The sources lie in src and are bundled into dist by build.sh; both are
// committed, so that the program builds without Node. At start every file is
// hashed and compressed once in memory and then served under an address that
// holds its hash, so that browsers keep it for ever.
package assets

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

//go:embed dist
var files embed.FS

// Icons is the sprite that pages carry, so that <use> needs no request.
//
//go:embed icons.svg
var Icons string

// Prefix is where the files are served.
const Prefix = "/assets/"

// Assets serves the embedded files. It is safe for concurrent use.
type Assets struct {
	byName map[string]string // "app.css" -> "/assets/HASH/app.css"
	byPath map[string]asset
}

type asset struct {
	kind          string
	plain, zipped []byte
}

// New hashes and compresses every embedded file.
func New() (*Assets, error) {
	a := &Assets{byName: map[string]string{}, byPath: map[string]asset{}}
	entries, err := fs.ReadDir(files, "dist")
	if err != nil {
		return nil, fmt.Errorf("list embedded files: %w", err)
	}
	for _, e := range entries {
		if err := a.add(e.Name()); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func (a *Assets) add(name string) error {
	body, err := files.ReadFile("dist/" + name)
	if err != nil {
		return fmt.Errorf("read embedded %s: %w", name, err)
	}
	zipped, err := compress(body)
	if err != nil {
		return fmt.Errorf("compress %s: %w", name, err)
	}
	sum := sha256.Sum256(body)
	where := Prefix + hex.EncodeToString(sum[:6]) + "/" + name
	a.byName[name] = where
	a.byPath[where] = asset{kind: mime.TypeByExtension(path.Ext(name)), plain: body, zipped: zipped}
	return nil
}

func compress(b []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// URL answers the address of a file by its plain name. An unknown name keeps
// its place under Prefix, where it is not found.
func (a *Assets) URL(name string) string {
	if where, ok := a.byName[name]; ok {
		return where
	}
	return Prefix + name
}

// ServeHTTP serves a file by its hashed address. Only hits may be cached.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := a.byPath[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	body := f.plain
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = f.zipped
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}
