// Package formfile is the YAML form of the menu, its topics, reference lists and
// request types: what an administrator exports and imports, what `okno apply`
// takes and what ships with the desk.
//
// Keys are the json tags of package forms. Reading is strict: a key nobody
// knows, a value of the wrong kind or an alias is a Fault with its line and
// column, and all of them are found at once. A file that was written and is read
// again is the same.
package formfile

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"okno/tickets/forms"
)

// File is what one file says. Parts it does not mention are left alone by
// whoever applies it.
type File struct {
	Sections []forms.Section     `json:"sections,omitempty"`
	Topics   []forms.Topic       `json:"topics,omitempty"`
	Lists    []forms.List        `json:"lists,omitempty"`
	Requests []forms.RequestType `json:"requests,omitempty"`
}

// Join is a file that says what both say, f first.
func (f File) Join(other File) File {
	return File{
		Sections: slices.Concat(f.Sections, other.Sections),
		Topics:   slices.Concat(f.Topics, other.Topics),
		Lists:    slices.Concat(f.Lists, other.Lists),
		Requests: slices.Concat(f.Requests, other.Requests),
	}
}

// Fault is one thing wrong with a file: a key of assets/locale with its
// arguments, and where, counted from 1.
type Fault struct {
	Line, Column int
	Message      string
	Args         map[string]string
}

// Error implements error, for logs.
func (f *Fault) Error() string {
	return fmt.Sprintf("line %d, column %d: %s %v", f.Line, f.Column, f.Message, f.Args)
}

// Place is where something stands in a file, counted from 1.
type Place struct{ Line, Column int }

// Places says where the parts of a file stand, by their path: "requests.0",
// "requests.0.steps.3.label".
type Places map[string]Place

// Of is the place of a path, or of the nearest part around it that was written.
func (p Places) Of(path string) Place {
	for {
		if at, ok := p[path]; ok {
			return at
		}
		end := strings.LastIndexByte(path, '.')
		if end < 0 {
			return Place{Line: 1, Column: 1}
		}
		path = path[:end]
	}
}

// add takes the places of a document that follows others, which say what before
// says: its parts are counted after theirs.
func (p Places) add(doc Places, before File) {
	counts := map[string]int{
		"sections": len(before.Sections), "topics": len(before.Topics), "lists": len(before.Lists), "requests": len(before.Requests),
	}
	for path, at := range doc {
		words := strings.Split(path, ".")
		if len(words) > 1 {
			n, _ := strconv.Atoi(words[1])
			words[1] = strconv.Itoa(counts[words[0]] + n)
		}
		p[strings.Join(words, ".")] = at
	}
}

// Flaws are the flaws of a file's request types at their places. What the file
// does not say of the menu and the lists is taken from what there is already.
func Flaws(f File, places Places, have forms.Catalog) []*Fault {
	menu, lists := have.Menu, slices.Concat(f.Lists, have.Lists)
	menu.Sections = slices.Concat(f.Sections, menu.Sections)
	menu.Topics = slices.Concat(f.Topics, menu.Topics)
	var faults []*Fault
	for i, t := range f.Requests {
		for _, flaw := range forms.CheckType(t, menu, lists) {
			at := places.Of("requests." + strconv.Itoa(i) + "." + flaw.Where())
			faults = append(faults, &Fault{Line: at.Line, Column: at.Column, Message: flaw.Message, Args: flaw.Args})
		}
	}
	return faults
}
