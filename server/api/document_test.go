package api_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	_ "github.com/oapi-codegen/runtime" // what generated clients import

	"okno/assets/locale"
	"okno/tickets/people"
)

// TestTheDocumentIsValid reads both forms of the OpenAPI document with a
// validator of others, and looks for what every operation needs.
func TestTheDocumentIsValid(t *testing.T) {
	d := newDesk(t)
	for path, version := range map[string]string{"/openapi.json": "3.1.0", "/openapi-3.0.json": "3.0.3"} {
		doc, err := openapi3.NewLoader().LoadFromData(d.do(call{method: "GET", path: path}).is(200).body)
		d.ok(err)
		if err := doc.Validate(t.Context()); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		if doc.OpenAPI != version {
			t.Errorf("%s is version %s", path, doc.OpenAPI)
		}
		for address, item := range doc.Paths.Map() {
			for method, op := range item.Operations() {
				if op.Summary == "" || op.Security == nil || op.Responses.Default() == nil || op.Extensions["x-okno-scope"] == nil {
					t.Errorf("%s: %s %s lacks a summary, a scope or what a refusal is", path, method, address)
				}
			}
		}
	}
	same := call{method: "GET", path: "/openapi.json", header: map[string]string{"If-None-Match": d.do(call{method: "GET", path: "/openapi.json"}).header.Get("ETag")}}
	d.do(same).is(304)
}

// TestThePageSaysWhatTheDocumentSays holds the English words of the page and the
// summaries of the document together.
func TestThePageSaysWhatTheDocumentSays(t *testing.T) {
	words, err := locale.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, op := range newDesk(t).documented() {
		if said := words.T("en")("docs.op." + op.OperationID); said != op.Summary {
			t.Errorf("%s: the document says %q, the page %q", op.OperationID, op.Summary, said)
		}
	}
}

// TestAGeneratedClientWorks makes a client with a generator of others, compiles
// it and drives a running desk with it.
func TestAGeneratedClientWorks(t *testing.T) {
	d := newDesk(t)
	dir := t.TempDir()
	document, client := filepath.Join(dir, "openapi.json"), filepath.Join(dir, "client.go")
	d.ok(os.WriteFile(document, d.do(call{method: "GET", path: "/openapi-3.0.json"}).is(200).body, 0o600))
	run(t, "tool", "oapi-codegen", "-package", "main", "-generate", "types,client", "-o", client, document)
	source, err := os.ReadFile(filepath.Join("testdata", "client", "main.go"))
	d.ok(err)
	program := filepath.Join(dir, "main.go") // the files of a program lie in one folder
	d.ok(os.WriteFile(program, source, 0o600))
	if said := run(t, "run", program, client, "http://"+d.srv.Addr(), d.tokens[people.ScopeWrite]); said != "works" {
		t.Errorf("the client says %s", said)
	}
}

func run(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args[:2], " "), err, out)
	}
	return strings.TrimSpace(string(out))
}
