package telegramtest

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"path"
	"strconv"
	"time"
)

const (
	maxDownload = 20 << 20
	linkLasts   = time.Hour
)

// stored is a file on the server.
type stored struct {
	Upload
	id    string
	size  int64
	path  string
	until time.Time // the link to it works
}

// keep stores a file. The lock is held.
func (s *Server) keep(u Upload, folder string) *stored {
	n := s.next()
	f := &stored{Upload: u, id: fmt.Sprintf("AgAC%d%s", n, rand.Text()), size: int64(len(u.Bytes))}
	f.path = folder + "/file_" + strconv.FormatInt(n, 10) + path.Ext(u.Name)
	s.files[f.id] = f
	return f
}

func (f *stored) ref() FileRef {
	return FileRef{ID: f.id, UniqueID: "AQAD" + f.id[len(f.id)-12:], Size: f.size}
}

// fileInfo is a File.
type fileInfo struct {
	FileRef
	Path string `json:"file_path"`
}

func getFile(c call) (any, *refusal) {
	f := c.server.files[c.params.text("file_id")]
	switch {
	case f == nil:
		return nil, bad("wrong file_id or the file is temporarily unavailable")
	case f.size > maxDownload:
		return nil, bad("file is too big")
	}
	f.until = c.server.now().Add(linkLasts)
	return fileInfo{f.ref(), f.path}, nil
}

// download answers the bytes of a file whose link was asked for not long ago.
func (s *Server) download(w http.ResponseWriter, b *Bot, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, Request{Bot: b.ID, Method: "file"})
	for _, f := range s.files {
		if f.path == name && s.now().Before(f.until) {
			w.Header().Set("Content-Type", "application/octet-stream")
			_, _ = w.Write(f.Bytes) // the client may be gone
			return
		}
	}
	answer(w, nil, refuse(http.StatusNotFound, "Not Found"))
}
