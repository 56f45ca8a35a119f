package kb

import "context"

// Document is one thing that can be found.
type Document struct {
	ID    string // "form:12"
	Kind  string // "form", "article"
	Texts []Passage
}

// Passage is a part of a document. Heavier parts count more: a name 3, examples
// 2, a body 1.
type Passage struct {
	Language string // "en", "ru"
	Text     string
	Weight   float64
}

// Hit is a document that was found.
type Hit struct {
	ID    string
	Score float64 // 0 to 1: how much of what was asked it speaks of
}

// Index finds documents.
type Index interface {
	// Replace makes these all the documents of a kind.
	Replace(ctx context.Context, kind string, all []Document) error
	// Search answers the best documents of a kind for words in any language.
	Search(ctx context.Context, kind, words string, limit int) ([]Hit, error)
}
