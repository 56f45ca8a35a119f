package markdown

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// inline writes the text of a paragraph, a heading or a cell, which looks like
// like except where marks say otherwise.
func (r *runs) inline(parent ast.Node, like Run, indent string) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if marked, ok := r.marked(n, like); ok {
			r.inline(n, marked, indent)
			continue
		}
		r.add(r.leaf(n), r.look(n, like), indent)
	}
}

// marked says how the text inside a mark looks; ok is false for anything but a
// mark around text.
func (r *runs) marked(n ast.Node, like Run) (inside Run, ok bool) {
	switch n := n.(type) {
	case *ast.Emphasis:
		if like.Style |= Italic; n.Level > 1 {
			like.Style = like.Style&^Italic | Bold
		}
	case *extast.Strikethrough:
		like.Style |= Strike
	case *ast.CodeSpan:
		like = Run{Style: like.Style&Quote | Code}
	case *ast.Link:
		like.Link = string(n.Destination)
	case *ast.Image:
		if n.ChildCount() == 0 {
			return like, false
		}
		like.Link = string(n.Destination)
	default:
		return like, n.ChildCount() > 0
	}
	return like, true
}

// leaf is the text of a node that has no others inside.
func (r *runs) leaf(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Text:
		text := string(unescape(n.Value(r.source), n.IsRaw()))
		if n.SoftLineBreak() || n.HardLineBreak() {
			text += "\n"
		}
		return text
	case *ast.String:
		return string(n.Value)
	case *ast.AutoLink:
		return string(n.Label(r.source))
	case *ast.RawHTML:
		return string(n.Segments.Value(r.source))
	case *ast.Image:
		return string(n.Destination)
	case *extast.TaskCheckBox:
		if n.IsChecked {
			return "☑ "
		}
		return "☐ "
	}
	return ""
}

// look is how a leaf looks: a bare address leads to itself.
func (r *runs) look(n ast.Node, like Run) Run {
	switch n := n.(type) {
	case *ast.AutoLink:
		like.Link = string(n.URL(r.source))
		if n.AutoLinkType == ast.AutoLinkEmail {
			like.Link = "mailto:" + string(n.URL(r.source))
		}
	case *ast.Image:
		like.Link = string(n.Destination)
	}
	return like
}
