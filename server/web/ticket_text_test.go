package web

import (
	"strings"
	"testing"

	"okno/tickets"
)

func TestPlainTextBecomesSafeHTML(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"paragraphs", "one\ntwo\r\n\r\nthree", "<p>one<br>two</p><p>three</p>"},
		{"markup is shown, not run", "<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"},
		{"nothing", " \n\n ", ""},
		{
			"a link without the full stop after it", "see https://example.org/a?b=1&c=2.",
			`<p>see <a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer nofollow">https://example.org/a?b=1&amp;c=2</a>.</p>`,
		},
		{"no link to scripts", "javascript:alert(1)", "<p>javascript:alert(1)</p>"},
		{
			"a quote cannot leave the link", `https://example.org/"onclick=x`,
			`<p><a href="https://example.org/" target="_blank" rel="noopener noreferrer nofollow">https://example.org/</a>&#34;onclick=x</p>`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := textOf(tickets.Message{Body: tt.text}); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestAgentsWriteMarkdown(t *testing.T) {
	got := textOf(tickets.Message{Markdown: true, Body: "**bold** <img src=x onerror=alert(1)>"})
	if !strings.Contains(got, "<strong>bold</strong>") || strings.Contains(got, "<img") {
		t.Errorf("got %s", got)
	}
}

func TestFileNamesHaveNoFolders(t *testing.T) {
	for name, want := range map[string]string{
		"report.pdf": "report.pdf", "../../etc/passwd": "passwd", `C:\temp\отчёт.txt`: "отчёт.txt", "": "file", "/": "file", "a\xffb": "a?b",
	} {
		if got := fileName(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
