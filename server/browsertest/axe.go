package browsertest

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/chromedp/chromedp"
)

// axeTags are the rules a page has to keep: WCAG 2.2 A and AA, and best practice.
const axeTags = `["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]`

// Axe fails the test for every accessibility violation of axe-core on the page.
func (tab *Tab) Axe(what string) {
	tab.t.Helper()
	source := axeSource(tab)
	tab.must("load axe", chromedp.Do(tab.ctx, chromedp.Evaluate[chromedp.Void](source+";undefined")))
	found := Eval[[]string](tab, `axe.run(document, {runOnly: {type: "tag", values: `+axeTags+`}}).then(r =>
		r.violations.map(v => v.id + " (" + v.impact + "): " + v.help + "\n    " +
			v.nodes.slice(0, 4).map(n => n.target.join(" ") + " " + (n.any[0] ? n.any[0].message : "")).join("\n    ")))`)
	for _, violation := range found {
		tab.t.Errorf("axe on %s: %s", what, violation)
	}
}

// axeSource reads axe-core from the browser side's npm packages.
func axeSource(tab *Tab) string {
	tab.t.Helper()
	_, here, _, _ := runtime.Caller(0)
	path := filepath.Join(filepath.Dir(here), "..", "..", "assets", "node_modules", "axe-core", "axe.min.js")
	text, err := os.ReadFile(path)
	if err == nil {
		return strings.TrimSpace(string(text))
	}
	const missing = "needs axe-core: run npm ci in the folder assets"
	if os.Getenv("OKNO_REQUIRE_PEERS") == "1" {
		tab.t.Fatal(missing)
	}
	tab.t.Skip(missing)
	return ""
}
