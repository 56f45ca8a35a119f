package telegram

import (
	"html"
	"strings"

	"okno/channels/markdown"
)

// htmlOf writes runs in the HTML that sendMessage knows. Tags are closed in the
// order they were opened, and none spans more than its text.
func htmlOf(runs []markdown.Run) string {
	var out strings.Builder
	var open []tag
	for _, r := range runs {
		want := tagsOf(r)
		open = reopen(&out, open, want)
		out.WriteString(escape(r.Text))
	}
	reopen(&out, open, nil)
	return out.String()
}

// tag is an element by its name; open is its beginning.
type tag struct{ name, open string }

// tagsOf lists the elements around a run, outermost first. Code takes no other
// element inside or around it but a quote.
func tagsOf(r markdown.Run) []tag {
	var tags []tag
	add := func(on bool, name, open string) {
		if on {
			tags = append(tags, tag{name, open})
		}
	}
	has := func(s markdown.Style) bool { return r.Style&s != 0 }
	add(has(markdown.Quote), "blockquote", "<blockquote>")
	switch {
	case has(markdown.Preformatted):
		add(true, "pre", "<pre>")
		add(r.Language != "", "code", `<code class="language-`+escape(r.Language)+`">`)
		return tags
	case has(markdown.Code):
		return append(tags, tag{"code", "<code>"})
	}
	add(r.Link != "", "a", `<a href="`+escape(r.Link)+`">`)
	add(has(markdown.Bold), "b", "<b>")
	add(has(markdown.Italic), "i", "<i>")
	add(has(markdown.Strike), "s", "<s>")
	return tags
}

// reopen closes what is not wanted any more and opens what is.
func reopen(out *strings.Builder, open, want []tag) []tag {
	same := 0
	for same < len(open) && same < len(want) && open[same] == want[same] {
		same++
	}
	for i := len(open) - 1; i >= same; i-- {
		out.WriteString("</" + open[i].name + ">")
	}
	for _, t := range want[same:] {
		out.WriteString(t.open)
	}
	return want
}

// escape writes text so that it means itself, in content and in quotes.
func escape(text string) string { return strings.ReplaceAll(html.EscapeString(text), "&#39;", "'") }
