// Package kb is the room of the knowledge base: what can be found by words, and
// the index that finds it (an interface; kb/index has it). Articles with their
// sections and versions will live here.
package kb
