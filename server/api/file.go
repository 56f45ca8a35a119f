package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"okno/server/once"
	"okno/tickets"
	"okno/tickets/people"
)

// largestFile is the most one attachment may have, as on the pages.
const largestFile = 25_000_000

// Upload is a file that waits for its message.
type Upload struct {
	ID   string `json:"id" doc:"Name it in the attachments of a message within 24 hours." example:"7260152823513091"`
	Name string `json:"name" example:"cable.jpg"`
	Type string `json:"type" example:"image/jpeg"`
	Size int64  `json:"size" doc:"Bytes." example:"48213"`
}

// uploadIn takes the body as it comes: it is not read into memory.
type uploadIn struct {
	Name string `query:"name" maxLength:"200" doc:"Name of the file; of a form, its own is taken." example:"cable.jpg"`

	ctx huma.Context
}

// Resolve implements huma.Resolver.
func (in *uploadIn) Resolve(ctx huma.Context) []error {
	in.ctx = ctx
	return nil
}

// written is an answer that its handler writes itself.
type written struct{ Body func(ctx huma.Context) }

func (a *API) addFiles() {
	add(a, route{
		method: http.MethodPost, path: "/files", id: "uploadFile", tag: "Files", scope: people.ScopeWrite,
		summary: "Send a file ahead of its message", status: http.StatusCreated, upload: true, body: largestFile,
		text:      "Send the bytes as they are with their `Content-Type`, or one file of a form. At most 25 MB. Only the token that sent a file can attach it.",
		responses: map[string]*huma.Response{"201": a.jsonResponse("The file as the desk keeps it.", schemaOf[Upload](a))},
	}, a.uploadFile)
	binary := &huma.Schema{Type: huma.TypeString, Format: "binary"}
	a.huma.OpenAPI().Paths[prefix+"/files"].Post.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/octet-stream": {Schema: binary},
		"multipart/form-data": {Schema: &huma.Schema{
			Type: huma.TypeObject, Properties: map[string]*huma.Schema{"file": binary}, Required: []string{"file"},
		}},
	}}
	add(a, route{
		method: http.MethodGet, path: "/tickets/{number}/messages/{message}/files/{file}", id: "downloadFile", tag: "Files", scope: people.ScopeRead,
		summary: "Get an attachment", text: "The bytes as they came. Browsers are told to save, not to show them.",
		responses: map[string]*huma.Response{"200": {Description: "The file.", Content: map[string]*huma.MediaType{"application/octet-stream": {Schema: binary}}}},
	}, a.downloadFile)
}

// uploadFile stores the bytes first, outside of the transaction that remembers
// them.
func (a *API) uploadFile(ctx context.Context, by caller, in *uploadIn) (*written, error) {
	key := in.ctx.Header(keyHeader)
	if err := checkKey(key); err != nil {
		return nil, err
	}
	f, err := a.received(ctx, in)
	if err != nil {
		return nil, err
	}
	return &written{func(out huma.Context) {
		keep := func(ctx context.Context) once.Answer { return a.kept(ctx, by, f) }
		if key != "" {
			a.replay(huma.WithContext(out, ctx), key, hashOf("upload", f.Blob, f.Name, f.Type), keep) //nolint:contextcheck // out carries it
			return
		}
		answer := keep(ctx)
		for name, value := range answer.Header {
			out.SetHeader(name, value)
		}
		out.SetStatus(answer.Status)
		_, _ = out.BodyWriter().Write(answer.Body) // whoever asked may be gone
	}}, nil
}

// kept remembers an uploaded file and is the answer to it.
func (a *API) kept(ctx context.Context, by caller, f tickets.File) once.Answer {
	id, err := a.Store.PutUpload(ctx, by.owner(), f)
	var body any = Upload{ID: strconv.FormatInt(id, 10), Name: f.Name, Type: f.Type, Size: f.Size}
	status, kind := http.StatusCreated, "application/json"
	if err != nil {
		p := a.problem(ctx, fmt.Errorf("keep upload: %w", err))
		body, status, kind = p, p.Status, problemType
	}
	raw, _ := json.Marshal(body) // structs of texts and numbers always marshal
	return once.Answer{Status: status, Header: map[string]string{"Content-Type": kind}, Body: raw}
}

