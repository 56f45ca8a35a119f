package markdown

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// Style is how a stretch of text looks.
type Style uint8

// The styles; those of one Run add up. Code and Preformatted stand alone, or
// with Quote.
const (
	Bold Style = 1 << iota
	Italic
	Strike
	Code         // within a line
	Preformatted // lines of code
	Quote
)

// Run is a stretch of text that looks alike from end to end.
type Run struct {
	Text     string
	Style    Style
	Link     string // where it leads; "" for nowhere
	Language string // of preformatted text, as the author named it
}

// Runs renders Markdown for networks that know styles of text and no blocks: the
// texts of all runs, one after another, are what a person reads. Paragraphs
// stand an empty line apart, lists have their bullets and numbers.
func Runs(md string) []Run {
	source := []byte(md)
	r := &runs{source: source}
	r.blocks(engine().Parser().Parse(text.NewReader(source)), 0, "")
	return r.out
}

// runs writes a document as runs, block by block. The first line of a block
// stands where the cursor is, all others behind an indent.
type runs struct {
	source []byte
	out    []Run
}

// add writes text that looks like like, joined with what stands before.
func (r *runs) add(text string, like Run, indent string) {
	like.Text = strings.ReplaceAll(text, "\n", "\n"+indent)
	if like.Text == "" {
		return
	}
	if n := len(r.out) - 1; n >= 0 && alike(r.out[n], like) {
		r.out[n].Text += like.Text
		return
	}
	r.out = append(r.out, like)
}

func alike(a, b Run) bool {
	a.Text, b.Text = "", ""
	return a == b
}

func (r *runs) blocks(parent ast.Node, s Style, indent string) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		r.block(n, s, indent)
		if n.NextSibling() == nil {
			return
		}
		gap := "\n\n"
		if tight(n) {
			gap = "\n"
		}
		r.add(gap, Run{Style: s & Quote}, indent)
	}
}

func (r *runs) block(n ast.Node, s Style, indent string) {
	switch n := n.(type) {
	case *ast.List:
		r.list(n, s, indent)
	case *ast.Blockquote:
		r.blocks(n, s|Quote, indent)
	case *ast.Heading:
		r.inline(n, Run{Style: s | Bold}, indent)
	case *ast.ThematicBreak:
		r.add("———", Run{Style: s}, indent)
	case *ast.FencedCodeBlock:
		r.code(n, s, string(n.Language(r.source)), indent)
	case *ast.CodeBlock:
		r.code(n, s, "", indent)
	case *ast.HTMLBlock:
		r.add(strings.TrimRight(string(blockText(n, r.source)), "\n"), Run{Style: s}, indent)
	case *extast.Table:
		r.table(n, s, indent)
	default:
		r.inline(n, Run{Style: s}, indent)
	}
}

func (r *runs) code(n ast.Node, s Style, language, indent string) {
	text := strings.TrimRight(string(blockText(n, r.source)), "\n")
	r.add(text, Run{Style: s&Quote | Preformatted, Language: language}, indent)
}

func (r *runs) list(list *ast.List, s Style, indent string) {
	number := list.Start
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		bullet := "• "
		if list.IsOrdered() {
			bullet = strconv.Itoa(number) + ". "
			number++
		}
		r.add(bullet, Run{Style: s}, indent)
		r.blocks(item, s, indent+"   ")
		if item.NextSibling() != nil {
			r.add("\n", Run{Style: s & Quote}, indent)
		}
	}
}

// table writes a row a line, with its heading in bold.
func (r *runs) table(table ast.Node, s Style, indent string) {
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		look := Run{Style: s}
		if _, ok := row.(*extast.TableHeader); ok {
			look.Style |= Bold
		}
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			r.inline(cell, look, indent)
			if cell.NextSibling() != nil {
				r.add(" | ", Run{Style: s}, indent)
			}
		}
		if row.NextSibling() != nil {
			r.add("\n", Run{Style: s}, indent)
		}
	}
}
