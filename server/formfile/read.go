package formfile

import (
	"errors"
	"reflect"
	"slices"
	"strconv"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// biggest is the most bytes a file may have.
const biggest = 1 << 20

// Read takes a file and answers where its parts stand. Errors are the joined
// *Fault of the whole file; Faults takes them apart.
func Read(raw []byte) (File, Places, error) {
	if len(raw) > biggest {
		return File{}, nil, &Fault{Line: 1, Column: 1, Message: "form.file.big", Args: map[string]string{"most": strconv.Itoa(biggest >> 20)}}
	}
	tree, err := parser.ParseBytes(raw, 0)
	if err != nil {
		return File{}, nil, syntaxFault(err)
	}
	var f File
	places := Places{}
	var faults []error
	for _, doc := range tree.Docs {
		r := reader{places: Places{}}
		var part File
		r.value("", doc.Body, reflect.ValueOf(&part).Elem())
		places.add(r.places, f)
		f, faults = f.Join(part), append(faults, r.faults...)
	}
	return f, places, errors.Join(append(faults, twice(f, places)...)...)
}

// Faults are the faults an error of Read is made of.
func Faults(err error) []*Fault {
	var one *Fault
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*Fault
		for _, e := range many.Unwrap() {
			all = append(all, Faults(e)...)
		}
		return all
	}
	if errors.As(err, &one) {
		return []*Fault{one}
	}
	return nil
}

// syntaxFault is what is wrong with a text that is no YAML.
func syntaxFault(err error) error {
	f := &Fault{Line: 1, Column: 1, Message: "form.file.syntax", Args: map[string]string{"reason": err.Error()}}
	var syntax yaml.Error
	if errors.As(err, &syntax) {
		f.Args["reason"] = syntax.GetMessage()
		if t := syntax.GetToken(); t != nil && t.Position != nil {
			f.Line, f.Column = t.Position.Line, t.Position.Column
		}
	}
	return f
}

// reader fills values from nodes and notes where each stood.
type reader struct {
	places Places
	faults []error
}

func (r *reader) fault(n ast.Node, message string, pairs ...string) {
	at := placeOf(n)
	f := &Fault{Line: at.Line, Column: at.Column, Message: message, Args: map[string]string{}}
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Args[pairs[i]] = pairs[i+1]
	}
	r.faults = append(r.faults, f)
}

func placeOf(n ast.Node) Place {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return Place{Line: t.Position.Line, Column: t.Position.Column}
	}
	return Place{Line: 1, Column: 1}
}

// value fills v, which stands at path, from a node. Nothing written leaves it
// as it is.
func (r *reader) value(path string, n ast.Node, v reflect.Value) {
	switch n.(type) {
	case nil, *ast.NullNode, *ast.CommentGroupNode:
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		r.value(path, n, v.Elem())
	case reflect.Struct:
		r.mapping(path, n, v)
	case reflect.Slice:
		r.sequence(path, n, v)
	default:
		r.scalar(n, v)
	}
}

func (r *reader) sequence(path string, n ast.Node, v reflect.Value) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		r.fault(n, "form.file.list")
		return
	}
	if len(list.Values) == 0 {
		return // as if it were not written, which is how it will be written again
	}
	v.Set(reflect.MakeSlice(v.Type(), len(list.Values), len(list.Values)))
	for i, item := range list.Values {
		where := join(path, strconv.Itoa(i))
		if item != nil {
			r.places[where] = placeOf(item)
		}
		r.value(where, item, v.Index(i))
	}
}

// mapping fills a struct. A key that stands twice was refused by the parser.
func (r *reader) mapping(path string, n ast.Node, v reflect.Value) {
	var pairs []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	default:
		r.fault(n, "form.file.mapping")
		return
	}
	known := keysOf(v.Type())
	for _, p := range pairs {
		key := p.Key.GetToken().Value
		i := slices.Index(known.names, key)
		if i < 0 {
			r.unknown(p.Key, key, known.names)
			continue
		}
		r.places[join(path, key)] = placeOf(p.Key)
		r.value(join(path, key), p.Value, v.Field(known.places[i]))
	}
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
