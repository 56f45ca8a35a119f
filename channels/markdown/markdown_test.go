package markdown

import (
	"strings"
	"testing"
)

func TestHTML(t *testing.T) {
	for _, c := range []struct{ name, md, want string }{
		{"line ends stay", "one\ntwo", "<p>one<br>\ntwo</p>\n"},
		{"bare link", "see https://okno.example/a?b=1", `<p>see <a href="https://okno.example/a?b=1">https://okno.example/a?b=1</a></p>` + "\n"},
		{"strikethrough", "~~old~~", "<p><del>old</del></p>\n"},
		{"raw HTML is text", "a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n"},
		{"raw block is text", "<div onclick=x>\nhi\n</div>", "<p>&lt;div onclick=x&gt;<br>\nhi<br>\n&lt;/div&gt;</p>\n"},
		{"script link", "[x](javascript:alert(1))", `<p><a href="">x</a></p>` + "\n"},
		{"encoded script link", "[x](&#106;avascript:alert(1))", `<p><a href="">x</a></p>` + "\n"},
		{"data image", "![x](data:text/html,1)", `<p><img src="" alt="x"></p>` + "\n"},
		{"script autolink", "<javascript:alert(1)>", "<p>javascript:alert(1)</p>\n"},
		{"Russian", "**Добрый** день", "<p><strong>Добрый</strong> день</p>\n"},
	} {
		if got := HTML(c.md); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestHTMLTable(t *testing.T) {
	if got := HTML("|a|b|\n|-|-|\n|1|2|"); !strings.Contains(got, "<td>1</td>") {
		t.Errorf("no table in %q", got)
	}
}

func TestPlain(t *testing.T) {
	for _, c := range []struct{ name, md, want string }{
		{"marks go", "**Hello** _world_ `x`", "Hello world x"},
		{"line ends stay", "one\ntwo\n\nthree", "one\ntwo\n\nthree"},
		{"link keeps its address", "[guide](https://okno.example/g)", "guide (https://okno.example/g)"},
		{"bare link once", "https://okno.example/g", "https://okno.example/g"},
		{"bullets", "- a\n- b\n  - c", "- a\n- b\n  - c"},
		{"numbers", "3. a\n4. b", "3. a\n4. b"},
		{"quote", "> a\n> b\n\nc", "> a\n> b\n\nc"},
		{"code", "```\nx := 1\n\ny\n```", "x := 1\n\ny"},
		{"heading", "# Итог\n\nТекст", "Итог\n\nТекст"},
		{"table", "|a|b|\n|-|-|\n|1|2|", "a | b\n1 | 2"},
		{"raw HTML", "List<String> x", "List<String> x"},
		{"escapes", "2 \\* 3 &lt; 7", "2 * 3 < 7"},
		{"empty", "", ""},
	} {
		if got := Plain(c.md); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}
