package telegramtest

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// maxUpload is what one request may bring, and maxPhoto what a photo may weigh.
const (
	maxUpload = 50 << 20
	maxPhoto  = 10 << 20
)

// params are the arguments of a call. Like Telegram, the server takes them from
// the query, a form, a multipart form or a JSON object, and reads everything
// from strings.
type params struct {
	values map[string]string
	raw    map[string]json.RawMessage // as JSON gave them, for the check of types
	files  map[string]Upload
}

// read takes the arguments out of a request.
func read(r *http.Request) (params, *refusal) {
	p := params{values: map[string]string{}, raw: map[string]json.RawMessage{}, files: map[string]Upload{}}
	for name, list := range r.URL.Query() {
		p.values[name] = list[0]
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	var err error
	switch kind {
	case "application/json":
		err = p.readJSON(r.Body)
	case "application/x-www-form-urlencoded":
		err = p.readForm(r)
	case "multipart/form-data":
		err = p.readParts(r)
	}
	if errors.Is(err, errLarge) {
		return p, refuse(http.StatusRequestEntityTooLarge, "Request Entity Too Large")
	}
	if err != nil {
		return p, bad("can't parse request: " + err.Error())
	}
	return p, nil
}

var errLarge = errors.New("request is too large")

func (p params) readJSON(body io.Reader) error {
	text, err := io.ReadAll(io.LimitReader(body, maxUpload))
	if err != nil || len(text) == 0 {
		return err
	}
	if err := json.Unmarshal(text, &p.raw); err != nil {
		return err
	}
	for name, value := range p.raw {
		p.values[name] = loosen(value)
	}
	return nil
}

// loosen answers what a JSON string holds, and any other value as it stands.
func loosen(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text
	}
	return string(value)
}

func (p params) readForm(r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	for name, list := range r.PostForm {
		p.values[name] = list[0]
	}
	return nil
}

func (p params) readParts(r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return err
	}
	left := int64(maxUpload + 1<<20) // the text beside the files is free
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		content, err := io.ReadAll(io.LimitReader(part, left+1))
		if err != nil {
			return err
		}
		if left -= int64(len(content)); left < 0 {
			return errLarge
		}
		field, file := named(part.Header.Get("Content-Disposition"))
		if file == "" {
			p.values[field] = string(content)
			continue
		}
		p.files[field] = Upload{Name: file, Type: part.Header.Get("Content-Type"), Bytes: content}
	}
}

var (
	fieldLook = regexp.MustCompile(`(?i)[;\s]name="((?:[^"\\]|\\.)*)"`)
	fileLook  = regexp.MustCompile(`(?i)[;\s]filename=(?:"((?:[^"\\]|\\.)*)"|([^;]+))`)
	escaped   = regexp.MustCompile(`\\(.)`)
)

// named reads a Content-Disposition as tolerantly as Telegram does: libraries
// write file names in plain UTF-8, some even without quotes.
func named(disposition string) (field, file string) {
	if found := fieldLook.FindStringSubmatch(disposition); found != nil {
		field = escaped.ReplaceAllString(found[1], "$1")
	}
	if found := fileLook.FindStringSubmatch(disposition); found != nil {
		file = escaped.ReplaceAllString(found[1]+found[2], "$1")
	}
	return field, file
}

func (p params) text(name string) string { return p.values[name] }

// number answers 0 for what is missing or no number.
func (p params) number(name string) int64 {
	n, _ := strconv.ParseInt(strings.TrimSpace(p.values[name]), 10, 64)
	return n
}

func (p params) flag(name string) bool {
	switch strings.ToLower(p.values[name]) {
	case "true", "yes", "1":
		return true
	}
	return false
}

// object reads a JSON-serialised argument and says whether it was there.
func (p params) object(name string, into any) (bool, *refusal) {
	text := p.values[name]
	if text == "" {
		return false, nil
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return false, bad("can't parse " + strings.ReplaceAll(name, "_", " ") + " JSON object")
	}
	return true, nil
}
