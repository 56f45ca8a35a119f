package pretend

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"strconv"

	"okno/channels"
)

// file streams a file of a message. Only pictures are shown; the rest is kept.
func (p *phone) file(w http.ResponseWriter, r *http.Request, who Person) {
	f, ok := p.net.fileOf(who.ID, r.PathValue("message"), r.PathValue("place"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	body, err := p.net.desk().Open(r.Context(), f.Blob)
	if errors.Is(err, fs.ErrNotExist) {
		http.NotFound(w, r)
		return
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer func() { _ = body.Close() }() // only read
	if w.Header().Set("Content-Type", f.Type); !picture(f.Type) {
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+template.URLQueryEscaper(f.Name))
	}
	_, _ = io.Copy(w, body) // a phone that hung up needs nothing
}

// desk is where the desk keeps files.
func (n *Network) desk() channels.Files {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.files
}

func (n *Network) fileOf(person, message, place string) (channels.File, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	i, err := strconv.Atoi(place)
	m := n.message(person, message)
	if err != nil || m == nil || i < 0 || i >= len(m.Files) || n.files == nil {
		return channels.File{}, false
	}
	return m.Files[i], true
}

// photos stores the files of the form with the desk, as a network would.
func (p *phone) photos(r *http.Request) ([]channels.File, error) {
	desk := p.net.desk()
	if r.MultipartForm == nil || desk == nil {
		return nil, nil
	}
	var files []channels.File
	for _, head := range r.MultipartForm.File["photo"] {
		if head.Size == 0 {
			continue // the form without a photo
		}
		f, err := stored(r, desk, head)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

func stored(r *http.Request, desk channels.Files, head *multipart.FileHeader) (channels.File, error) {
	body, err := head.Open()
	if err != nil {
		return channels.File{}, fmt.Errorf("open the photo: %w", err)
	}
	defer func() { _ = body.Close() }() // only read
	blob, size, err := desk.Put(r.Context(), body)
	if err != nil {
		return channels.File{}, fmt.Errorf("store the photo: %w", err)
	}
	return channels.File{Name: head.Filename, Type: head.Header.Get("Content-Type"), Size: size, Blob: blob}, nil
}
