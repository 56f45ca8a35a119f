package api

import (
	"context"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"okno/tickets/people"
)

const (
	prefix   = "/api/v1"
	docsPath = "/api/docs"
	// smallBody is enough for every request that carries no file.
	smallBody = 1 << 20
)

// Attach puts the API on e. It has to come before whatever else uses e, because
// its answers have headers of their own.
func (a *API) Attach(e *gin.Engine) {
	e.Use(a.strange)
	g := e.Group("", a.recovered, a.headers, a.squeeze, a.sameOrigin)
	a.huma = humagin.NewWithGroup(e, g, a.config())
	a.huma.UseMiddleware(a.admit, a.repeat)
	a.addAll()
	a.finishDocument()
	a.attachDocument(e)
}

// addAll is the list of everything there is, in the order of the document.
func (a *API) addAll() {
	a.addTickets()
	a.addMessages()
	a.addActs()
	a.addFiles()
	a.addEvents()
	a.addPersons()
	a.addAgents()
	a.addTeams()
	a.addChannels()
	a.addLists()
	a.addRequestTypes()
}

// route is one line of the API.
type route struct {
	method, path string
	id           string // operationId
	tag          string
	scope        people.Scope
	summary      string
	text         string // Markdown
	status       int    // of success; 0: 200
	body         int64  // most bytes; 0: smallBody
	upload       bool
	responses    map[string]*huma.Response // beside those made from the types
}

// add puts a route and its handler on the API.
func add[I, O any](a *API, r route, do func(ctx context.Context, by caller, in *I) (*O, error)) {
	op := a.operation(r)
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := do(ctx, callerIn(ctx), in)
		if err != nil {
			return nil, a.problem(ctx, err)
		}
		return out, nil
	})
	a.operations = append(a.operations, a.registered(op))
}

// registered is an operation as the document has it.
func (a *API) registered(op huma.Operation) *huma.Operation {
	item := a.huma.OpenAPI().Paths[op.Path]
	for _, one := range []*huma.Operation{item.Get, item.Post, item.Patch, item.Delete} {
		if one != nil && one.Method == op.Method {
			return one
		}
	}
	return &op
}

func (a *API) operation(r route) huma.Operation {
	op := huma.Operation{
		Method: r.method, Path: prefix + r.path, OperationID: r.id, Tags: []string{r.tag}, Summary: r.summary,
		Description: r.text, DefaultStatus: r.status, MaxBodyBytes: smallBody, RejectUnknownQueryParameters: true,
		Metadata:   map[string]any{scopeOf: r.scope},
		Security:   []map[string][]string{{tokenScheme: {}}},
		Extensions: map[string]any{"x-okno-scope": string(r.scope)},
		Responses:  map[string]*huma.Response{"default": a.problemResponse()},
	}
	if r.upload {
		op.Metadata[upload] = true
	}
	if r.body != 0 {
		op.MaxBodyBytes = r.body
	}
	for status, response := range r.responses {
		op.Responses[status] = response
	}
	if r.method == http.MethodPost {
		op.Parameters = append(op.Parameters, keyParam())
	}
	return op
}

// keyParam documents what repeat honours.
func keyParam() *huma.Param {
	most := 255
	return &huma.Param{
		Name: keyHeader, In: "header", Schema: &huma.Schema{Type: huma.TypeString, MaxLength: &most},
		Description: "Names the request. Sent again with the same key within 24 hours it is not carried out again; the answer is the first one, with `" + replayedHeader + ": true`.",
		Example:     "order-4711-complaint",
	}
}

// id is how the API writes an id: a string, because JavaScript's numbers are too
// short for it.
func id(n int64) string { return strconv.FormatInt(n, 10) }
