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

	"okno/assets/locale"
	"okno/tickets/people"
)

// tokenScheme names the way in, in the document.
const tokenScheme = "token"

// config is huma's, without its own pages: they load from foreign hosts.
func (a *API) config() huma.Config {
	c := huma.DefaultConfig("Okno", a.Version)
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""
	c.CreateHooks = nil
	c.Formats = map[string]huma.Format{"application/json": format(), "json": format()}
	c.Transformers = []huma.Transformer{a.translate}
	c.Info.Description = a.Locale.T(locale.Languages()[0])("docs.about")
	c.Tags = a.tags()
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{tokenScheme: {
		Type: "http", Scheme: "bearer", BearerFormat: "okno_...",
		Description: "A token of the scope that the operation names as x-okno-scope, or a larger one.",
	}}
	return c
}

// tags are the groups of operations, in English as all of the document.
func (a *API) tags() (out []*huma.Tag) {
	t := a.Locale.T(locale.Languages()[0])
	for _, name := range []string{"tickets", "messages", "acts", "files", "events", "persons", "agents", "teams", "channels", "lists"} {
		out = append(out, &huma.Tag{Name: t("docs.tag." + name), Description: t("docs.tag." + name + ".text")})
	}
	return out
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
