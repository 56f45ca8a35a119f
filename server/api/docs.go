package api

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"okno/assets/locale"
	"okno/channels/markdown"
	"okno/tickets/people"
	"okno/ui"
	"okno/ui/reference"
)

// docsPolicy is that of the pages: nothing comes from a foreign host.
const docsPolicy = "default-src 'self'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'"

// docs is the page made from the OpenAPI document. Anybody may read it.
func (a *API) docs(c *gin.Context) {
	who, err := a.Visitor(c)
	if err != nil {
		a.fail(c, err)
		return
	}
	env := a.env(c, who)
	var body bytes.Buffer
	main := reference.Main(env, a.reference(env.T))
	if err := ui.Bare(env, env.T("docs.title"), main).Render(c.Request.Context(), &body); err != nil {
		a.fail(c, err)
		return
	}
	a.setHeaders(c)
	c.Header("Content-Security-Policy", docsPolicy)
	c.Data(http.StatusOK, "text/html; charset=utf-8", body.Bytes())
}

func (a *API) env(c *gin.Context, who people.Agent) ui.Env {
	lang := who.Language
	if lang == "" {
		lang = locale.Wanted(c.GetHeader("Accept-Language"))
	}
	return ui.Env{
		Agent: who, Lang: lang, Theme: who.Theme, Zone: time.UTC, Now: a.Now(), Assets: a.Assets.URL,
		T: a.Locale.T(lang), Path: docsPath,
	}
}

// reference describes the API in words. What operations are for is told in the
// reader's language; the details are those of the document.
func (a *API) reference(t translator) reference.Page {
	doc := a.huma.OpenAPI()
	p := reference.Page{About: markdown.HTML(t("docs.about"))}
	for _, tag := range doc.Tags {
		key := strings.ToLower(tag.Name)
		s := reference.Section{ID: key, Title: t("docs.tag." + key), Text: t("docs.tag." + key + ".text")}
		for _, op := range a.operations {
			if op.Tags[0] == tag.Name {
				s.Operations = append(s.Operations, a.described(t, op))
			}
		}
		p.Sections = append(p.Sections, s)
	}
	schemas := doc.Components.Schemas.Map()
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		if fields := fieldsOf(schemas[name]); len(fields) > 0 && !strings.HasSuffix(name, "Body") {
			p.Types = append(p.Types, reference.Type{Name: name, Fields: fields})
		}
	}
	for _, k := range kinds() {
		one := reference.Problem{ID: k.name, Title: t("api.problem." + k.name), Status: strconv.Itoa(k.status)}
		if k.detail != "" {
			one.Detail = t(k.detail, "id", "5f3a9c01")
		}
		p.Problems = append(p.Problems, one)
	}
	return p
}

func (a *API) described(t translator, op *huma.Operation) reference.Operation {
	out := reference.Operation{
		ID: op.OperationID, Method: op.Method, Path: op.Path, Summary: t("docs.op." + op.OperationID), Text: markdown.HTML(op.Description),
		Scope: string(scopeIn(op)), Status: strconv.Itoa(op.DefaultStatus), Answers: http.StatusText(op.DefaultStatus),
	}
	for _, p := range op.Parameters {
		if p.Name == "" {
			continue
		}
		f := fieldOf(p.Name, p.Schema, p.Required)
		f.In, f.Text = p.In, markdown.HTML(p.Description)
		out.Parameters = append(out.Parameters, f)
	}
	if op.RequestBody != nil && op.RequestBody.Content["application/json"] != nil {
		schema := a.resolved(op.RequestBody.Content["application/json"].Schema)
		out.Body, out.Example = fieldsOf(schema), a.example(schema)
	}
	if r := op.Responses[out.Status]; r != nil && r.Content["application/json"] != nil {
		a.answered(&out, r.Content["application/json"].Schema)
	}
	return out
}

// answered says what an operation answers: an object, or a list of some.
func (a *API) answered(out *reference.Operation, s *huma.Schema) {
	if items := a.resolved(s).Properties["items"]; items != nil && items.Items != nil {
		s = items.Items
		out.Answers = "items: " + nameOf(s)
	} else {
		out.Answers = nameOf(s)
	}
	out.Answer = nameOf(s)
}

// resolved follows a reference to a component.
func (a *API) resolved(s *huma.Schema) *huma.Schema {
	if s.Ref != "" {
		return a.huma.OpenAPI().Components.Schemas.SchemaFromRef(s.Ref)
	}
	return s
}

func nameOf(s *huma.Schema) string { return s.Ref[strings.LastIndex(s.Ref, "/")+1:] }

// fieldsOf are the parts of an object, the required ones first.
func fieldsOf(s *huma.Schema) (required []reference.Field) {
	var more []reference.Field
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		f := fieldOf(name, s.Properties[name], slices.Contains(s.Required, name))
		if f.Required {
			required = append(required, f)
		} else {
			more = append(more, f)
		}
	}
	return append(required, more...)
}

func fieldOf(name string, s *huma.Schema, required bool) reference.Field {
	f := reference.Field{Name: name, Required: required, Text: markdown.HTML(s.Description)}
	f.Type, f.Of = typeOf(s)
	if len(s.Enum) > 0 {
		f.Text += markdown.HTML(enumOf(s))
	}
	return f
}

func enumOf(s *huma.Schema) string {
	names := make([]string, len(s.Enum))
	for i, v := range s.Enum {
		raw, _ := json.Marshal(v) // texts and numbers always marshal
		names[i] = "`" + strings.Trim(string(raw), `"`) + "`"
	}
	return strings.Join(names, ", ")
}

// typeOf names a type in words, and the component it is or has.
func typeOf(s *huma.Schema) (name, of string) {
	switch {
	case s.Ref != "":
		return nameOf(s), nameOf(s)
	case s.Items != nil:
		name, of = typeOf(s.Items)
		return name + "[]", of
	case s.Format != "":
		return s.Type + " (" + s.Format + ")", ""
	case s.Type == "":
		return "any", ""
	}
	return s.Type, ""
}

// example is a body made of the examples of its parts.
func (a *API) example(s *huma.Schema) string {
	raw, err := json.MarshalIndent(a.sample(s), "", "  ")
	if err != nil || string(raw) == "{}" {
		return ""
	}
	return string(raw)
}

func (a *API) sample(s *huma.Schema) any {
	s = a.resolved(s)
	if len(s.Examples) > 0 {
		return s.Examples[0]
	}
	if len(s.Properties) == 0 {
		return nil
	}
	out := map[string]any{}
	for name, part := range s.Properties {
		if v := a.sample(part); v != nil {
			out[name] = v
		}
	}
	return out
}
