package sanitise

import (
	_ "embed"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

//go:embed testdata/payloads.txt
var payloads string

// faults parses clean as a browser does and lists what may not be in it.
func faults(clean string) []string {
	root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	nodes, err := html.ParseFragment(strings.NewReader(clean), root)
	if err != nil {
		return []string{"does not parse: " + err.Error()}
	}
	var found []string
	for len(nodes) > 0 {
		n := nodes[0]
		nodes = nodes[1:]
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			nodes = append(nodes, c)
		}
		switch {
		case n.Type == html.CommentNode:
			found = append(found, "comment")
		case n.Type == html.ElementNode && n.Namespace != "":
			found = append(found, "foreign element "+n.Data)
		case n.Type == html.ElementNode:
			found = append(found, elementFaults(n)...)
		}
	}
	return found
}

func elementFaults(n *html.Node) []string {
	const allowed = " a abbr address b big blockquote br caption center cite code col colgroup dd del dfn div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strike strong sub sup table tbody td tfoot th thead tr tt u ul var wbr "
	var found []string
	if !strings.Contains(allowed, " "+n.Data+" ") {
		found = append(found, "element "+n.Data)
	}
	for _, a := range n.Attr {
		value := strings.ToLower(a.Val)
		switch {
		case strings.HasPrefix(a.Key, "on"), a.Key == "id", a.Key == "name", strings.HasPrefix(a.Key, "hx-"), a.Key == "srcset", a.Key == "background":
			found = append(found, "attribute "+a.Key)
		case a.Key == "src" && !strings.HasPrefix(value, "cid:") && !strings.HasPrefix(value, "data:image/"), strings.Contains(value, "svg+xml"):
			found = append(found, "src "+a.Val)
		case a.Key == "data-src" && (n.Data != "img" || !strings.HasPrefix(value, "http")):
			found = append(found, "data-src "+a.Val)
		case a.Key == "href" && !strings.HasPrefix(value, "http://") && !strings.HasPrefix(value, "https://") && !strings.HasPrefix(value, "mailto:") && !strings.HasPrefix(value, "tel:"):
			found = append(found, "href "+a.Val)
		case a.Key == "style":
			found = append(found, styleFaults(value)...)
		case a.Key == "class" && !quoteBox.MatchString(a.Val):
			found = append(found, "class "+a.Val)
		case a.Key == "target" && a.Val != "_blank":
			found = append(found, "target "+a.Val)
		}
	}
	return found
}

func styleFaults(value string) []string {
	var found []string
	for _, bad := range []string{"url(", "expression", "position", "float", "transform", "behavior", "import", "\\", "/*", "var(", "z-index", "{", "}", "<", ": -", " -9", "attr("} {
		if strings.Contains(value, bad) {
			found = append(found, "style with "+bad)
		}
	}
	return found
}

func TestPayloads(t *testing.T) {
	list := strings.Split(strings.TrimSpace(payloads), "\n")
	if len(list) < 80 {
		t.Fatalf("only %d payloads", len(list))
	}
	for _, payload := range list {
		for _, source := range []string{payload, "<p>before" + payload + "<b>after</b>", `<table><tr><td title="` + payload + `">` + payload} {
			clean := HTML(source)
			for _, fault := range faults(clean) {
				t.Errorf("%q\n gives %q\n with %s", source, clean, fault)
			}
			if again := HTML(clean); again != clean {
				t.Errorf("%q\n gives %q\n and again %q", source, clean, again)
			}
		}
	}
}

func TestKept(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"formatting", `<p>Hello <b>bold</b><br>line</p>`, `<p>Hello <b>bold</b><br>line</p>`},
		{"style", `<span style="COLOR: #ff0000; font-size:12pt !important">x</span>`, `<span style="color: #ff0000; font-size: 12pt; ">x</span>`},
		{"fonts", `<p style="font-family:Calibri,'Segoe UI',sans-serif">x</p>`, `<p style="font-family: Calibri,&#39;Segoe UI&#39;,sans-serif; ">x</p>`},
		{"link", `<a href="https://ok.example/a?b=1&amp;c=2">x</a>`, `<a href="https://ok.example/a?b=1&amp;c=2" rel="nofollow noreferrer noopener" target="_blank">x</a>`},
		{"mail link", `<a href="mailto:a@b.example">x</a>`, `<a href="mailto:a@b.example" rel="nofollow noreferrer">x</a>`},
		{"image of the mail", `<img src="cid:a1@b" alt="Схема">`, `<img src="cid:a1@b" alt="Схема">`},
		{"remote image waits", `<img src="https://ok.example/a.png" width="10">`, `<img data-src="https://ok.example/a.png" width="10">`},
		{"quote", `<div class="gmail_quote">x</div>`, `<div class="gmail_quote">x</div>`},
		{"table", `<table border=1><tr><td bgcolor="#eee">1</td></tr></table>`, `<table border="1"><tr><td bgcolor="#eee">1</td></tr></table>`},
		{"text of unknown elements", `<article>x</article>`, `x`},
		{"open elements are closed", `<div><b>x`, `<div><b>x</b></div>`},
		{"foreign end tags go", `x</div></section>y`, `xy`},
	} {
		if got := HTML(c.source); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// A megabyte of what parsers fear stays linear: the deadline only guards
// against hanging, the ratio of two sizes shows the growth.
func TestLargeInputEnds(t *testing.T) {
	for _, piece := range []string{"<div>", "<b><i>", "<a href='", "<table><td>", "</p>", "<!--", "<img src=x style='color:red;", "&amp", "<", "<p style=\"" + strings.Repeat("a:b;", 100) + "\">"} {
		start := time.Now()
		HTML(strings.Repeat(piece, (1<<20)/len(piece)))
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%q took %v", piece, took)
		} else {
			t.Logf("%.12q %v", piece, took)
		}
	}
}

func FuzzSanitise(f *testing.F) {
	for _, payload := range strings.Split(payloads, "\n") {
		f.Add(payload)
	}
	f.Fuzz(func(t *testing.T, source string) {
		clean := HTML(source)
		for _, fault := range faults(clean) {
			t.Errorf("%q gives %q with %s", source, clean, fault)
		}
	})
}
