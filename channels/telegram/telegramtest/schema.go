package telegramtest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// SchemaEnv names the file that describes the Bot API, when it lies elsewhere
// than FindSchema looks.
const SchemaEnv = "OKNO_TELEGRAM_SCHEMA"

// schemaPlace is where the description lies, from the root of the project.
const schemaPlace = "../shared/data/telegram-bot-api.json"

// Schema is the machine-readable description of the Bot API: every method with
// its parameters and every type with its fields.
type Schema struct {
	Methods map[string]described `json:"methods"`
	Types   map[string]described `json:"types"`
}

// described is a method or a type.
type described struct {
	Fields   []field  `json:"fields"`
	Returns  []string `json:"returns"`  // of a method
	Subtypes []string `json:"subtypes"` // of a type that is one of several
}

type field struct {
	Name        string   `json:"name"`
	Types       []string `json:"types"`
	Required    bool     `json:"required"`
	Description string   `json:"description"`
}

// FindSchema answers the file that describes the Bot API, "" where there is
// none. It is no part of the project: OKNO_TELEGRAM_SCHEMA names it, or it lies
// in a folder beside the project.
func FindSchema() string {
	if path := os.Getenv(SchemaEnv); path != "" {
		return path
	}
	path := filepath.Join(root(), schemaPlace)
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

// RequireSchema skips a test that needs the description where there is none.
func RequireSchema(t testing.TB) {
	t.Helper()
	if FindSchema() == "" {
		t.Skipf("the description of the Bot API lies outside of the project and is not here; name the file in %s", SchemaEnv)
	}
}

func loadSchema(t testing.TB) *Schema {
	t.Helper()
	path := FindSchema()
	if path == "" {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("read the description of the Bot API: %v", err)
	}
	s := &Schema{}
	if err := json.Unmarshal(text, s); err != nil {
		t.Fatalf("read the description of the Bot API: %v", err)
	}
	return s
}

// check notes what does not fit in a request.
func (s *Server) check(name string, p params) {
	if s.schema == nil {
		return
	}
	findings := s.schema.request(name, p)
	s.change(func() { s.violate(name, findings) })
}

// checkAnswer notes what does not fit in an answer of the server itself.
func (s *Server) checkAnswer(name string, result any) {
	if s.schema == nil {
		return
	}
	value, err := plain(result)
	findings := s.schema.value("result", s.schema.Methods[name].Returns, value)
	if err != nil {
		findings = append(findings, err.Error())
	}
	s.change(func() { s.violate("answer to "+name, findings) })
}

// checkUpdate notes what does not fit in an update. The lock is held.
func (s *Server) checkUpdate(u update) {
	if s.schema == nil {
		return
	}
	value, err := plain(u)
	findings := s.schema.value("update", []string{"Update"}, value)
	if err != nil {
		findings = append(findings, err.Error())
	}
	s.violate("update", findings)
}

// request checks the parameters of a call.
func (s *Schema) request(name string, p params) (findings []string) {
	m, known := s.Methods[name]
	if !known {
		return []string{"is no method of the Bot API"}
	}
	left := map[string]bool{}
	for given := range p.values {
		left[given] = true
	}
	for _, f := range m.Fields {
		delete(left, f.Name)
		findings = append(findings, s.parameter(f, p)...)
	}
	for unknown := range left {
		findings = append(findings, "unknown parameter "+unknown)
	}
	return append(findings, strayFiles(m, p)...)
}

// parameter checks one parameter of a call.
func (s *Schema) parameter(f field, p params) []string {
	if _, attached := p.files[f.Name]; attached {
		if !strings.Contains(strings.Join(f.Types, " "), "InputFile") {
			return []string{f.Name + " is no file"}
		}
		return nil
	}
	text, given := p.values[f.Name]
	switch {
	case !given && f.Required:
		return []string{"parameter " + f.Name + " is missing"}
	case !given:
		return nil
	}
	value, err := p.value(f, text)
	if err != nil {
		return []string{fmt.Sprintf("parameter %s: %v", f.Name, err)}
	}
	return append(s.value(f.Name, f.Types, value), lengths(f, value, p.text("parse_mode"))...)
}

// value is a parameter as JSON has it: as it came, or read from its string.
func (p params) value(f field, text string) (out any, err error) {
	if raw, ok := p.raw[f.Name]; ok {
		err = json.Unmarshal(raw, &out)
		if _, isText := out.(string); !isText || err != nil {
			return out, err
		}
	}
	for _, t := range f.Types {
		if t == "String" || t == "InputFile" {
			return text, nil
		}
	}
	if _, ok := p.raw[f.Name]; ok && !serialised(f) {
		return text, nil // a string where JSON has numbers
	}
	err = json.Unmarshal([]byte(text), &out)
	return out, err
}

// serialised says that a parameter may come as JSON inside a string.
func serialised(f field) bool {
	for _, t := range f.Types {
		if t == "Integer" || t == "Boolean" || t == "Float" {
			return false
		}
	}
	return true
}

// strayFiles are the uploads no parameter speaks of.
func strayFiles(m described, p params) (findings []string) {
	for name := range p.files {
		used := false
		for _, f := range m.Fields {
			used = used || f.Name == name || strings.Contains(p.values[f.Name], "attach://"+name)
		}
		if !used {
			findings = append(findings, "nothing speaks of the file "+name)
		}
	}
	return findings
}
