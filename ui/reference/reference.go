// Package reference draws the page that programmers read about the API. It takes
// a description that is ready to be shown and knows nothing of OpenAPI.
package reference

// Page is everything there is to read.
type Page struct {
	About    string // HTML
	Sections []Section
	Types    []Type
	Problems []Problem
}

// Section is a group of operations.
type Section struct {
	ID, Title, Text string
	Operations      []Operation
}

// Operation is one method at one address.
type Operation struct {
	ID, Method, Path string
	Summary          string
	Text             string // HTML
	Scope            string
	Parameters       []Field
	Body             []Field
	Example          string // JSON of a body, "" when it takes none
	Status           string // of success
	Answer           string // name of a type, "" when the answer is none of ours
	Answers          string // what the answer is, in words
}

// Type is an object that requests or answers carry.
type Type struct {
	Name   string
	Fields []Field
}

// Field is a parameter or a part of an object.
type Field struct {
	Name     string
	In       string // path, query or header; "" in objects
	Type     string
	Of       string // name of the type its Type names, "" for texts and numbers
	Required bool
	Text     string // HTML
}

// Problem is a kind of refusal.
type Problem struct {
	ID, Title, Status, Detail string
}
