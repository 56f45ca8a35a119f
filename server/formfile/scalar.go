package formfile

import (
	"reflect"
	"strconv"

	"github.com/goccy/go-yaml/ast"
)

// scalar fills a text, a number or a yes-or-no. A text takes a number as it was
// written, so that 1.50 stays 1.50.
func (r *reader) scalar(n ast.Node, v reflect.Value) {
	written, ok := writtenIn(n)
	if !ok {
		r.fault(n, "form.file.text")
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(written)
	case reflect.Bool:
		if b, ok := n.(*ast.BoolNode); ok {
			v.SetBool(b.Value)
			return
		}
		r.fault(n, "form.file.bool")
	default:
		i, err := strconv.ParseInt(written, 10, v.Type().Bits())
		if err != nil {
			r.fault(n, "form.file.number")
			return
		}
		v.SetInt(i)
	}
}

// writtenIn is the text of a node that is one value.
func writtenIn(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return n.GetToken().Value, true
	}
	return "", false
}
