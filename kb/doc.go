// Package kb is the room of the knowledge base: articles with their sections and
// versions, and the answer to a question. Nothing lives here yet; the import
// rules of the house already hold for it (standard library only, the index
// behind an interface in kb/index).
package kb
