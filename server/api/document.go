package api

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"okno/tickets/people"
)

// tokenScheme names the way in, in the document.
const tokenScheme = "token"

const about = `Okno is a help desk. This API does what agents do on its pages: open tickets, answer, change, merge and split them, keep people, teams, agents and channels.

**Tokens.** An administrator makes one under Settings → API tokens, or on the machine of the desk: ` + "`okno token create --name NAME --scope read|write|admin`" + `. Send it as ` + "`Authorization: Bearer okno_...`" + `. ` + "`read`" + ` looks, ` + "`write`" + ` also changes tickets and people, ` + "`admin`" + ` also sees and changes agents, teams and channels. The log says of everything a token did whom it acted as and its name.

**Conventions.** Ids are strings, ticket numbers are numbers, times are RFC 3339 in UTC. Fields without a value are left out. Unknown fields and parameters are refused by name.

**Pages of lists.** Follow ` + "`next`" + ` as ` + "`cursor`" + ` until it is missing. A page can be short, even empty, and still have a next one: at most 10,000 tickets are looked at for one page.

**Two people at once.** A ticket has a version, which is its ETag. PATCH wants it as ` + "`If-Match`" + ` and answers 412 with what changed meanwhile and by whom.

**Sending again.** Every POST takes an ` + "`Idempotency-Key`" + `. What it changes and its answer are written together, so a repetition after a lost connection makes nothing twice. The same key with another request is refused. Refusals are not kept.

**Refusals** are problem documents (RFC 9457) whose ` + "`errors`" + ` name the part of the request, in the language of ` + "`Accept-Language`" + `.`

// config is huma's, without its own pages: they load from foreign hosts.
func (a *API) config() huma.Config {
	c := huma.DefaultConfig("Okno", a.Version)
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.CreateHooks = nil
	c.Formats = map[string]huma.Format{"application/json": format(), "json": format()}
	c.Transformers = []huma.Transformer{a.translate}
	c.Info.Description = about
	c.Tags = tags()
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{tokenScheme: {
		Type: "http", Scheme: "bearer", BearerFormat: "okno_...",
		Description: "A token of the scope that the operation names as x-okno-scope, or a larger one.",
	}}
	return c
}

func tags() []*huma.Tag {
	return []*huma.Tag{
		{Name: "Tickets", Description: "Requests and everything about them that a list shows."},
		{Name: "Messages", Description: "What was said in a ticket: public replies and private notes."},
		{Name: "Acts", Description: "What happens to whole tickets: merge, split, link, delete, each with its undo."},
		{Name: "Files", Description: "Attachments."},
		{Name: "Events", Description: "The log of everything that happened, as pages and as a stream."},
		{Name: "Persons", Description: "Who asks."},
		{Name: "Agents", Description: "Who answers."},
		{Name: "Teams", Description: "Who owns tickets together."},
		{Name: "Channels", Description: "Connections to mail and chats, and the ledger of all that came in by them."},
		{Name: "Lists", Description: "What tickets are made of."},
	}
}

// problemResponse documents every refusal at once: all look alike.
func (a *API) problemResponse() *huma.Response {
	schema := a.huma.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")
	return &huma.Response{
		Description: "A refusal. Its status is one of those the documentation lists.",
		Content:     map[string]*huma.MediaType{problemType: {Schema: schema}},
	}
}

// finishDocument takes out what huma describes and we never answer.
func (a *API) finishDocument() {
	schemas := a.huma.OpenAPI().Components.Schemas.Map()
	delete(schemas, "ErrorModel")
	delete(schemas, "ErrorDetail")
}

// attachDocument serves the document, which anybody may read, and the page made
// from it.
func (a *API) attachDocument(e *gin.Engine) {
	g := e.Group("", a.recovered, a.headers, a.squeeze)
	g.GET("/openapi.json", document(func() ([]byte, error) { return json.Marshal(a.huma.OpenAPI()) }))
	g.GET("/openapi-3.0.json", document(a.older))
	e.GET(docsPath, a.recovered, a.docs)
}

// document serves what never changes while the program runs.
func document(write func() ([]byte, error)) gin.HandlerFunc {
	body, err := write()
	sum := sha256.Sum256(body)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:9]) + `"`
	return func(c *gin.Context) {
		if err != nil {
			panic(fmt.Sprintf("write the OpenAPI document: %v", err))
		}
		c.Header("Cache-Control", "no-cache")
		c.Header("ETag", tag)
		if c.GetHeader("If-None-Match") == tag {
			c.Status(http.StatusNotModified)
			return
		}
		c.Data(http.StatusOK, "application/json", body)
	}
}

// scopeIn is the scope an operation asks for.
func scopeIn(op *huma.Operation) people.Scope {
	s, _ := op.Metadata[scopeOf].(people.Scope)
	return s
}

// schemaOf is the schema of a type, kept among the components.
func schemaOf[T any](a *API) *huma.Schema {
	t := reflect.TypeFor[T]()
	return a.huma.OpenAPI().Components.Schemas.Schema(t, true, t.Name())
}

// jsonResponse documents an answer that a handler writes itself.
func (a *API) jsonResponse(text string, schema *huma.Schema) *huma.Response {
	return &huma.Response{Description: text, Content: map[string]*huma.MediaType{"application/json": {Schema: schema}}}
}
