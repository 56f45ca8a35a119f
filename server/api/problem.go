package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sort"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"okno/assets/locale"
	"okno/channels"
	"okno/channels/hub"
	"okno/tickets"
	"okno/tickets/people"
)

// problemType is the media type of refusals (RFC 9457, section 3).
const problemType = "application/problem+json"

// Problem is a refusal as RFC 9457 has it.
type Problem struct {
	Type   string       `json:"type" format:"uri" doc:"Names the kind of problem and leads to its description." example:"https://desk.example.org/api/docs#problem-invalid"`
	Title  string       `json:"title" doc:"The kind of problem in a few words." example:"This cannot be taken"`
	Status int          `json:"status" doc:"The HTTP status again." example:"422"`
	Detail string       `json:"detail" doc:"What happened and what to do, in the language of Accept-Language (English or Russian)." example:"There is no such team."`
	Errors []InputError `json:"errors,omitempty" nullable:"false" doc:"What is wrong with each part of the request."`
	ID     string       `json:"id,omitempty" doc:"Of an error of the desk itself: the log has its cause under this id." example:"5f3a9c01"`

	wait time.Duration // Retry-After
	lure bool          // WWW-Authenticate
}

// InputError is what is wrong with one part of a request.
type InputError struct {
	Detail    string `json:"detail" doc:"What is wrong, in words." example:"There is no such team."`
	Pointer   string `json:"pointer,omitempty" doc:"Where in the body, as a JSON pointer (RFC 6901)." example:"#/team"`
	Parameter string `json:"parameter,omitempty" doc:"Which parameter of the path or the query."`
	Header    string `json:"header,omitempty" doc:"Which header."`
}

// Error implements error, for logs.
func (p *Problem) Error() string { return p.Title + ": " + p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType implements huma.ContentTypeFilter.
func (p *Problem) ContentType(string) string { return problemType }

// GetHeaders implements huma.HeadersError.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.wait > 0 {
		h.Set("Retry-After", strconv.Itoa(seconds(p.wait)))
	}
	if p.lure {
		h.Set("WWW-Authenticate", `Bearer realm="Okno"`)
	}
	return h
}

// waitError is a request that came too soon after others.
type waitError struct{ wait time.Duration }

// Error implements error.
func (e *waitError) Error() string { return "too many requests, wait " + e.wait.String() }

// The refusals that only HTTP knows.
var (
	errMethod    = errors.New("no such method here")
	errNoVersion = errors.New("no If-Match")
	errStreams   = errors.New("too many streams")
	errTooLarge  = errors.New("too large")
)

// kind is one sort of problem: how it is called, its status, and the key of a
// detail where the error brings none.
type kind struct {
	name, detail string
	status       int
}

// kinds is the one table from refusals to problems, in the order of the page
// that describes them.
func kinds() []kind {
	return []kind{
		{"malformed", "api.detail.malformed", http.StatusBadRequest},
		{"stranger", "api.detail.stranger", http.StatusUnauthorized},
		{string(tickets.Denied), "", http.StatusForbidden},
		{string(tickets.Missing), "", http.StatusNotFound},
		{"method", "api.detail.method", http.StatusMethodNotAllowed},
		{string(tickets.Conflict), "", http.StatusConflict},
		{string(tickets.Blocked), "", http.StatusConflict},
		{"changed", "api.detail.changed", http.StatusPreconditionFailed},
		{"large", "api.detail.large", http.StatusRequestEntityTooLarge},
		{"format", "api.detail.format", http.StatusUnsupportedMediaType},
		{string(tickets.Invalid), "api.detail.invalid", http.StatusUnprocessableEntity},
		{"unversioned", "api.detail.unversioned", http.StatusPreconditionRequired},
		{string(tickets.Limited), "api.detail.limited", http.StatusTooManyRequests},
		{"internal", "api.detail.internal", http.StatusInternalServerError},
		{string(tickets.Unavailable), "", http.StatusServiceUnavailable},
	}
}

func kindNamed(name string) kind {
	for _, k := range kinds() {
		if k.name == name {
			return k
		}
	}
	return kindNamed("internal")
}

// kindOf sorts an error; message, field and words are those of the first part
// that has some.
func kindOf(err error) kind {
	var (
		wait   *waitError
		large  *http.MaxBytesError
		faults hub.Faults
	)
	switch {
	case errors.Is(err, errStranger):
		return kindNamed("stranger")
	case errors.Is(err, errMethod):
		return kindNamed("method")
	case errors.Is(err, errNoVersion):
		return kindNamed("unversioned")
	case errors.As(err, &wait), errors.Is(err, errStreams):
		return kindNamed(string(tickets.Limited))
	case errors.As(err, &large), errors.Is(err, errTooLarge):
		return kindNamed("large")
	case errors.As(err, &faults):
		return kindNamed(string(tickets.Invalid))
	}
	if e, ok := refusal(err); ok {
		return kindNamed(string(e.Kind))
	}
	return kindNamed("internal")
}