// received streams the body to the desk's files.
func (a *API) received(ctx context.Context, in *uploadIn) (tickets.File, error) {
	f := tickets.File{Name: fileName(in.Name), Type: fileType(in.ctx.Header("Content-Type"))}
	body := in.ctx.BodyReader()
	if f.Type == "multipart/form-data" {
		part, err := firstFile(body, in.ctx.Header("Content-Type"))
		if err != nil {
			return f, err
		}
		f.Name, f.Type, body = fileName(part.FileName()), fileType(part.Header.Get("Content-Type")), part
	}
	limited := &limitedReader{from: body, left: largestFile}
	var err error
	if f.Blob, f.Size, err = a.Files.Put(ctx, limited); err != nil {
		return f, fmt.Errorf("keep upload: %w", err)
	}
	if f.Size == 0 {
		return f, tickets.NewError(tickets.Invalid, "", "api.file.empty")
	}
	return f, nil
}

func firstFile(body io.Reader, contentType string) (*multipart.Part, error) {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil, &tickets.Error{Kind: tickets.Invalid, Field: "file", Message: "api.file.form", Err: err}
	}
	form := multipart.NewReader(body, params["boundary"])
	for {
		part, err := form.NextPart()
		if err != nil {
			return nil, &tickets.Error{Kind: tickets.Invalid, Field: "file", Message: "api.file.form", Err: err}
		}
		if part.FileName() != "" {
			return part, nil
		}
	}
}

// limitedReader refuses what is longer than a file may be.
type limitedReader struct {
	from io.Reader
	left int64
}

// Read implements io.Reader.
func (r *limitedReader) Read(b []byte) (int, error) {
	n, err := r.from.Read(b)
	if r.left -= int64(n); r.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}

// fileName is a name without folders, whatever system it comes from.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, "?"), "\\", "/"))
	if name == "." || name == "/" {
		return "file"
	}
	return name
}

func fileType(header string) string {
	kind, _, err := mime.ParseMediaType(header)
	if err != nil || kind == "" {
		return "application/octet-stream"
	}
	return kind
}

// uploads finds the files a request names; those of others are as unknown as
// those there never were.
func (a *API) uploads(ctx context.Context, by caller, named []string) ([]tickets.File, error) {
	ids := make([]int64, len(named))
	for i, text := range named {
		ids[i], _ = number(text)
	}
	known, err := a.Store.Uploads(ctx, by.owner(), ids)
	if err != nil {
		return nil, fmt.Errorf("look for uploads: %w", err)
	}
	var files []tickets.File
	for i, n := range ids {
		f, ok := known[n]
		if !ok {
			return nil, tickets.NewError(tickets.Invalid, "attachments/"+strconv.Itoa(i), "api.file.unknown")
		}
		files = append(files, f)
	}
	return files, nil
}

type fileIn struct {
	OfTicket
	Message string `path:"message" doc:"Id of the message." example:"7260152823513090"`
	File    string `path:"file" doc:"Id of the attachment."`
}

func (a *API) downloadFile(ctx context.Context, by caller, in *fileIn) (*written, error) {
	talk, err := a.Tickets.Conversation(ctx, by.actor(), in.Number)
	if err != nil {
		return nil, err
	}
	f, ok := fileOf(talk.Messages, in.Message, in.File)
	if !ok {
		return nil, tickets.NewError(tickets.Missing, "", "file.missing.text")
	}
	body, err := a.Files.Open(ctx, f.Blob)
	if err != nil {
		return nil, fmt.Errorf("open attachment: %w", err)
	}
	return &written{func(out huma.Context) {
		out.SetHeader("Content-Type", f.Type)
		out.SetHeader("Content-Length", strconv.FormatInt(f.Size, 10))
		out.SetHeader("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(f.Name))
		out.SetStatus(http.StatusOK)
		_, err := io.Copy(out.BodyWriter(), body)
		if err := errors.Join(err, body.Close()); err != nil {
			a.Logger.InfoContext(ctx, "attachment not sent whole", "error", err)
		}
	}}, nil
}

// fileOf finds an attachment in the conversation it belongs to.
func fileOf(all []tickets.Message, message, blob string) (tickets.File, bool) {
	for _, m := range all {
		if id(m.ID) != message {
			continue
		}
		if i := slices.IndexFunc(m.Files, func(f tickets.File) bool { return f.Blob == blob }); i >= 0 {
			return m.Files[i], true
		}
	}
	return tickets.File{}, false
}
