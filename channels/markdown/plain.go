package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// plain writes a document as text, block by block.
type plain struct {
	source []byte
	out    strings.Builder
}

// blocks writes the children of a container. The first line stands behind
// mark, all others behind indent.
func (p *plain) blocks(parent ast.Node, mark, indent string) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		p.block(n, mark, indent)
		mark = indent
		if next := n.NextSibling(); next != nil && !tight(n) {
			p.out.WriteString(strings.TrimRight(indent, " ") + "\n")
		}
	}
}

// tight says that no empty line follows a block.
func tight(n ast.Node) bool {
	_, text := n.(*ast.TextBlock)
	return text
}

func (p *plain) block(n ast.Node, mark, indent string) {
	switch n := n.(type) {
	case *ast.List:
		p.list(n, mark, indent)
	case *ast.Blockquote:
		p.blocks(n, mark+"> ", indent+"> ")
	case *ast.ThematicBreak:
		p.lines("---", mark, indent)
	case *ast.FencedCodeBlock, *ast.CodeBlock, *ast.HTMLBlock:
		p.lines(string(blockText(n, p.source)), mark, indent)
	case *extast.Table:
		p.table(n, mark, indent)
	default:
		p.lines(p.inline(n), mark, indent)
	}
}

func (p *plain) lines(text, mark, indent string) {
	for _, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		p.out.WriteString(strings.TrimRight(mark+line, " ") + "\n")
		mark = indent
	}
}

func (p *plain) list(list *ast.List, mark, indent string) {
	number := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		bullet := "- "
		if list.IsOrdered() {
			bullet = strconv.Itoa(number) + ". "
			number++
		}
		p.blocks(item, mark+bullet, indent+strings.Repeat(" ", len(bullet)))
		mark = indent
	}
}

func (p *plain) table(table ast.Node, mark, indent string) {
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			cells = append(cells, p.inline(cell))
		}
		p.lines(strings.Join(cells, " | "), mark, indent)
		mark = indent
	}
}

// inline is the text of a paragraph, a heading or a cell.
func (p *plain) inline(parent ast.Node) string {
	var out strings.Builder
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Text:
			out.Write(unescape(n.Value(p.source), n.IsRaw()))
			if n.SoftLineBreak() || n.HardLineBreak() {
				out.WriteByte('\n')
			}
		case *ast.String:
			out.Write(n.Value)
		case *ast.AutoLink:
			out.Write(n.Label(p.source))
		case *ast.RawHTML:
			out.Write(n.Segments.Value(p.source))
		case *ast.Link:
			out.WriteString(linked(p.inline(n), string(n.Destination)))
		case *ast.Image:
			out.WriteString(linked(p.inline(n), string(n.Destination)))
		case *extast.TaskCheckBox:
			out.WriteString(map[bool]string{true: "[x] ", false: "[ ] "}[n.IsChecked])
		default:
			out.WriteString(p.inline(n))
		}
	}
	return out.String()
}

// unescape resolves entities and backslashes, except inside code.
func unescape(text []byte, raw bool) []byte {
	if raw {
		return text
	}
	return util.UnescapePunctuations(util.ResolveEntityNames(util.ResolveNumericReferences(text)))
}

// linked writes an address behind the words that lead to it.
func linked(label, destination string) string {
	if destination == "" || label == destination || "mailto:"+label == destination {
		return label
	}
	if label == "" {
		return destination
	}
	return label + " (" + destination + ")"
}
