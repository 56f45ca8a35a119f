package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// safe is what a link may lead to.
var safe = regexp.MustCompile(`(?i)^(https?://|mailto:|tel:)`)

// links disarms every link and image that leads elsewhere.
type links struct{}

// Transform implements parser.ASTTransformer.
func (links) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	source := reader.Source()
	var unsafe []*ast.AutoLink
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Link:
			n.Destination = disarm(n.Destination)
		case *ast.Image:
			n.Destination = disarm(n.Destination)
		case *ast.AutoLink:
			if entering && n.AutoLinkType == ast.AutoLinkURL && !safe.Match(n.URL(source)) {
				unsafe = append(unsafe, n)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, n := range unsafe {
		n.Parent().ReplaceChild(n.Parent(), n, ast.NewString(n.Label(source)))
	}
}

func disarm(destination []byte) []byte {
	if safe.Match(bytes.TrimSpace(destination)) {
		return destination
	}
	return nil
}

// rawText shows raw HTML as the text that was typed, instead of losing it.
type rawText struct{}

// RegisterFuncs implements renderer.NodeRenderer.
func (rawText) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindRawHTML, rawInline)
	r.Register(ast.KindHTMLBlock, rawBlock)
}

func rawInline(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if n, ok := node.(*ast.RawHTML); ok && entering {
		_, _ = w.Write(util.EscapeHTML(n.Segments.Value(source)))
	}
	return ast.WalkSkipChildren, nil
}

func rawBlock(w util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	n, ok := node.(*ast.HTMLBlock)
	if !ok || !entering {
		return ast.WalkContinue, nil
	}
	lines := bytes.TrimRight(blockText(n, source), "\n")
	lines = bytes.ReplaceAll(util.EscapeHTML(lines), []byte("\n"), []byte("<br>\n"))
	_, _ = w.WriteString("<p>" + string(lines) + "</p>\n")
	return ast.WalkContinue, nil
}

// blockText is the text of a block as it was typed.
func blockText(n ast.Node, source []byte) []byte {
	text := n.Lines().Value(source)
	if block, ok := n.(*ast.HTMLBlock); ok && block.HasClosure() {
		text = append(text, block.ClosureLine.Value(source)...)
	}
	return text
}
