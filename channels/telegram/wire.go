package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"

	ta "github.com/mymmrac/telego/telegoapi"
)

// longestAnswer bounds what is read of one answer: a hundred updates are well
// below it.
const longestAnswer = 32 << 20

// wire is the HTTP below the library. It exists because the library's own drops
// what a failing server says and puts the address, which holds the token, into
// its errors.
type wire struct {
	client *http.Client
	server string
	token  string
}

func newWire(rt http.RoundTripper, server, token string) *wire {
	if rt == nil {
		rt = http.DefaultTransport
	}
	return &wire{server: server, token: token, client: &http.Client{
		Transport: rt,
		// A redirect would carry the token along in the Referer.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// wireError is a call that got no answer of the API.
type wireError struct {
	status int  // of an answer that is not the API's; 0: no answer at all
	handed bool // the whole call had been handed over, so it may have been carried out
	text   string
	err    error // the cause, without the address
}

// Error implements error.
func (e *wireError) Error() string { return e.text }

// Unwrap gives the cause.
func (e *wireError) Unwrap() error { return e.err }

// Call implements telegoapi.Caller.
func (w *wire) Call(ctx context.Context, address string, data *ta.RequestData) (*ta.Response, error) {
	body := data.BodyStream
	if data.BodyRaw != nil {
		body = bytes.NewReader(data.BodyRaw)
	}
	var handed atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteRequest: func(i httptrace.WroteRequestInfo) { handed.Store(i.Err == nil) },
	})
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, body)
	if err != nil {
		return nil, w.failure(0, false, err)
	}
	r.Header.Set("Content-Type", data.ContentType)
	answer, err := w.client.Do(r)
	if err != nil {
		return nil, w.failure(0, handed.Load(), err)
	}
	defer func() { _ = answer.Body.Close() }()
	return w.read(answer)
}

// read takes an answer of the API from whatever status it came with.
func (w *wire) read(answer *http.Response) (*ta.Response, error) {
	text, err := io.ReadAll(io.LimitReader(answer.Body, longestAnswer))
	if err != nil {
		return nil, w.failure(0, true, fmt.Errorf("read the answer: %w", err))
	}
	r := &ta.Response{}
	if err := json.Unmarshal(text, r); err != nil || !r.Ok && (r.Error == nil || r.ErrorCode == 0) {
		return nil, w.failure(answer.StatusCode, true, fmt.Errorf("HTTP %s: %s", answer.Status, oneLine(string(text), 100)))
	}
	return r, nil
}

// fetch opens a file that getFile named.
func (w *wire) fetch(ctx context.Context, path string) (io.ReadCloser, error) {
	address := w.server + "/file/bot" + w.token + "/" + (&url.URL{Path: path}).EscapedPath()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, w.failure(0, false, err)
	}
	answer, err := w.client.Do(r)
	if err != nil {
		return nil, w.failure(0, true, err)
	}
	if answer.StatusCode != http.StatusOK {
		_ = answer.Body.Close()
		return nil, w.failure(answer.StatusCode, true, fmt.Errorf("HTTP %s", answer.Status))
	}
	return answer.Body, nil
}

func (w *wire) failure(status int, handed bool, err error) *wireError {
	var inner *url.Error
	if errors.As(err, &inner) {
		err = inner.Err // what is wrapped around it is the address
	}
	return &wireError{status: status, handed: handed, text: w.clean(err.Error()), err: err}
}

// redacted is an error without the token, for what the library says itself.
func (w *wire) redacted(err error) error {
	if err == nil || !strings.Contains(err.Error(), w.token) {
		return err
	}
	return errors.New(w.clean(err.Error()))
}

func (w *wire) clean(text string) string {
	if w.token == "" {
		return text
	}
	return strings.ReplaceAll(text, w.token, "[token]")
}
