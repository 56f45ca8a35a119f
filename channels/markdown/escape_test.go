package markdown_test

import (
	"testing"

	"okno/channels/markdown"
)

func TestEscapedWordsMeanThemselves(t *testing.T) {
	const typed = "a *b* [c](d) <e> #1 _f_ ~~g~~ `h` | & \\"
	if got := markdown.Plain(markdown.Escape(typed)); got != typed {
		t.Errorf("%q reads %q", typed, got)
	}
	if got := markdown.Escape("a *b* [c](d) <e> #1"); got != `a \*b\* \[c\](d) \<e\> \#1` {
		t.Errorf("escaped: %q", got)
	}
}
