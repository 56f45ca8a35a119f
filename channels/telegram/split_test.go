package telegram

import (
	"html"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"okno/channels/markdown"
)

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		name, text string
		limit      int
		want       []string
	}{
		{"fits", "one two", 7, []string{"one two"}},
		{"paragraphs", "one\n\ntwo\n\nthree", 9, []string{"one\n\ntwo", "three"}},
		{"lines", "one\ntwo\nthree", 8, []string{"one\ntwo", "three"}},
		{"words", "one two three", 8, []string{"one two", "three"}},
		{"characters", "abcdefgh", 3, []string{"abc", "def", "gh"}},
		{"no half of a smile", "aa😀😀", 3, []string{"aa", "😀", "😀"}},
		{"a short paragraph is not worth a message", "a\n\nbcdefgh ijkl", 10, []string{"a\n\nbcdefgh", "ijkl"}},
		{"families stay together", "aaaa👨\u200d👩", 7, []string{"aaaa", "👨\u200d👩"}},
		{"flags stay together", "aaa🇬🇧🇩🇪", 9, []string{"aaa", "🇬🇧🇩🇪"}},
		{"indents stay", "a\n\n   b", 4, []string{"a", "   b"}},
		{"nothing", " \n ", 5, nil},
	} {
		var got []string
		for _, part := range split([]markdown.Run{{Text: c.text}}, c.limit) {
			got = append(got, textOf(part))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestSplitLosesNothing cuts texts of chance.
func TestSplitLosesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pieces := []string{"слово ", "word\n", "😀", "👩\u200d🔬 ", "\n\n", "**bold** ", "[link](https://okno.example/) ", "> quote\n\n", "- item\n", "```\ncode <b>\n```\n", "& < > ", strings.Repeat("x", 70)}
	for range 300 {
		var md strings.Builder
		for range random.IntN(120) {
			md.WriteString(pieces[random.IntN(len(pieces))])
		}
		sound(t, md.String(), 20+random.IntN(200))
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("> - **a** `b`\n\n~~~go\nc <\n~~~\n[x](https://a.example/?a=1&b=2)", 10)
	f.Add("👨\u200d👩\u200d👧👨\u200d👩", 5)
	f.Fuzz(func(t *testing.T, md string, limit int) {
		if limit < 2 || limit > 5000 || !utf8.ValidString(md) {
			return
		}
		sound(t, md, limit)
	})
}

// sound holds the parts of a message to their length and to being well-formed,
// and to saying together what the message says.
func sound(t *testing.T, md string, limit int) {
	t.Helper()
	runs := markdown.Runs(md)
	var all strings.Builder
	for _, part := range split(runs, limit) {
		text := textOf(part)
		if n := len(utf16.Encode([]rune(text))); n > limit || n != units(text) || strings.TrimSpace(text) == "" || !utf8.ValidString(text) {
			t.Errorf("a part of %d units, allowed are %d: %q", n, limit, text)
		}
		if got := shown(t, htmlOf(part)); got != text {
			t.Errorf("the HTML shows %q, not %q", got, text)
		}
		all.WriteString(text)
	}
	if got, want := squeezed(all.String()), squeezed(textOf(runs)); got != want {
		t.Errorf("limit %d: got %q, want %q", limit, got, want)
	}
}

var element = regexp.MustCompile(`<(/?)([a-z]+)( [a-z]+="[^"<>]*")?>`)

// shown is the text of HTML, whose tags have to be known and nested.
func shown(t *testing.T, text string) string {
	t.Helper()
	var open []string
	for _, m := range element.FindAllStringSubmatch(text, -1) {
		switch {
		case !slices.Contains([]string{"b", "i", "s", "a", "code", "pre", "blockquote"}, m[2]):
			t.Errorf("tag %s", m[0])
		case m[1] == "":
			open = append(open, m[2])
		case len(open) == 0 || open[len(open)-1] != m[2]:
			t.Errorf("%s closes %v in %q", m[0], open, text)
		default:
			open = open[:len(open)-1]
		}
	}
	rest := element.ReplaceAllString(text, "")
	if len(open) > 0 || strings.ContainsAny(rest, "<>") {
		t.Errorf("left open: %v, in %q", open, text)
	}
	return html.UnescapeString(rest)
}

func squeezed(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// TestHTML renders every message of testdata/html.
func TestHTML(t *testing.T) {
	goldens(t, "html", ".md", func(t *testing.T, raw []byte) []byte {
		var parts []string
		for _, part := range split(markdown.Runs(string(raw)), longestText) {
			parts = append(parts, htmlOf(part))
		}
		return indented(t, parts)
	})
}
