package telegramtest

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
)

// rig is a server with a bot and somebody who talks to it.
type rig struct {
	*Server
	t    *testing.T
	bot  *Bot
	anna *Talk
}

func newRig(t *testing.T) *rig {
	t.Helper()
	s := Start(t)
	b := s.NewBot("Mayak")
	return &rig{s, t, b, s.NewPerson("Anna").Talk(b)}
}

// got is an answer of the API.
type got struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  parameters      `json:"parameters"`
}

// args are parameters by name.
type args map[string]any

// ask calls a method with JSON.
func (r *rig) ask(name string, a args) got {
	r.t.Helper()
	return r.askAs(r.t.Context(), r.bot.Token(), name, a)
}

func (r *rig) askAs(ctx context.Context, token, name string, a args) got {
	r.t.Helper()
	body, err := json.Marshal(a)
	if err != nil {
		r.t.Fatal(err)
	}
	return r.post(ctx, token, name, "application/json", bytes.NewReader(body))
}

// upload calls a method with a multipart form.
func (r *rig) upload(name string, fields map[string]string, files map[string]Upload) got {
	r.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, value := range fields {
		_ = w.WriteField(name, value)
	}
	for name, f := range files {
		part, err := w.CreateFormFile(name, f.Name)
		if err != nil {
			r.t.Fatal(err)
		}
		_, _ = part.Write(f.Bytes)
	}
	_ = w.Close()
	return r.post(r.t.Context(), r.bot.Token(), name, w.FormDataContentType(), &body)
}

func (r *rig) post(ctx context.Context, token, name, kind string, body io.Reader) (out got) {
	r.t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.URL+"/bot"+token+"/"+name, body)
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return got{Description: err.Error()}
	}
	defer func() { _ = res.Body.Close() }()
	if err := json.NewDecoder(res.Body).Decode(&out); err != nil {
		return got{Code: res.StatusCode, Description: err.Error()}
	}
	if !out.OK && out.Code != res.StatusCode {
		r.t.Errorf("%s: status %d, code %d", name, res.StatusCode, out.Code)
	}
	return out
}

// expect calls a method and checks the end of the refusal, "" for none.
func (r *rig) expect(name string, a args, code int, description string) got {
	r.t.Helper()
	out := r.ask(name, a)
	if out.Code != code || !strings.HasSuffix(out.Description, description) || out.OK != (code == 0) {
		r.t.Errorf("%s %v: got %d %q, want %d %q", name, a, out.Code, out.Description, code, description)
	}
	return out
}
