package config

import (
	"errors"
	"fmt"
	"os"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// file is a configuration file: one 'key: value' a line.
type file struct {
	path   string
	values map[string]ast.ScalarNode
}

// find answers the value of a key and its origin, "" when the file lacks it.
func (f *file) find(key string) (value, origin string) {
	node, ok := f.values[key]
	if !ok {
		return "", ""
	}
	return scalar(node), fmt.Sprintf("%s line %d", f.path, node.GetToken().Position.Line)
}

// scalar is the text of a value; YAML's null is the empty text.
func scalar(node ast.ScalarNode) string {
	if node.Type() == ast.NullType {
		return ""
	}
	return node.GetToken().Value
}

// readFile reads a file whose keys are known and answers every fault in it.
func readFile(path string, known map[string]bool) (*file, []string) {
	f := &file{path: path, values: map[string]ast.ScalarNode{}}
	raw, err := os.ReadFile(path)
	if err != nil {
		return f, []string{fmt.Sprintf("config: cannot read the file: %v", err)}
	}
	tree, err := parser.ParseBytes(raw, 0)
	if err != nil {
		return f, []string{path + syntaxFault(err)}
	}
	var faults []string
	for _, doc := range tree.Docs {
		faults = append(faults, f.take(doc.Body, known)...)
	}
	return f, faults
}

// syntaxFault is what is wrong with a text that is no YAML, with its line.
func syntaxFault(err error) string {
	var syntax yaml.Error
	if !errors.As(err, &syntax) {
		return ": " + err.Error()
	}
	return fmt.Sprintf(" line %d: %s", syntax.GetToken().Position.Line, syntax.GetMessage())
}

// take keeps the values of a mapping and answers what is wrong with the rest.
func (f *file) take(body ast.Node, known map[string]bool) (faults []string) {
	switch body := body.(type) {
	case nil, *ast.CommentGroupNode, *ast.NullNode:
	case *ast.MappingNode:
		for _, pair := range body.Values {
			faults = append(faults, f.takePair(pair, known)...)
		}
	case *ast.MappingValueNode:
		faults = f.takePair(body, known)
	default:
		faults = []string{f.path + ": expected lines of the form 'key: value'"}
	}
	return faults
}

func (f *file) takePair(pair *ast.MappingValueNode, known map[string]bool) []string {
	key, line := pair.Key.GetToken().Value, pair.Key.GetToken().Position.Line
	value, ok := pair.Value.(ast.ScalarNode)
	switch {
	case !known[key]:
		return []string{fmt.Sprintf("%s line %d: there is no setting %q; 'okno config' lists them", f.path, line, key)}
	case !ok:
		return []string{fmt.Sprintf("%s line %d: %s takes one value", f.path, line, key)}
	}
	f.values[key] = value
	return nil
}
