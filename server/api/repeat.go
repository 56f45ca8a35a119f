package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"okno/server/once"
	"okno/tickets"
)

// keyHeader names a request so that it can be sent again
// (draft-ietf-httpapi-idempotency-key-header).
const keyHeader = "Idempotency-Key"

// replayedHeader says that an answer was given before.
const replayedHeader = "Idempotency-Replayed"

// upload marks, in Operation.Metadata, the route whose body is a file: its
// handler sees to repetition itself, because a file is too large to keep for it.
const upload = "upload"

// repeat carries a POST with a key out once.
func (a *API) repeat(ctx huma.Context, next func(huma.Context)) {
	key := ctx.Header(keyHeader)
	if key == "" || ctx.Method() != http.MethodPost || ctx.Operation().Metadata[upload] != nil {
		next(ctx)
		return
	}
	if err := checkKey(key); err != nil {
		a.refuse(ctx, a.problem(ctx.Context(), err))
		return
	}
	body, err := io.ReadAll(io.LimitReader(ctx.BodyReader(), ctx.Operation().MaxBodyBytes+1))
	if err != nil {
		a.refuse(ctx, a.problem(ctx.Context(), fmt.Errorf("read request: %w", err)))
		return
	}
	url := ctx.URL()
	a.replay(ctx, key, hashOf(url.RequestURI(), string(body)), func(inside context.Context) once.Answer {
		r := &recorder{asked: huma.WithContext(ctx, inside), in: bytes.NewReader(body), header: map[string]string{}}
		next(r)
		return once.Answer{Status: r.status, Header: r.header, Body: r.out.Bytes()}
	})
}

func checkKey(key string) error {
	if len(key) > once.LongestKey {
		return tickets.NewError(tickets.Invalid, keyHeader, "error.once.long", "most", fmt.Sprint(once.LongestKey))
	}
	return nil
}

// replay writes the answer to a request, the old one or a new one.
func (a *API) replay(ctx huma.Context, key, request string, run func(context.Context) once.Answer) {
	inside := ctx.Context()
	answer, again, err := once.Do(inside, a.Store, callerIn(inside).owner(), key, request, run)
	if err != nil {
		a.refuse(ctx, a.problem(inside, err))
		return
	}
	for name, value := range answer.Header {
		ctx.SetHeader(name, value)
	}
	if again {
		ctx.SetHeader(replayedHeader, "true")
	}
	ctx.SetStatus(answer.Status)
	_, _ = ctx.BodyWriter().Write(answer.Body) // whoever asked may be gone
}

// hashOf tells requests apart.
func hashOf(parts ...string) string {
	sum := sha256.New()
	for _, p := range parts {
		_, _ = fmt.Fprintf(sum, "%d:%s", len(p), p) // a hash takes everything
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// asked is a huma.Context that can be embedded beside its method of that name.
type asked huma.Context

// recorder keeps an answer back until it is certain.
type recorder struct {
	asked
	in     io.Reader
	status int
	header map[string]string
	out    bytes.Buffer
}

// BodyReader implements huma.Context.
func (r *recorder) BodyReader() io.Reader { return r.in }

// BodyWriter implements huma.Context.
func (r *recorder) BodyWriter() io.Writer { return &r.out }

// SetStatus implements huma.Context.
func (r *recorder) SetStatus(code int) { r.status = code }

// Status implements huma.Context.
func (r *recorder) Status() int { return r.status }

// SetHeader implements huma.Context.
func (r *recorder) SetHeader(name, value string) { r.header[name] = value }

// AppendHeader implements huma.Context; our answers name no header twice.
func (r *recorder) AppendHeader(name, value string) { r.header[name] = value }
