// Package markdown renders what agents write. It owns one dialect for every
// channel: CommonMark with tables, strikethrough and bare links, where a line
// end is a line end, as people who write mails expect. Raw HTML is text, and
// only links to http, https, mailto and tel stay links.
package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// HTML renders Markdown as an HTML fragment.
func HTML(md string) string {
	var out bytes.Buffer
	if err := engine().Convert([]byte(md), &out); err != nil {
		return "" // a bytes.Buffer takes everything
	}
	return out.String()
}

func engine() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify, extension.TaskList),
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(links{}, 900))),
		goldmark.WithRendererOptions(html.WithHardWraps(), renderer.WithNodeRenderers(util.Prioritized(rawText{}, 100))),
	)
}

// Plain renders Markdown as readable text for the text/plain part of a mail:
// marks that only format go, links keep their address, lists keep their shape.
func Plain(md string) string {
	source := []byte(md)
	p := &plain{source: source}
	p.blocks(engine().Parser().Parse(text.NewReader(source)), "", "")
	return strings.TrimSpace(p.out.String())
}
