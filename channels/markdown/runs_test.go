package markdown

import (
	"slices"
	"strings"
	"testing"
)

func TestRuns(t *testing.T) {
	for _, c := range []struct {
		name, md string
		want     []Run
	}{
		{"paragraphs", "one\ntwo\n\nthree", []Run{{Text: "one\ntwo\n\nthree"}}},
		{"marks", "a **b _c_** ~~d~~ `e`", []Run{{Text: "a "}, {Text: "b ", Style: Bold}, {Text: "c", Style: Bold | Italic},
			{Text: " "}, {Text: "d", Style: Strike}, {Text: " "}, {Text: "e", Style: Code}}},
		{"code stands alone", "**a `b`**", []Run{{Text: "a ", Style: Bold}, {Text: "b", Style: Code}}},
		{"link", "see [the **guide**](https://okno.example/g)", []Run{{Text: "see "}, {Text: "the ", Link: "https://okno.example/g"},
			{Text: "guide", Style: Bold, Link: "https://okno.example/g"}}},
		{"bare link", "https://okno.example/g", []Run{{Text: "https://okno.example/g", Link: "https://okno.example/g"}}},
		{"mail address", "<a@b.example>", []Run{{Text: "a@b.example", Link: "mailto:a@b.example"}}},
		{"script link", "[x](javascript:alert(1))", []Run{{Text: "x"}}},
		{"image", "![plan](https://okno.example/p.png)", []Run{{Text: "plan", Link: "https://okno.example/p.png"}}},
		{"image without words", "![](https://okno.example/p.png)", []Run{{Text: "https://okno.example/p.png", Link: "https://okno.example/p.png"}}},
		{"code", "```go\nx := 1\n\ny\n```\nend", []Run{{Text: "x := 1\n\ny", Style: Preformatted, Language: "go"}, {Text: "\n\nend"}}},
		{"heading", "# Итог\n\nТекст", []Run{{Text: "Итог", Style: Bold}, {Text: "\n\nТекст"}}},
		{"quote", "> a\n>\n> **b**\n\nc", []Run{{Text: "a\n\n", Style: Quote}, {Text: "b", Style: Quote | Bold}, {Text: "\n\nc"}}},
		{"lists", "- a\n- b\n  1. c\n     d", []Run{{Text: "• a\n• b\n   1. c\n      d"}}},
		{"tasks", "- [x] a\n- [ ] b", []Run{{Text: "• ☑ a\n• ☐ b"}}},
		{"table", "|a|b|\n|-|-|\n|1|2|", []Run{{Text: "a", Style: Bold}, {Text: " | "}, {Text: "b", Style: Bold}, {Text: "\n1 | 2"}}},
		{"raw HTML is text", "a <b>c</b> & d", []Run{{Text: "a <b>c</b> & d"}}},
		{"escapes", "2 \\* 3 &lt; 7", []Run{{Text: "2 * 3 < 7"}}},
		{"empty", "", nil},
	} {
		if got := Runs(c.md); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// FuzzRuns holds runs to saying something each, and to each looking other than
// the one before.
func FuzzRuns(f *testing.F) {
	f.Add("> - **a** `b`\n\n~~~\nc")
	f.Fuzz(func(t *testing.T, md string) {
		var last Run
		for i, run := range Runs(md) {
			if run.Text == "" || i > 0 && alike(run, last) {
				t.Errorf("run %d %q after %q", i, run, last)
			}
			if run.Link != "" && !safe.MatchString(strings.TrimSpace(run.Link)) {
				t.Errorf("link to %q", run.Link)
			}
			last = run
		}
	})
}