// refusal is an error a person can read, whichever package said it.
func refusal(err error) (*tickets.Error, bool) {
	var (
		e *tickets.Error
		f *people.Fault
	)
	switch {
	case errors.As(err, &e):
		return e, true
	case errors.As(err, &f):
		return &tickets.Error{Kind: tickets.Kind(f.Kind), Field: f.Field, Message: f.Message, Args: f.Args, Err: err}, true
	case errors.Is(err, people.ErrMissing):
		return tickets.NewError(tickets.Missing, "", "api.missing"), true
	case errors.Is(err, hub.ErrDone):
		return tickets.NewError(tickets.Blocked, "", "web.fault.done"), true
	}
	return nil, false
}

// problem turns an error into what the caller in ctx is told.
func (a *API) problem(ctx context.Context, err error) *Problem {
	var ready *Problem
	if errors.As(err, &ready) {
		return ready
	}
	t := a.Locale.T(callerIn(ctx).lang)
	k := kindOf(err)
	p := a.newProblem(t, k)
	var wait *waitError
	if errors.As(err, &wait) {
		p.wait = wait.wait
	}
	p.lure = k.name == "stranger"
	if k.status == http.StatusTooManyRequests || k.status == http.StatusServiceUnavailable {
		p.wait = max(p.wait, time.Second)
	}
	a.explain(ctx, t, p, err)
	return p
}

func (a *API) newProblem(t translator, k kind) *Problem {
	p := &Problem{Type: a.PublicURL + docsPath + "#problem-" + k.name, Title: t("api.problem." + k.name), Status: k.status}
	if k.detail != "" {
		p.Detail = t(k.detail)
	}
	return p
}

// translator puts a key into the caller's language.
type translator = func(key string, args ...any) string

// explain says what an error knows itself. What is ours alone goes to the log.
func (a *API) explain(ctx context.Context, t translator, p *Problem, err error) {
	var faults hub.Faults
	e, ok := refusal(err)
	switch {
	case errors.As(err, &faults):
		p.Errors = a.faulty(t, faults)
	case ok:
		p.Detail = say(t, e.Message, e.Args)
		if e.Field != "" {
			p.Errors = []InputError{inputError(ctx, e.Field, p.Detail)}
		}
	case p.Status == http.StatusInternalServerError:
		p.ID = shortID()
		p.Detail = t("api.detail.internal", "id", p.ID)
		a.Logger.ErrorContext(ctx, "API request failed", "id", p.ID, "error", err)
	}
}

// faulty names each setting of a channel that cannot be taken.
func (a *API) faulty(t translator, faults hub.Faults) (out []InputError) {
	for field, why := range faults {
		out = append(out, InputError{Detail: say(t, why.Key, why.Args), Pointer: "#/" + a.settingAt(field)})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Pointer < out[j].Pointer })
	return out
}

// settingAt is where the body of a channel has a setting.
func (a *API) settingAt(field string) string {
	if field == "kind" {
		return field
	}
	secret := func(f channels.Field) bool { return f.Key == field && f.Type == channels.FieldSecret }
	for _, k := range a.Hub.Kinds() {
		if slices.ContainsFunc(k.Fields, secret) {
			return "secrets/" + field
		}
	}
	return "settings/" + field
}

// inputError places a refusal of the domain in the request.
func inputError(ctx context.Context, field, detail string) InputError {
	e := InputError{Detail: detail}
	switch {
	case field == "Idempotency-Key":
		e.Header = field
	case field == "after":
		e.Parameter = "cursor"
	case callerIn(ctx).reads:
		e.Parameter = field
	default:
		e.Pointer = "#/" + field
	}
	return e
}

// say translates a key with the arguments of a refusal.
func say(t translator, key string, args map[string]string) string {
	pairs := make([]any, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, name, value)
	}
	return t(key, pairs...)
}

// refuse answers a problem before a handler was reached.
func (a *API) refuse(ctx huma.Context, p *Problem) {
	for name, values := range p.GetHeaders() {
		ctx.SetHeader(name, values[0])
	}
	a.answer(ctx, p.Status, problemType, p)
}

// answer writes JSON. Whoever asked may be gone, so nobody hears of a failure.
func (a *API) answer(ctx huma.Context, status int, contentType string, body any) {
	ctx.SetHeader("Content-Type", contentType)
	ctx.SetStatus(status)
	_ = huma.DefaultJSONFormat.Marshal(ctx.BodyWriter(), body)
}

// fail answers an error where huma has no part in the request.
func (a *API) fail(c *gin.Context, err error) {
	c.Abort()
	ctx := with(c.Request.Context(), caller{lang: locale.Wanted(c.GetHeader("Accept-Language"))})
	p := a.problem(ctx, err)
	for name, values := range p.GetHeaders() {
		c.Header(name, values[0])
	}
	body, err := json.Marshal(p)
	if err != nil {
		body = []byte(fmt.Sprintf(`{"status":%d}`, p.Status))
	}
	c.Data(p.Status, problemType, body)
}

func shortID() string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails, see crypto/rand
	return hex.EncodeToString(b[:])
}
